from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FactcheckConfig(AppConfig):
    """The wiring: commands, the static files and the ground the apps stand on."""

    name = "factcheck"
    label = "factcheck"

    def ready(self) -> None:
        """Grant the application role its rights whenever migrations have run."""
        from factcheck.grants import grant_application_role  # noqa: PLC0415 (needs settings)

        post_migrate.connect(grant_application_role, dispatch_uid="factcheck.grants")
