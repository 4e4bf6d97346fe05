"""The right of reply through a link: a claimant answers once, without an account.

The answer goes into the log of the right of reply like any other, and says how it came.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import letters, replies, tokens
from claims.models import Claim, ReplyEntry, ReplyLink
from claims.replies import one_line_end
from claims.states import ClaimState, ReplyKind, ReplyLinkState
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_ask_claimants, require
from factcheck.audit.trail import record
from factcheck.errors import FactcheckError, Permanent, Refused

MEANS = "through the desk's link"
ASKS_LENGTH, NAME_LENGTH, ROLE_LENGTH = 3000, 100, 90


class LinkQuestionError(Permanent):
    """The link does not say what the desk asks, or says too much."""

    code = "reply_link_asks"


class LinkMadeError(Refused):
    """The same form was sent before; its link was shown then."""

    code = "reply_link_made"


class LinkClosedError(Refused):
    """The claim is not under work, so that nobody is asked about it."""

    code = "claim_not_open"


class LinkNotOpenError(Refused):
    """Only an open link can be taken back."""

    code = "reply_link_not_open"


class LinkUnknownError(Permanent):
    """No link has this token."""

    code = "reply_link_unknown"


class LinkUsedError(Refused):
    """An answer came through the link already."""

    code = "reply_link_used"


class LinkExpiredError(Refused):
    """The link has run out."""

    code = "reply_link_expired"


class LinkRevokedError(Refused):
    """The desk took the link back."""

    code = "reply_link_revoked"


ERRORS: dict[ReplyLinkState, type[FactcheckError]] = {
    ReplyLinkState.USED: LinkUsedError,
    ReplyLinkState.EXPIRED: LinkExpiredError,
    ReplyLinkState.REVOKED: LinkRevokedError,
}


@transaction.atomic
def make(
    *, claim: Claim, asks: str, key: UUID, by: User, at: datetime, email: str = ""
) -> tuple[ReplyLink, str]:
    """Make a link for the claimant; return it with its token, which is kept nowhere.

    `key` is random and belongs to one form. A link that was still open is taken back. With an
    address the link is sent there. Raises LinkQuestionError, LinkMadeError, LinkClosedError and
    NotAllowedError.
    """
    require(may_ask_claimants, by)
    asks = one_line_end(asks)
    if not asks or len(asks) > ASKS_LENGTH:
        raise LinkQuestionError(limit=f"{ASKS_LENGTH:,}")
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.state != ClaimState.OPEN:
        raise LinkClosedError
    if ReplyLink.objects.filter(pk=key).exists():
        raise LinkMadeError
    for earlier in _unused(claim):
        _revoke(earlier, by, at)
    token = tokens.token_for("reply", str(key))
    link = ReplyLink.objects.create(
        pk=key,
        claim=claim,
        digest=tokens.digest_of(token),
        asks=asks,
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=settings.REPLY_LINK_DAYS),
    )
    data = {"link": str(link.pk), "until": timezone.localdate(link.expires_at).isoformat()}
    record(action="reply_link.made", target=claim, by=by, at=at, data=data)
    if email:
        letters.write(to=email, link=link, by=by, at=at)
    return link, token


@transaction.atomic
def revoke(*, link: ReplyLink, by: User, at: datetime) -> ReplyLink:
    """Take a link back that nobody has used; again is a no-op.

    Raises LinkNotOpenError and NotAllowedError.
    """
    require(may_ask_claimants, by)
    link = _locked(link)
    if link.used_at is not None:
        raise LinkNotOpenError
    if link.revoked_at is None:
        _revoke(link, by, at)
    return link


def by_token(token: str) -> ReplyLink:
    """Return the link of a token, whatever its state. Raises LinkUnknownError."""
    rows = ReplyLink.objects.select_related("claim__article", "entry")
    found = rows.filter(digest=tokens.digest_of(token)).first()
    if found is None or not tokens.fits(token, found.digest):
        raise LinkUnknownError
    return found


def answer(*, token: str, words: str, at: datetime, name: str = "", role: str = "") -> ReplyEntry:
    """Take the claimant's answer through a link; name and role stay at the desk.

    The same words again are a no-op, so that a double click is none. Any other use of a link that
    is not open stays in the audit trail. Raises LinkUnknownError, LinkUsedError, LinkExpiredError,
    LinkRevokedError, ReplyIncompleteError and ReplyTooLongError.
    """
    with transaction.atomic():
        link = _locked(by_token(token))
        state = link.state_at(at)
        if state == ReplyLinkState.OPEN:
            return _keep(link, words, ", ".join(filter(None, (name.strip(), role.strip()))), at)
        if link.entry is not None and link.entry.words == one_line_end(words):
            return link.entry
        data = {"link": str(link.pk), "why": state.value}
        record(action="reply_link.refused", target=link.claim, by=None, at=at, data=data)
    # Raised out here: the event stays.
    raise ERRORS[state]


def newest(claim: Claim) -> ReplyLink | None:
    """Return the claim's newest link."""
    rows = ReplyLink.objects.filter(claim=claim).select_related("made_by", "letter")
    return rows.order_by("-made_at", "-id").first()


def _keep(link: ReplyLink, words: str, whom: str, at: datetime) -> ReplyEntry:
    entry = replies.log_reply(
        claim=link.claim,
        kind=ReplyKind.ANSWERED,
        on=timezone.localdate(at),
        at=at,
        by=None,
        whom=whom,
        means=MEANS,
        words=words,
    )
    link.used_at, link.entry = at, entry
    link.save(update_fields=["used_at", "entry"])
    return entry


def _unused(claim: Claim) -> list[ReplyLink]:
    rows = ReplyLink.objects.select_for_update().filter(claim=claim)
    return list(rows.filter(used_at=None, revoked_at=None))


def _revoke(link: ReplyLink, by: User, at: datetime) -> None:
    link.revoked_by, link.revoked_at = by, at
    link.save(update_fields=["revoked_by", "revoked_at"])
    data = {"link": str(link.pk)}
    record(action="reply_link.revoked", target=link.claim, by=by, at=at, data=data)


def _locked(link: ReplyLink) -> ReplyLink:
    """Lock the claim and then the link: everybody takes them in this order."""
    Claim.objects.select_for_update().get(pk=link.claim_id)
    rows = ReplyLink.objects.select_for_update(of=("self",))
    return rows.select_related("claim", "entry").get(pk=link.pk)
