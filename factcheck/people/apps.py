from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Managing the people of the desk: invitations, roles, access, and what is written down."""

    name = "factcheck.people"
    label = "people"

    def ready(self) -> None:
        """Listen to what happens at the door."""
        from factcheck.people import hearing  # noqa: PLC0415 (needs the models)

        hearing.connect()
