from django.apps import AppConfig


class ExplorerConfig(AppConfig):
    """The audit trail for people: found, told in words, exported. It keeps nothing of its own."""

    name = "factcheck.explorer"
    label = "explorer"
