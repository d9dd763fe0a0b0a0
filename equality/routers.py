"""Where equality profiles live: the database named by settings.EQUALITY_DATABASE, which may be another than the answers'."""

from django.conf import settings


class EqualityRouter:
    """Sends everything of this app to its own database, and nothing else there."""

    def db_for_read(self, model, **hints):
        return settings.EQUALITY_DATABASE if model._meta.app_label == "equality" else None

    def db_for_write(self, model, **hints):
        return self.db_for_read(model)

    def allow_migrate(self, db, app_label, **hints):
        if app_label == "equality":
            return db == settings.EQUALITY_DATABASE
        return None if db == "default" else False
