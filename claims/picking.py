"""Where the numbers of a calculation come from: the claim, a quote, or a person with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.calculating import (
    Claimed,
    Figure,
    Written,
    claimed_in,
    claimed_of,
    figure_in,
    numbers_in,
    numbers_in_cell,
)
from claims.calculating.errors import MixedSeparatorsError, NumberAmbiguousError
from claims.calculating.spelling import spell
from claims.extraction.records import Change, QuantitySpan
from claims.models import ArticleRevision, Claim, Evidence, Quantity
from factcheck.errors import Permanent

LONGEST_TEXT: Final = 200  # characters of one number as it is written
LONGEST_REASON: Final = 300
LONGEST_UNIT: Final = 60


class NumberMissingError(Permanent):
    """The number is not at that place of the quote or of the claim."""

    code = "calculation_number_missing"


class ReasonRequiredError(Permanent):
    """A typed number needs a word on where it comes from."""

    code = "calculation_reason_required"


@dataclass(frozen=True)
class Pick:
    """A number that a person chose: from a quote, from the claim's article, or typed.

    `start` and `end` are offsets into the quote or into the revision's text. `mark` is the decimal
    mark they chose where the writing leaves it open, `year` the year they gave.
    """

    evidence: Evidence | None = None
    revision: ArticleRevision | None = None
    start: int = 0
    end: int = 0
    text: str = ""
    reason: str = ""
    mark: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Stated:
    """A number that the claim states, with where it stands in the article."""

    revision: ArticleRevision
    quantity: Quantity
    text: str
    claimed: Claimed

    @property
    def pick(self) -> Pick:
        """The choice of this number."""
        return Pick(
            revision=self.revision,
            start=self.quantity.start,
            end=self.quantity.end,
            text=self.text,
        )


def stated_in(claim: Claim) -> list[Stated]:
    """Return the numbers of the claim in the newest revision that holds it; four queries."""
    rows = claim.appearances.select_related("revision").prefetch_related("quantities")
    places = list(rows.order_by("-revision__number", "start", "end"))
    newest = [place for place in places if place.revision_id == places[0].revision_id]
    return [
        Stated(place.revision, quantity, words, claimed_of(words, _span(quantity)))
        for place in newest
        for quantity in place.quantities.all()
        if (words := place.revision.text[quantity.start : quantity.end])
        and len(words) <= LONGEST_TEXT
    ]


def quoted_in(evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, tuple[Written, ...]]]:
    """Yield each piece of evidence with the numbers in its quote."""
    for item in evidence:
        found = _numbers_of(item)
        yield item, tuple(written for written in found if len(written.text) <= LONGEST_TEXT)


def figure_of(pick: Pick) -> tuple[Pick, Figure]:
    """Return the number to calculate with, and the pick as it is kept.

    Raises NumberMissingError, ReasonRequiredError and the errors of reading.
    """
    if pick.evidence is None:
        figure = figure_in(pick.text, mark=pick.mark)
        pick = replace(pick, text=pick.text.strip(), reason=_reason(pick))
    else:
        written = _at(pick, _numbers_of(pick.evidence))
        figure = _reading(written, pick.mark)
        pick = replace(pick, text=written.text)
    return pick, replace(figure, year=pick.year or figure.year, unit=figure.unit[:LONGEST_UNIT])


def claimed_number(claim: Claim, pick: Pick) -> tuple[Pick, Claimed]:
    """Return the claim's number, and the pick as it is kept; raises as figure_of."""
    if pick.revision is None:
        found = claimed_in(pick.text, mark=pick.mark)
        found = replace(found, unit=found.unit[:LONGEST_UNIT])
        return replace(pick, text=pick.text.strip(), reason=_reason(pick)), found
    for stated in stated_in(claim):
        place = (stated.revision.pk, stated.quantity.start, stated.quantity.end)
        if place == (pick.revision.pk, pick.start, pick.end):
            return stated.pick, stated.claimed
    raise NumberMissingError


def _numbers_of(item: Evidence) -> tuple[Written, ...]:
    return numbers_in_cell(item.exact) if item.is_cell else numbers_in(item.exact)


def _reason(pick: Pick) -> str:
    reason = pick.reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonRequiredError(text=pick.text.strip()[:60])
    return reason


def _at(pick: Pick, found: Sequence[Written]) -> Written:
    for written in found:
        if (written.start, written.end) == (pick.start, pick.end):
            if len(written.text) > LONGEST_TEXT:
                break
            return written
    raise NumberMissingError


def _reading(written: Written, mark: str) -> Figure:
    if not written.readings:
        raise MixedSeparatorsError(text=written.text[:60])
    if len(written.readings) == 1:
        return written.readings[0]
    if mark not in written.marks or not mark:
        one, other = (spell(figure.value) for figure in written.readings)
        raise NumberAmbiguousError(text=written.text, one=one, other=other)
    return written.readings[written.marks.index(mark)]


def _span(quantity: Quantity) -> QuantitySpan:
    """Return the row as the reading of the article made it."""
    change = None
    if quantity.has_change:
        direction = quantity.change_direction
        change = Change(
            direction="increase"
            if direction == "increase"
            else "decrease"
            if direction == "decrease"
            else "change",
            from_value=quantity.change_from,
            to_value=quantity.change_to,
            by_value=quantity.change_by,
            unit=quantity.change_unit,
        )
    return QuantitySpan(
        start=quantity.start,
        end=quantity.end,
        value=quantity.value,
        unit=quantity.unit,
        comparator=quantity.comparator,  # type: ignore[arg-type]  # the database knows no other
        change=change,
        vague=quantity.vague,
        upper=quantity.upper,
    )
