"""From a revision's text to sentences and claims, and what people change of them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from claims.extraction import ClaimSpan, QuantitySpan, Splitting, split
from claims.models import Appearance, Article, ArticleRevision, Claim, Quantity, Sentence
from claims.states import ClaimState, DismissalReason, Disposition, Origin
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources.anchoring import make_anchor


class ArticleNotReadyError(Refused):
    """The article has no text yet."""

    code = "article_not_ready"


class ClaimSpanError(Permanent):
    """The span is empty or lies outside the text."""

    code = "claim_span_invalid"


class ClaimSpanTakenError(Refused):
    """An open or dismissed claim has exactly this span."""

    code = "claim_span_taken"


class ClaimTextError(Permanent):
    """The claim's sentence is empty."""

    code = "claim_text_empty"


class ClaimHasVerdictError(Refused):
    """A claim with a verdict cannot be dismissed."""

    code = "claim_has_verdict"


class DismissalReasonError(Permanent):
    """Not one of the listed reasons."""

    code = "dismissal_reason_unknown"


SPLITTER_REASONS = {
    "opinion": DismissalReason.OPINION,
    "prediction": DismissalReason.PREDICTION,
    "question": DismissalReason.QUESTION,
    "call to action or norm": DismissalReason.CALL,
    "heading": DismissalReason.BOILERPLATE,
    "dateline": DismissalReason.BOILERPLATE,
    "byline": DismissalReason.BOILERPLATE,
    "caption": DismissalReason.BOILERPLATE,
    "greeting": DismissalReason.BOILERPLATE,
    "boilerplate": DismissalReason.BOILERPLATE,
    "duplicate": DismissalReason.DUPLICATE,
}


@transaction.atomic
def split_article(*, article: Article, by: User | None, at: datetime) -> int:
    """Split the newest revision; return how many claims are new.

    Nothing that a person did is touched, and a span that is a claim already stays the claim it
    is: splitting the same revision again adds nothing. Raises ArticleNotReadyError.
    """
    revision = _locked_revision(article)
    found = split(revision.text, published_on=article.published_on, language=article.language)
    if not revision.sentences.exists():
        _store_sentences(revision, found)
    taken = set(revision.appearances.values_list("start", "end"))
    new = [span for span in found.claims if (span.start, span.end) not in taken]
    _store_claims(revision, new, at)
    if new:
        data = {"revision": revision.number, "claims": len(new)}
        record(action="article.split", target=article, by=by, at=at, data=data)
    return len(new)


@transaction.atomic
def mark_claim(
    *, article: Article, start: int, end: int, by: User, at: datetime, text: str = ""
) -> Claim:
    """Make the passage [start, end) of the newest revision a claim, in the person's words.

    White space at the edges is left out. Raises ArticleNotReadyError, ClaimSpanError and
    ClaimSpanTakenError.
    """
    revision = _locked_revision(article)
    start, end = _trimmed(revision.text, start, end)
    if revision.appearances.filter(start=start, end=end).exists():
        raise ClaimSpanTakenError
    claim = Claim.objects.create(
        article=article,
        text=(text.strip() or " ".join(revision.text[start:end].split()))[:2000],
        kind="property",
        # A person asked for it, so it heads the list.
        check_worthiness=1.0,
        reasons=["marked by a person"],
        origin=Origin.PERSON,
        created_by=by,
        created_at=at,
    )
    _appear(claim, revision, start, end)
    covered = revision.sentences.filter(start__lt=end, end__gt=start)
    covered.update(disposition=Disposition.CLAIM, reason="", decided_by=by)
    record(action="claim.marked", target=claim, by=by, at=at, data={"start": start, "end": end})
    return claim


@transaction.atomic
def reword(*, claim: Claim, text: str, by: User, at: datetime) -> Claim:
    """Say in other words what is checked. Raises ClaimTextError."""
    text = " ".join(text.split())[:2000]
    if not text:
        raise ClaimTextError
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.text != text:
        data = {"from": claim.text, "to": text}
        claim.text = text
        claim.save(update_fields=["text"])
        record(action="claim.reworded", target=claim, by=by, at=at, data=data)
    return claim


@transaction.atomic
def dismiss(*, claim: Claim, reason: str, by: User, at: datetime) -> Claim:
    """Take a claim off the desk, with a reason. Again is a no-op.

    Raises DismissalReasonError and ClaimHasVerdictError.
    """
    if reason not in DismissalReason.values:
        raise DismissalReasonError
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if hasattr(claim, "verdict"):
        raise ClaimHasVerdictError
    if claim.state == ClaimState.OPEN:
        claim.state, claim.dismissal_reason = ClaimState.DISMISSED, reason
        claim.save(update_fields=["state", "dismissal_reason"])
        _settle_sentences(claim, by, reason)
        record(action="claim.dismissed", target=claim, by=by, at=at, data={"reason": reason})
    return claim


@transaction.atomic
def restore(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Undo a dismissal. Again is a no-op."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.state == ClaimState.DISMISSED:
        claim.state, claim.dismissal_reason = ClaimState.OPEN, ""
        claim.save(update_fields=["state", "dismissal_reason"])
        _settle_sentences(claim, by, "")
        record(action="claim.restored", target=claim, by=by, at=at)
    return claim


@transaction.atomic
def decide_sentence(
    *, sentence: Sentence, disposition: str, reason: str, by: User, at: datetime
) -> Sentence:
    """Dismiss a sentence with a reason, or set it back to pending.

    A sentence becomes a claim by marking one. Raises DismissalReasonError.
    """
    dismissed = disposition == Disposition.DISMISSED
    if (dismissed and reason not in DismissalReason.values) or (
        disposition not in (Disposition.DISMISSED, Disposition.PENDING)
    ):
        raise DismissalReasonError
    sentence = Sentence.objects.select_for_update().get(pk=sentence.pk)
    sentence.disposition = disposition
    sentence.reason = reason if dismissed else ""
    sentence.decided_by = by
    sentence.save(update_fields=["disposition", "reason", "decided_by"])
    data = {"disposition": disposition, "reason": sentence.reason}
    record(action="sentence.decided", target=sentence, by=by, at=at, data=data)
    return sentence


def _locked_revision(article: Article) -> ArticleRevision:
    """Return the newest revision; hold the article's row, so that two splits take turns."""
    Article.objects.select_for_update().get(pk=article.pk)
    revision = article.revision
    if revision is None:
        raise ArticleNotReadyError
    return revision


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(text):
        raise ClaimSpanError
    passage = text[start:end]
    if not passage.strip():
        raise ClaimSpanError
    return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())


def _store_sentences(revision: ArticleRevision, found: Splitting) -> None:
    Sentence.objects.bulk_create(
        Sentence(
            revision=revision,
            position=position,
            paragraph=sentence.paragraph,
            start=sentence.start,
            end=sentence.end,
            disposition=sentence.disposition,
            reason=_reason(sentence.reason) if sentence.disposition == "dismissed" else "",
        )
        for position, sentence in enumerate(found.sentences)
    )


def _reason(words: str) -> DismissalReason:
    """Return the desk's code for the splitter's words."""
    return SPLITTER_REASONS.get(words, DismissalReason.UNCHECKABLE)


def _store_claims(revision: ArticleRevision, spans: list[ClaimSpan], at: datetime) -> None:
    claims = [
        Claim(
            article_id=revision.article_id,
            text=span.text[:2000],
            kind=span.kind,
            claimant=span.claimant[:200],
            check_worthiness=span.check_worthiness,
            reasons=[reason[:200] for reason in span.reasons],
            origin=Origin.MACHINE,
            created_at=at,
        )
        for span in spans
    ]
    Claim.objects.bulk_create(claims)
    appearances = [
        _appearance(claim, revision, start, end)
        for claim, span in zip(claims, spans, strict=True)
        for start, end in ((span.start, span.end), *span.extra_spans)
    ]
    Appearance.objects.bulk_create(appearances)
    first = {(a.claim_id, a.start, a.end): a for a in appearances}
    Quantity.objects.bulk_create(
        _quantity(first[claim.pk, span.start, span.end], quantity)
        for claim, span in zip(claims, spans, strict=True)
        for quantity in span.quantities
    )


def _appearance(claim: Claim, revision: ArticleRevision, start: int, end: int) -> Appearance:
    anchor = make_anchor(revision.text, start, end)
    return Appearance(
        claim=claim,
        revision=revision,
        start=start,
        end=end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )


def _appear(claim: Claim, revision: ArticleRevision, start: int, end: int) -> None:
    _appearance(claim, revision, start, end).save()


def _quantity(appearance: Appearance, found: QuantitySpan) -> Quantity:
    change = found.change
    return Quantity(
        appearance=appearance,
        start=found.start,
        end=found.end,
        value=found.value,
        unit=found.unit[:60],
        comparator=found.comparator,
        vague=found.vague,
        change_direction=change.direction if change else "",
        change_from=change.from_value if change else None,
        change_to=change.to_value if change else None,
        change_by=change.by_value if change else None,
        change_unit=change.unit[:60] if change else "",
    )


def _settle_sentences(claim: Claim, by: User, reason: str) -> None:
    """Let the ledger follow a claim that was dismissed (with `reason`) or restored."""
    for appearance in claim.appearances.all():
        inside = Sentence.objects.filter(
            revision_id=appearance.revision_id,
            start__lt=appearance.end,
            end__gt=appearance.start,
        )
        for sentence in inside:
            carried = Claim.objects.filter(
                Q(appearances__start__lt=sentence.end) & Q(appearances__end__gt=sentence.start),
                appearances__revision_id=sentence.revision_id,
                state=ClaimState.OPEN,
            ).exists()
            sentence.disposition = Disposition.CLAIM if carried else Disposition.DISMISSED
            sentence.reason = "" if carried else reason
            sentence.decided_by = by
            sentence.save(update_fields=["disposition", "reason", "decided_by"])
