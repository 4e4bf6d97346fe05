"""Invitations: a link by mail that lets one person join, once and for some days."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_manage, require
from factcheck.audit.models import Event
from factcheck.audit.trail import record
from factcheck.errors import FactcheckError, Permanent, Refused
from factcheck.people import joining
from factcheck.people.models import Invitation
from factcheck.people.states import InvitationState

QUIET = timedelta(hours=1)  # a link that is tried again and again is written down once in it


class InvitationWaitingError(Refused):
    """An open invitation to this address exists."""

    code = "invitation_waiting"


class InvitationUnknownError(Permanent):
    """The link is none of the desk's."""

    code = "invitation_unknown"


class InvitationAcceptedError(Refused):
    """The link has been used."""

    code = "invitation_accepted"


class InvitationExpiredError(Refused):
    """The link is too old."""

    code = "invitation_expired"


class InvitationRevokedError(Refused):
    """The invitation was taken back or replaced by a newer one."""

    code = "invitation_revoked"


CLOSED: dict[InvitationState, type[FactcheckError]] = {
    InvitationState.ACCEPTED: InvitationAcceptedError,
    InvitationState.EXPIRED: InvitationExpiredError,
    InvitationState.REVOKED: InvitationRevokedError,
}


@transaction.atomic
def invite(*, email: str, role: str, by: User, at: datetime) -> tuple[Invitation, str]:
    """Return the invitation and the token of its link, which is never shown again.

    An expired invitation to the address is replaced. Raises NotAllowedError, EmailTakenError and
    InvitationWaitingError.
    """
    require(may_manage, by)
    joining.refuse_taken(email)
    for earlier in _unanswered(email):
        if earlier.state(at) == InvitationState.OPEN:
            raise InvitationWaitingError(email=earlier.email)
        _take_back(earlier, by, at)
    return _make(email, role, by, at)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> tuple[Invitation, str]:
    """Return a new invitation in place of one that is open, expired or taken back.

    The earlier link opens nothing any more. Raises NotAllowedError, EmailTakenError and
    InvitationAcceptedError.
    """
    require(may_manage, by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise InvitationAcceptedError
    joining.refuse_taken(invitation.email)
    for earlier in _unanswered(invitation.email):
        _take_back(earlier, by, at)
    return _make(invitation.email, invitation.role, by, at)


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an invitation back; again is a no-op. Raises as `send_again` does."""
    require(may_manage, by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise InvitationAcceptedError
    if not invitation.revoked_at:
        _take_back(invitation, by, at)
    return invitation


def opened(*, token: str, at: datetime) -> Invitation:
    """Return the open invitation of a link.

    Raises InvitationUnknownError and, with an event in the trail, InvitationAcceptedError,
    InvitationExpiredError and InvitationRevokedError.
    """
    found = Invitation.objects.filter(digest=digest(token)).first()
    if found is None:
        raise InvitationUnknownError
    state = found.state(at)
    if state in CLOSED:
        _note_refusal(found, state, at)
        raise CLOSED[state]
    return found


def accept(*, token: str, username: str, name: str, password: str, at: datetime) -> User:
    """Make the invited person and return them. Raises what `opened` and `joining.add` raise."""
    opened(token=token, at=at)
    with transaction.atomic():
        found = Invitation.objects.select_for_update().get(digest=digest(token))
        state = found.state(at)
        if state in CLOSED:  # somebody else was quicker
            raise CLOSED[state]
        given = {"username": username, "name": name, "password": password}
        person = joining.add(role=found.role, email=found.email, by=None, at=at, **given)
        found.accepted_at, found.person = at, person
        found.save(update_fields=["accepted_at", "person"])
        data = {"email": found.email, "role": found.role}
        record(action="invitation.accepted", target=found, by=person, at=at, data=data)
    return person


def digest(token: str) -> str:
    """Return the SHA-256 of a link's token, as lower-case hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _unanswered(email: str) -> list[Invitation]:
    rows = Invitation.objects.select_for_update().filter(email__iexact=email)
    return list(rows.filter(accepted_at=None, revoked_at=None))


def _make(email: str, role: str, by: User, at: datetime) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        email=email,
        role=role,
        digest=digest(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    data = {"email": email, "role": role}
    record(action="invitation.sent", target=made, by=by, at=at, data=data)
    return made, token


def _take_back(invitation: Invitation, by: User, at: datetime) -> None:
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    data = {"email": invitation.email}
    record(action="invitation.revoked", target=invitation, by=by, at=at, data=data)


@transaction.atomic
def _note_refusal(invitation: Invitation, state: InvitationState, at: datetime) -> None:
    action = "invitation.link_refused"
    mine = Event.objects.filter(target_type="people.invitation", target_id=str(invitation.pk))
    if not mine.filter(action=action, at__gt=at - QUIET).exists():
        record(action=action, target=invitation, by=None, at=at, data={"state": str(state)})
