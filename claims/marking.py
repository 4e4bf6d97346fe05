"""What people decide about passages: mark, reword, dismiss, restore, accept, set aside."""

from datetime import datetime

from django.db import transaction

from claims import placing
from claims.editing import edit, refuse_sealed
from claims.models import Article, Claim, Number, Sentence
from claims.states import ClaimState, DismissalReason, Disposition, Origin
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused


class ClaimSpanError(Permanent):
    """The span is empty or lies outside the text."""

    code = "claim_span_invalid"


class ClaimSpanTakenError(Refused):
    """A claim stands at exactly this span."""

    code = "claim_span_taken"


class ClaimTextError(Permanent):
    """The claim's sentence is empty."""

    code = "claim_text_empty"


class ClaimHasVerdictError(Refused):
    """A claim with a verdict cannot be dismissed."""

    code = "claim_has_verdict"


class ClaimNotProposedError(Refused):
    """Only a proposal can be accepted."""

    code = "claim_not_proposed"


class DismissalReasonError(Permanent):
    """Not one of the listed reasons."""

    code = "dismissal_reason_unknown"


def mark_claim(
    *, article: Article, start: int, end: int, by: User, at: datetime, text: str = ""
) -> Claim:
    """Make the passage [start, end) of the newest revision a claim, in the person's words.

    White space at the edges is left out. Raises ArticleNotReadyError, ClaimSpanError and
    ClaimSpanTakenError.
    """
    with edit(article=article, verb="mark", claims=[], by=by, at=at) as work:
        span = trimmed(work.revision.text, start, end)
        if work.revision.appearances.filter(start=span[0], end=span[1]).exists():
            raise ClaimSpanTakenError
        claim = work.made(
            Claim.objects.create(
                article=article,
                text=text.strip()[:2000] or words_of(work.revision.text, span),
                kind="property",
                # A person asked for it, so it heads the list.
                check_worthiness=1.0,
                reasons=["marked by a person"],
                origin=Origin.PERSON,
                created_by=by,
                created_at=at,
            )
        )
        placing.place(claim, work.revision, [span])
        data = {"start": span[0], "end": span[1]}
        record(action="claim.marked", target=claim, by=by, at=at, data=data)
    return claim


def reword(*, claim: Claim, text: str, by: User, at: datetime) -> Claim:
    """Say in other words what is checked. Raises ClaimTextError and ClaimSealedError."""
    text = " ".join(text.split())[:2000]
    if not text:
        raise ClaimTextError
    with edit(article=claim.article, verb="reword", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        if claim.text != text:
            refuse_sealed(claim)
            data = {"from": claim.text, "to": text}
            claim.text = text
            claim.save(update_fields=["text"])
            record(action="claim.reworded", target=claim, by=by, at=at, data=data)
    return claim


def dismiss(*, claim: Claim, reason: str, by: User, at: datetime) -> Claim:
    """Take a claim off the desk, with a reason. Again is a no-op.

    Raises DismissalReasonError and ClaimHasVerdictError.
    """
    if reason not in DismissalReason.values:
        raise DismissalReasonError
    with edit(article=claim.article, verb="dismiss", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        if hasattr(claim, "verdict"):
            raise ClaimHasVerdictError
        if claim.state in {ClaimState.OPEN, ClaimState.PROPOSED}:
            claim.state, claim.dismissal_reason = ClaimState.DISMISSED, reason
            claim.save(update_fields=["state", "dismissal_reason"])
            record(action="claim.dismissed", target=claim, by=by, at=at, data={"reason": reason})
    return claim


def restore(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Take a dismissed claim back on the desk. Again is a no-op."""
    with edit(article=claim.article, verb="restore", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        if claim.state == ClaimState.DISMISSED:
            claim.state, claim.dismissal_reason = ClaimState.OPEN, ""
            claim.save(update_fields=["state", "dismissal_reason"])
            record(action="claim.restored", target=claim, by=by, at=at)
    return claim


def accept(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Take a language model's proposal as a claim. Again is a no-op.

    Raises ClaimNotProposedError.
    """
    with edit(article=claim.article, verb="accept", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        if claim.state not in {ClaimState.PROPOSED, ClaimState.OPEN}:
            raise ClaimNotProposedError
        if claim.state == ClaimState.PROPOSED:
            claim.state = ClaimState.OPEN
            claim.save(update_fields=["state"])
            record(action="claim.accepted", target=claim, by=by, at=at)
    return claim


def accept_wording(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Take the language model's wording of a claim. Without one, a no-op.

    Raises ClaimSealedError.
    """
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.proposed_text:
            reword(claim=claim, text=claim.proposed_text, by=by, at=at)
            Claim.objects.filter(pk=claim.pk).update(proposed_text="")
    return Claim.objects.get(pk=claim.pk)


@transaction.atomic
def decline_wording(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Leave the claim's own wording; where the other came from stays on its row. Again a no-op."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.proposed_text:
        data = {"text": claim.proposed_text}
        claim.proposed_text = ""
        claim.save(update_fields=["proposed_text"])
        record(action="claim.wording_declined", target=claim, by=by, at=at, data=data)
    return claim


@transaction.atomic
def decide_sentence(
    *, sentence: Sentence, disposition: str, reason: str, by: User, at: datetime
) -> Sentence:
    """Dismiss a sentence with a reason, or set it back to pending.

    A sentence becomes a claim by marking one. Raises DismissalReasonError.
    """
    _refuse_unknown(disposition, reason)
    sentence = Sentence.objects.select_for_update().get(pk=sentence.pk)
    sentence.disposition = disposition
    sentence.reason = reason if disposition == Disposition.DISMISSED else ""
    sentence.decided_by = by
    sentence.save(update_fields=["disposition", "reason", "decided_by"])
    data = {"disposition": disposition, "reason": sentence.reason}
    record(action="sentence.decided", target=sentence, by=by, at=at, data=data)
    return sentence


@transaction.atomic
def decide_number(*, number: Number, reason: str, by: User, at: datetime) -> Number:
    """Set a number aside with a reason, or take it back with none. Raises DismissalReasonError."""
    if reason and reason not in DismissalReason.values:
        raise DismissalReasonError
    number = Number.objects.select_for_update().get(pk=number.pk)
    number.reason, number.decided_by = reason, by
    number.save(update_fields=["reason", "decided_by"])
    record(action="number.decided", target=number, by=by, at=at, data={"reason": reason})
    return number


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its edges. Raises ClaimSpanError."""
    if not 0 <= start < end <= len(text):
        raise ClaimSpanError
    passage = text[start:end]
    if not passage.strip():
        raise ClaimSpanError
    return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())


def words_of(text: str, span: tuple[int, int]) -> str:
    """Return a passage on one line, as a first wording of its claim."""
    return " ".join(text[slice(*span)].split())[:2000]


def _refuse_unknown(disposition: str, reason: str) -> None:
    dismissed = disposition == Disposition.DISMISSED
    if (dismissed and reason not in DismissalReason.values) or (
        disposition not in {Disposition.DISMISSED, Disposition.PENDING}
    ):
        raise DismissalReasonError
