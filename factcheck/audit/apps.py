from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only, hash-chained record of what happened."""

    name = "factcheck.audit"
    label = "audit"
