from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """What the desk cites: fetched, archived and never changed again."""

    name = "sources"
    default_auto_field = "django.db.models.BigAutoField"
