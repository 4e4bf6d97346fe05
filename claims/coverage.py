"""The ledger: every sentence and every number of a revision is accounted for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from claims.models import Appearance, ArticleRevision, Number, Sentence
from claims.states import ClaimState, Disposition


@dataclass(frozen=True)
class Coverage:
    """Counts of a revision's sentences, or of its numbers."""

    claims: int
    dismissed: int
    pending: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.claims + self.dismissed + self.pending

    @property
    def settled_percent(self) -> int:
        """How many of a hundred are settled, rounded down so that 100 means all."""
        return 100 * (self.claims + self.dismissed) // self.total if self.total else 0


@dataclass(frozen=True)
class NumberEntry:
    """A number and what became of it."""

    number: Number
    exact: str
    disposition: Disposition
    reason: str


def of(revision: ArticleRevision) -> Coverage:
    """Count the sentences of one revision."""
    return of_all([revision.pk]).get(revision.pk, Coverage(0, 0, 0))


def of_all(revision_ids: list[int]) -> dict[int, Coverage]:
    """Count the sentences of several revisions in one query; those without any are left out."""
    counts: dict[int, dict[str, int]] = {}
    rows = (
        Sentence.objects.filter(revision_id__in=revision_ids)
        .values_list("revision_id", "disposition")
        .annotate(number=Count("id"))
    )
    for revision_id, disposition, number in rows:
        counts.setdefault(revision_id, {})[disposition] = number
    return {
        revision_id: Coverage(
            claims=by_name.get(Disposition.CLAIM, 0),
            dismissed=by_name.get(Disposition.DISMISSED, 0),
            pending=by_name.get(Disposition.PENDING, 0),
        )
        for revision_id, by_name in counts.items()
    }


def numbers(revision: ArticleRevision) -> list[NumberEntry]:
    """Say of every number, in the order of the text, what became of it.

    It is a claim inside an open claim's passage; else its own reason or its sentence's holds;
    else it waits for a decision.
    """
    rows = Appearance.objects.filter(revision=revision, claim__state=ClaimState.OPEN)
    claimed = _joined(rows.order_by("start").values_list("start", "end"))
    starts = [start for start, _ in claimed]
    sentences = list(revision.sentences.order_by("start"))
    edges = [sentence.start for sentence in sentences]
    found = []
    for number in revision.numbers.order_by("start"):
        # The last stretch and the last sentence that begin before the number ends.
        place = bisect_left(starts, number.end) - 1
        is_claimed = place >= 0 and claimed[place][1] > number.start
        around = bisect_right(edges, number.start) - 1
        inside = around >= 0 and number.start < sentences[around].end
        found.append(
            _entry(number, revision.text, sentences[around] if inside else None, is_claimed)
        )
    return found


def count(entries: Iterable[NumberEntry]) -> Coverage:
    """Count number entries by disposition."""
    found = [entry.disposition for entry in entries]
    return Coverage(
        claims=found.count(Disposition.CLAIM),
        dismissed=found.count(Disposition.DISMISSED),
        pending=found.count(Disposition.PENDING),
    )


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that touch or overlap; they come and go by their starts."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _entry(
    number: Number,
    text: str,
    around: Sentence | None,
    is_claimed: bool,  # noqa: FBT001 (one call)
) -> NumberEntry:
    disposition, reason = Disposition.PENDING, ""
    if is_claimed:
        disposition = Disposition.CLAIM
    elif number.reason:
        disposition, reason = Disposition.DISMISSED, number.reason
    elif around and around.disposition == Disposition.DISMISSED:
        disposition, reason = Disposition.DISMISSED, around.reason
    return NumberEntry(number, text[number.start : number.end], disposition, reason)
