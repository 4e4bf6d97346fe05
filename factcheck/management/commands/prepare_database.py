from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql


class Command(BaseCommand):
    help = (
        "As the database's owner: make the application's role (FACTCHECK_APP_ROLE, with "
        "FACTCHECK_APP_PASSWORD) where it is missing, then migrate, which grants it its rights."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.APP_ROLE:
            make_role(settings.APP_ROLE, settings.APP_PASSWORD)
            self.stdout.write(f"Role {settings.APP_ROLE} is there.")
        call_command("migrate", interactive=False, verbosity=options["verbosity"])


def make_role(name: str, password: str) -> None:
    """Make a role that may sign in and nothing else; set its password when one is given.

    The password goes over the wire hashed, so that no server log can hold it.
    """
    role = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        if password:
            raw = connection.connection.pgconn
            hashed = raw.encrypt_password(password.encode(), name.encode()).decode()
            change = sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(hashed))
            cursor.execute(change)
