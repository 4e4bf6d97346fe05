"""The lists of people, invitations, keys and sessions; each takes the same few queries."""

from datetime import datetime
from typing import TypeVar

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.listing import Page
from factcheck.accounts.models import User
from factcheck.accounts.second_factor import FACTORS
from factcheck.api.models import ApiKey
from factcheck.people.models import Invitation

PAGE_SIZE = 30
Row = TypeVar("Row", Invitation, ApiKey)


def people(*, search: str = "", after: str = "", size: int = PAGE_SIZE) -> Page[User]:
    """Return people by username; `after` is the last username of the page before.

    Each carries `has_second_factor`. `search` looks into username, name and e-mail address.
    """
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    rows = User.objects.annotate(has_second_factor=Exists(factors)).order_by("username")
    for word in search.split():
        rows = rows.filter(
            Q(username__icontains=word) | Q(name__icontains=word) | Q(email__icontains=word)
        )
    if after:
        rows = rows.filter(username__gt=after)
    found = list(rows[: size + 1])
    following = found[size - 1].username if len(found) > size else ""
    return Page(found[:size], following, not after)


def invitations(*, before: int | None = None, size: int = PAGE_SIZE) -> Page[Invitation]:
    """Return invitations, newest first; `before` is the last id of the page before."""
    rows = Invitation.objects.select_related("invited_by", "person").order_by("-id")
    return _newest(rows, before, size)


def keys(*, before: int | None = None, size: int = PAGE_SIZE) -> Page[ApiKey]:
    """Return partners' keys, newest first; `before` is the last id of the page before."""
    return _newest(ApiKey.objects.select_related("created_by").order_by("-id"), before, size)


def sessions(*, person: User, at: datetime) -> list[UserSession]:
    """Return a person's living sessions that began at the door, newest first."""
    living = Session.objects.filter(expire_date__gt=at).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=living)
    return list(rows.order_by("-created_at")[:PAGE_SIZE])


def _newest(rows: QuerySet[Row], before: int | None, size: int) -> Page[Row]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    following = str(found[size - 1].pk) if len(found) > size else ""
    return Page(found[:size], following, before is None)
