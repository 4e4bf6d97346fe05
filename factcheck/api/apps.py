from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What partners read."""

    name = "factcheck.api"
    label = "api"
