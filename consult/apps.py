"""Django's record of the app."""

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    """The service."""

    name = "consult"
