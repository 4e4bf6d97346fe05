"""What an admin may change about a person, and a person about themselves; all of it written down.

Nobody changes their own role or access, and the desk never loses its last admin; the database
refuses that too (accounts/migrations/0003).
"""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from factcheck.accounts.models import Role, User
from factcheck.accounts.permissions import may_manage, require
from factcheck.audit.trail import record
from factcheck.errors import Refused
from factcheck.people import joining


class OwnAccountError(Refused):
    """Nobody does this to their own account."""

    code = "own_account"


class LastAdminError(Refused):
    """The desk would be without an admin."""

    code = "last_admin"


class OnlyEditorsAloneError(Refused):
    """Only an editor publishes, and so only an editor can be allowed to publish alone."""

    code = "only_editors_alone"


class PersonLeftError(Refused):
    """The person has no access to the desk."""

    code = "person_left"


@transaction.atomic
def change_role(*, person: User, role: str, by: User, at: datetime) -> User:
    """Give a person another role. The same role is a no-op.

    An editor who becomes something else may not publish alone any more. Raises NotAllowedError,
    OwnAccountError and LastAdminError.
    """
    person = _other(person, by)
    if person.role == role:
        return person
    if role != Role.ADMIN:
        _keep_an_admin(person)
    data = {"from": person.role, "to": role}
    person.role = role
    if role != Role.EDITOR:
        person.may_publish_alone = False
    person.save(update_fields=["role", "may_publish_alone"])
    record(action="person.role_changed", target=person, by=by, at=at, data=data)
    return person


@transaction.atomic
def deactivate(*, person: User, by: User, at: datetime) -> User:
    """Take a person's access and end their sessions; their name stays on what they did.

    Raises NotAllowedError, OwnAccountError and LastAdminError.
    """
    person = _other(person, by)
    if person.is_active:
        _keep_an_admin(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        _end_sessions(person)
        record(action="person.deactivated", target=person, by=by, at=at)
    return person


@transaction.atomic
def reactivate(*, person: User, by: User, at: datetime) -> User:
    """Give a person their access back. Raises NotAllowedError and OwnAccountError."""
    person = _other(person, by)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(action="person.reactivated", target=person, by=by, at=at)
    return person


@transaction.atomic
def let_publish_alone(*, person: User, allowed: bool, by: User, at: datetime) -> User:
    """Allow an editor to publish in an emergency without a second pair of eyes, or no longer.

    Raises NotAllowedError, OwnAccountError, PersonLeftError and OnlyEditorsAloneError.
    """
    person = _other(person, by)
    if person.may_publish_alone == allowed:
        return person
    if allowed and not person.is_active:
        raise PersonLeftError(name=str(person))
    if allowed and person.role != Role.EDITOR:
        raise OnlyEditorsAloneError
    person.may_publish_alone = allowed
    person.save(update_fields=["may_publish_alone"])
    action = "person.alone_allowed" if allowed else "person.alone_withdrawn"
    record(action=action, target=person, by=by, at=at)
    return person


@transaction.atomic
def reset_second_factor(*, person: User, by: User, at: datetime) -> User:
    """Take away every authenticator app, passkey and recovery code, and end the sessions.

    For somebody who lost their device. Raises NotAllowedError and OwnAccountError.
    """
    person = _other(person, by)
    rows = Authenticator.objects.filter(user=person)
    kinds = sorted(rows.values_list("type", flat=True))
    rows.delete()
    _end_sessions(person)
    record(action="second_factor.reset", target=person, by=by, at=at, data={"kinds": kinds})
    return person


@transaction.atomic
def end_sessions(*, person: User, by: User, at: datetime) -> User:
    """Sign a person out everywhere. Raises NotAllowedError and OwnAccountError."""
    person = _other(person, by)
    _end_sessions(person)
    record(action="person.sessions_ended", target=person, by=by, at=at)
    return person


@transaction.atomic
def rename(*, person: User, name: str, email: str, at: datetime) -> User:
    """Change one's own name and e-mail address. Raises EmailTakenError."""
    person = User.objects.select_for_update().get(pk=person.pk)
    joining.refuse_taken(email, but=person)
    new: dict[str, Any] = {"name": name, "email": email}
    changed = {field: value for field, value in new.items() if getattr(person, field) != value}
    if changed:
        for field, value in changed.items():
            setattr(person, field, value)
        person.save(update_fields=list(changed))
        data = {"changed": sorted(changed)}
        record(action="person.renamed", target=person, by=person, at=at, data=data)
    return person


@transaction.atomic
def end_own_sessions(*, person: User, keep: str, at: datetime, only: int | None = None) -> int:
    """End one's other sessions, or `only` one of them; return how many ended.

    `keep` is the key of the session that asks; it stays.
    """
    rows = UserSession.objects.filter(user=person).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    if keys:
        data = {"number": len(keys)}
        record(action="person.sessions_ended", target=person, by=person, at=at, data=data)
    return len(keys)


def _other(person: User, by: User) -> User:
    """Return the person, locked, if `by` may manage them."""
    require(may_manage, by)
    if person.pk == by.pk:
        raise OwnAccountError
    return User.objects.select_for_update().get(pk=person.pk)


def _keep_an_admin(person: User) -> None:
    admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True)
    if set(admins.order_by("pk").values_list("pk", flat=True)) == {person.pk}:
        raise LastAdminError


def _end_sessions(person: User) -> None:
    """End every session, also one that the list of sessions does not know."""
    User.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    rows = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()
