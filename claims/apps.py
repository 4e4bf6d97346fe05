from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Articles, claims, evidence and verdicts."""

    name = "claims"
    label = "claims"
