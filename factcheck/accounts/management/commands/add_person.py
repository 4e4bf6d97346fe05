import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.accounts.models import Role, User


class Command(BaseCommand):
    help = (
        "Add a person to the desk. The password is asked for, or read from the environment "
        "variable FACTCHECK_NEW_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(f"There is a person named {options['username']} already.")
        person = User(
            username=options["username"],
            role=options["role"],
            name=options["name"],
            email=options["email"],
        )
        password = os.environ.get("FACTCHECK_NEW_PASSWORD") or getpass.getpass()
        try:
            person.full_clean(exclude=["password", "email"])
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        person.set_password(password)
        person.save()
        self.stdout.write(f"Added {person.username} as {person.role}.")
