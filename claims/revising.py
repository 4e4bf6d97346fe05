"""A corrected article: a new revision that keeps everything people decided on the old one."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from claims import placing
from claims.ledger import settle
from claims.models import Appearance, ArticleRevision, CitationPlace, Claim, Number, Sentence
from claims.states import ClaimState
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from sources.anchoring import Anchor, Confirmation, confirm, make_anchor

TELLING = 4  # words; "14 %" may stand anywhere
CARRIED = (ClaimState.OPEN, ClaimState.DISMISSED, ClaimState.PROPOSED)


def carry_claims(
    *, previous: ArticleRevision, revision: ArticleRevision, by: User | None, at: datetime
) -> list[Claim]:
    """Let the claims of the previous revision stand in the new one; return those that cannot.

    A claim is carried where each of its passages is confirmed, to the letter, in the new text;
    nothing is re-anchored by likeness.
    """
    lost = []
    claims = Claim.objects.filter(appearances__revision=previous, state__in=CARRIED).distinct()
    for claim in claims.prefetch_related("appearances"):
        places = [row for row in claim.appearances.all() if row.revision_id == previous.pk]
        found = [confirm(_anchor(row, previous), revision.text) for row in places]
        spans = [
            (place.start, place.end)
            for row, place in zip(places, found, strict=True)
            if _stands(place, row.exact) and place.start is not None and place.end is not None
        ]
        if len(spans) == len(places):
            placing.place(claim, revision, spans)
        else:
            lost.append(claim)
            data = {"revision": revision.number}
            record(action="claim.not_carried", target=claim, by=by, at=at, data=data)
    return lost


def carry_decisions(
    *, previous: ArticleRevision, revision: ArticleRevision, by: User | None
) -> None:
    """Repeat what people decided about sentences and numbers whose sentence did not change."""
    decided = {
        previous.text[s.start : s.end]: s for s in previous.sentences.exclude(decided_by=None)
    }
    sentences = list(revision.sentences.all())
    for sentence in sentences:
        words = revision.text[sentence.start : sentence.end]
        if words in decided:
            _repeat(decided[words], sentence)
    known = _by_place(
        previous, list(previous.sentences.all()), previous.numbers.exclude(decided_by=None)
    )
    for place, number in _by_place(revision, sentences, revision.numbers.all()).items():
        if old := known.get(place):
            number.reason, number.decided_by_id = old.reason, old.decided_by_id
            number.save(update_fields=["reason", "decided_by"])
    settle(revision, by=by)


def carry_places(*, previous: ArticleRevision, revision: ArticleRevision) -> None:
    """Keep the links of the old text on the same words of the new one, which may have none."""
    places = CitationPlace.objects.filter(revision=previous).select_related("citation")
    for place in places.order_by("start"):
        found = confirm(make_anchor(previous.text, place.start, place.end), revision.text)
        if found and found.start is not None and found.end is not None:
            place.citation.places.get_or_create(
                revision=revision, start=found.start, defaults={"end": found.end}
            )


def not_carried(revision: ArticleRevision) -> list[Claim]:
    """Return the open claims of the article that stand nowhere in this revision."""
    rows = Claim.objects.filter(article_id=revision.article_id, state=ClaimState.OPEN)
    standing = Appearance.objects.filter(revision=revision).values("claim_id")
    return list(rows.exclude(pk__in=standing).order_by("created_at", "id"))


def _stands(place: Confirmation, exact: str) -> bool:
    """Whether the passage is in the new text, to the letter.

    A sentence that was changed beside it does not matter where its words stand there once and
    are enough to tell it by.
    """
    return bool(place) or (place.how == "context_changed" and len(exact.split()) >= TELLING)


def _anchor(row: Appearance, revision: ArticleRevision) -> Anchor:
    return Anchor(
        start=row.start,
        end=row.end,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        text_sha256=revision.text_sha256,
    )


def _repeat(old: Sentence, new: Sentence) -> None:
    new.disposition, new.reason = old.disposition, old.reason
    new.decided_by_id = old.decided_by_id
    new.save(update_fields=["disposition", "reason", "decided_by"])


def _by_place(
    revision: ArticleRevision, sentences: list[Sentence], numbers: Iterable[Number]
) -> dict[tuple[str, int], Number]:
    """Name each number by its sentence's words and its place in them."""
    starts = sorted((sentence.start, sentence.end) for sentence in sentences)
    found: dict[tuple[str, int], Number] = {}
    for number in numbers:
        at = bisect_right(starts, (number.start, len(revision.text) + 1)) - 1
        if at >= 0 and number.start < starts[at][1]:
            start, end = starts[at]
            found[revision.text[start:end], number.start - start] = number
    return found
