"""Django's record of the app."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """Equality profiles, baselines, disclosure control and assessments."""

    name = "equality"
