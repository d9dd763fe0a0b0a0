"""Django's record of the app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires and responses."""

    name = "surveys"
