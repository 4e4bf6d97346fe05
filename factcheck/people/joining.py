"""Adding a person to the desk: by invitation, by command, by the demo."""

from datetime import datetime

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused


class NameTakenError(Refused):
    """Somebody at the desk has this username."""

    code = "name_taken"


class EmailTakenError(Refused):
    """Somebody at the desk has this e-mail address."""

    code = "email_taken"


@transaction.atomic
def add(
    *,
    username: str,
    role: str,
    by: User | None,
    at: datetime,
    name: str = "",
    email: str = "",
    password: str | None = None,
) -> User:
    """Make a person and return them; without a password nobody can sign in as them.

    `by` is None for a command. Raises NameTakenError and EmailTakenError.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise NameTakenError(username=username)
    refuse_taken(email)
    person = User(username=username, role=role, name=name, email=email, date_joined=at)
    person.set_password(password)
    person.save()
    data = {"username": username, "role": role}
    record(action="person.added", target=person, by=by, at=at, data=data)
    return person


def refuse_taken(email: str, *, but: User | None = None) -> None:
    """Raise EmailTakenError if somebody else at the desk has the address."""
    others = User.objects.filter(email__iexact=email)
    if but:
        others = others.exclude(pk=but.pk)
    if email and others.exists():
        raise EmailTakenError
