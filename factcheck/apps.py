from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FactcheckConfig(AppConfig):
    """The wiring: commands, the static files and the ground the apps stand on."""

    name = "factcheck"
    label = "factcheck"

    def ready(self) -> None:
        """Make our Celery application the current one, and grant rights after migrations."""
        import factcheck.celery  # noqa: F401, PLC0415 (shared tasks must not ring elsewhere)
        from factcheck.grants import grant_application_role  # noqa: PLC0415 (needs settings)

        post_migrate.connect(grant_application_role, dispatch_uid="factcheck.grants")
