"""The ledger: every sentence of a revision is a claim, dismissed with a reason, or pending."""

from dataclasses import dataclass

from django.db.models import Count

from claims.models import ArticleRevision, Sentence
from claims.states import Disposition


@dataclass(frozen=True)
class Coverage:
    """Counts of a revision's sentences."""

    claims: int
    dismissed: int
    pending: int

    @property
    def total(self) -> int:
        """All sentences."""
        return self.claims + self.dismissed + self.pending

    @property
    def settled_percent(self) -> int:
        """How many of a hundred sentences are settled, rounded down so that 100 means all."""
        return 100 * (self.claims + self.dismissed) // self.total if self.total else 0


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
