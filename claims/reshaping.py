"""Changing what a claim covers: split it, merge several, trim or extend it."""

from datetime import datetime

from claims import placing
from claims.editing import Edit, edit, has_work, refuse_sealed
from claims.linking import require_open
from claims.marking import ClaimSpanError, ClaimSpanTakenError, trimmed, words_of
from claims.models import Appearance, Claim
from claims.states import ClaimState, Origin
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused


class MergeApartError(Refused):
    """Claims of one article are merged, at least two of them."""

    code = "merge_apart"


class MergeHasVerdictError(Refused):
    """Only the first of the merged claims may have evidence or a verdict."""

    code = "merge_has_work"


def split_claim(*, claim: Claim, at_offset: int, by: User, at: datetime) -> tuple[Claim, Claim]:
    """Cut a claim in two at an offset into the text; the first part keeps its identity.

    Raises ClaimDismissedError, ClaimNotOpenError, ClaimSealedError and ClaimSpanError.
    """
    with edit(article=claim.article, verb="split", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        _refuse_closed(claim)
        spans = [(row.start, row.end) for row in _places(claim, work)]
        cut = next((span for span in spans if span[0] < at_offset < span[1]), None)
        if cut is None:
            raise ClaimSpanError
        text = work.revision.text
        head, tail = trimmed(text, cut[0], at_offset), trimmed(text, at_offset, cut[1])
        second = work.made(_part_of(claim, text, tail, by, at))
        index = spans.index(cut)
        claim.text = words_of(text, head)
        claim.save(update_fields=["text"])
        placing.place(claim, work.revision, [*spans[:index], head])
        placing.place(second, work.revision, [tail, *spans[index + 1 :]])
        data = {"other": str(second.pk), "at": at_offset}
        record(action="claim.split", target=claim, by=by, at=at, data=data)
    return claim, second


def merge(*, claims: list[Claim], by: User, at: datetime) -> Claim:
    """Make one claim of several of an article; the first in the text keeps its identity.

    Passages with nothing but blanks or a few words between them become one. Raises
    MergeApartError, MergeHasVerdictError, ClaimSealedError and the errors of `require_open`.
    """
    if len({claim.pk for claim in claims}) < 2 or len({c.article_id for c in claims}) > 1:  # noqa: PLR2004
        raise MergeApartError
    with edit(article=claims[0].article, verb="merge", claims=claims, by=by, at=at) as work:
        for claim in work.claims:
            _refuse_closed(claim)
        places = {claim.pk: _places(claim, work) for claim in work.claims}
        ordered = sorted(work.claims, key=lambda c: [row.start for row in places[c.pk]] or [0])
        first, others = ordered[0], ordered[1:]
        if any(has_work(other) for other in others):
            raise MergeHasVerdictError
        spans = [(row.start, row.end) for claim in ordered for row in places[claim.pk]]
        joined = _joined(spans, work.revision.text)
        for other in others:
            placing.place(other, work.revision, [])
            other.state, other.replaced_by = ClaimState.REPLACED, first
            other.save(update_fields=["state", "replaced_by"])
        first.text = " … ".join(words_of(work.revision.text, span) for span in joined)[:2000]
        first.save(update_fields=["text"])
        placing.place(first, work.revision, joined)
        data = {"others": [str(other.pk) for other in others]}
        record(action="claim.merged", target=first, by=by, at=at, data=data)
    return first


def resize(*, claim: Claim, start: int, end: int, by: User, at: datetime) -> Claim:
    """Trim or extend a claim to the passage [start, end), which replaces all its places.

    The wording follows where it was the passage itself. Raises ClaimDismissedError,
    ClaimNotOpenError, ClaimSealedError, ClaimSpanError and ClaimSpanTakenError.
    """
    with edit(article=claim.article, verb="resize", claims=[claim], by=by, at=at) as work:
        (claim,) = work.claims
        _refuse_closed(claim)
        text = work.revision.text
        span = trimmed(text, start, end)
        taken = work.revision.appearances.filter(start=span[0], end=span[1])
        if taken.exclude(claim=claim).exists():
            raise ClaimSpanTakenError
        before = [words_of(text, (row.start, row.end)) for row in _places(claim, work)]
        if claim.text.rstrip(".").casefold() == " … ".join(before).rstrip(".").casefold():
            claim.text = words_of(text, span)
            claim.save(update_fields=["text"])
        placing.place(claim, work.revision, [span])
        data = {"start": span[0], "end": span[1]}
        record(action="claim.resized", target=claim, by=by, at=at, data=data)
    return claim


def _places(claim: Claim, work: Edit) -> list[Appearance]:
    return list(claim.appearances.filter(revision=work.revision).order_by("start", "end"))


def _refuse_closed(claim: Claim) -> None:
    require_open(claim)
    refuse_sealed(claim)


def _part_of(claim: Claim, text: str, span: tuple[int, int], by: User, at: datetime) -> Claim:
    return Claim.objects.create(
        article_id=claim.article_id,
        text=words_of(text, span),
        kind=claim.kind,
        kinds=claim.kinds,
        claimant=claim.claimant,
        reporting_verb=claim.reporting_verb,
        check_worthiness=claim.check_worthiness,
        reasons=[*claim.reasons[:9], "split from another claim"],
        origin=Origin.PERSON,
        created_by=by,
        created_at=at,
    )


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join passages that touch, overlap or have only a word or two of one sentence between."""
    few = len(" and the ")
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        between = text[joined[-1][1] : start] if joined else ""
        if joined and len(between) <= few and not set(between) & set(".!?\n"):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
