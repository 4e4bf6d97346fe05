import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from factcheck.accounts.models import Role, User
from factcheck.errors import FactcheckError
from factcheck.people import joining


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
        given = {key: options[key] for key in ("username", "role", "name", "email")}
        if User.objects.filter(username__iexact=given["username"]).exists():
            raise CommandError(f"There is a person named {given['username']} already.")
        password = os.environ.get("FACTCHECK_NEW_PASSWORD") or getpass.getpass()
        person = User(**given)
        try:
            person.full_clean(exclude=["password", *([] if given["email"] else ["email"])])
            validate_password(password, person)
            joining.add(password=password, by=None, at=timezone.now(), **given)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except FactcheckError as error:
            raise CommandError(error.text) from error
        self.stdout.write(f"Added {person.username} as {person.role}.")
