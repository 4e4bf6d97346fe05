"""Which claims of an article the rail lists: in what order, from which one on, and how many.

The whole order is worked out from three columns of each claim; only the rows that are shown are
read in full. A place in the list is a key of its order, so that it holds while claims before it
come and go.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.listing import CursorError
from claims.models import ArticleRevision
from claims.states import ClaimState
from claims.views.parts import Part

SIZE = 40  # rows; "more" brings as many again
ORDERS = {"worth": "most check-worthy first", "text": "as in the text"}
Key = tuple[float, int, str]


@dataclass(frozen=True)
class Standing:
    """An open claim where it first stands in a revision, numbered as in the text."""

    pk: UUID
    worth: float
    start: int
    end: int
    number: int

    def key(self, order: str) -> Key:
        """Return what it is sorted by."""
        first = -self.worth if order == "worth" else self.start
        return first, self.start, str(self.pk)


@dataclass(frozen=True)
class Window:
    """A run of the list, and what stands before and after it."""

    shown: Sequence[Standing]
    total: int
    before: int
    # Where the next run begins, empty at the end.
    next_cursor: str

    @property
    def after(self) -> int:
        """How many follow."""
        return self.total - self.before - len(self.shown)

    @property
    def next_size(self) -> int:
        """How many the next run holds."""
        return min(SIZE, self.after)


def standings(revision: ArticleRevision) -> list[Standing]:
    """Return the open claims that stand in the revision, as in the text; one query."""
    rows = (
        revision.appearances.filter(claim__state=ClaimState.OPEN)
        .order_by("start", "-end", "pk")
        .values_list("claim_id", "claim__check_worthiness", "start", "end")
    )
    found: dict[UUID, Standing] = {}
    for pk, worth, start, end in rows:
        if pk not in found:
            found[pk] = Standing(pk, worth, start, end, len(found) + 1)
    return list(found.values())


def window(
    standing: Sequence[Standing],
    *,
    order: str,
    part: Part | None = None,
    cursor: str = "",
    focus: UUID | None = None,
) -> Window:
    """Return the run of the list that begins at `cursor`, or that holds the claim `focus`.

    With a `part`, the list is of the claims that stand in it. Raises CursorError.
    """
    listed = [each for each in standing if part is None or part.holds(each.start, each.end)]
    listed.sort(key=lambda each: each.key(order))
    begin = 0
    if cursor:
        least = _decode(cursor)
        begin = sum(each.key(order) < least for each in listed)
    elif focus:
        place = next((i for i, each in enumerate(listed) if each.pk == focus), 0)
        begin = place if place >= SIZE else 0
    shown = listed[begin : begin + SIZE]
    following = listed[begin + SIZE : begin + SIZE + 1]
    next_cursor = _encode(following[0].key(order)) if following else ""
    return Window(shown, len(listed), begin, next_cursor)


def _encode(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _decode(cursor: str) -> Key:
    try:
        first, start, pk = json.loads(base64.urlsafe_b64decode(cursor))
        return float(first), int(start), str(UUID(pk))
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error
