"""A kept calculation with the numbers of a newer text of its source."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.calculating import Figure, Result, calculate
from claims.calculating.finding import number_there
from claims.models import Calculation, CalculationNumber, Claim
from claims.recalculating import claimed_from, figure_from
from factcheck.errors import FactcheckError
from sources.anchoring import confirm, make_anchor
from sources.models import ExtractedText


@dataclass(frozen=True)
class Move:
    """What became of a quoted number: `new` is empty where the newer text has none there."""

    old: str
    new: str


@dataclass(frozen=True)
class Rerun:
    """A calculation with newer numbers. `result` is None where it cannot be done any more.

    `moves` holds the numbers that changed or went; empty where all of them stand.
    """

    calculation: Calculation
    result: Result | None
    moves: tuple[Move, ...]
    why: str

    @property
    def is_same(self) -> bool:
        """Whether the newer text gives the same numbers."""
        return not self.moves


def concerned(newer: ExtractedText, *, claim: Claim | None = None) -> Iterator[Calculation]:
    """Yield the live calculations, of a claim or of all, that quote another text of the source."""
    source = newer.capture.source_id
    quoting = CalculationNumber.objects.filter(evidence__extracted__capture__source=source).exclude(
        evidence__extracted=newer
    )
    rows = Calculation.objects.filter(removed_at=None, numbers__in=quoting).distinct()
    if claim is not None:
        rows = rows.filter(claim=claim)
    yield from rows.prefetch_related("numbers__evidence__extracted__capture").order_by(
        "created_at", "id"
    )


def rerun(*, calculation: Calculation, newer: ExtractedText) -> Rerun:
    """Do a kept calculation with the numbers that `newer` has in the same places.

    Numbers of other sources, and typed ones, stay as they were. Nothing is written: what follows
    from another result is for a person to decide.
    """
    claimed, *inputs = calculation.numbers.all()
    figures, moves = [], []
    for number in inputs:
        figure = _newer(number, newer)
        kept = figure_from(number)
        if figure is None:
            moves.append(Move(number.text, ""))
        elif figure.value != kept.value:
            moves.append(Move(number.text, figure.text))
        figures.append(figure or kept)
    if gone := [move.old for move in moves if not move.new]:
        words = ", ".join(f"“{old}”" for old in gone)
        return Rerun(calculation, None, tuple(moves), f"The newer text lacks {words} there.")
    try:
        result = calculate(calculation.operation, figures, claimed_from(claimed))
    except FactcheckError as error:
        return Rerun(calculation, None, tuple(moves), error.text)
    why = "" if result.verdict == calculation.verdict else f"The sum gives {result.shown} now."
    return Rerun(calculation, result, tuple(moves), why)


def _newer(number: CalculationNumber, newer: ExtractedText) -> Figure | None:
    """Return the number as the newer text has it, as it was where it is of another source."""
    evidence, kept = number.evidence, figure_from(number)
    if (
        evidence is None
        or evidence.start is None
        or evidence.extracted.capture.source_id != newer.capture.source_id
    ):
        return kept
    text = evidence.extracted.text
    start = evidence.start + (number.start or 0)
    end = evidence.start + (number.end or 0)
    if confirm(make_anchor(text, start, end), newer.text):
        return kept
    found = number_there(text[:start][-200:], text[end:][:200], newer.text, mark=number.mark)
    return found and replace(found, year=kept.year, is_real=kept.is_real)
