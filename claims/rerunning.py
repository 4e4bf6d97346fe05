"""A kept calculation with the numbers of a newer text of its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.calculating import Figure, Result, calculate
from claims.calculating.finding import number_there, same_number
from claims.models import Calculation, CalculationNumber, Claim, Evidence
from claims.quoted import cell_in
from claims.recalculating import claimed_from, figure_from
from factcheck.errors import FactcheckError
from sources.anchoring import confirm, make_anchor
from sources.anchoring.headings import described
from sources.models import ExtractedText

# What is said of a cell that gives no number any more.
_GONE: Final = {
    "ambiguous": "is one of several under its headings now; nobody can tell which.",
    "missing": "is not there any more: its headings head nothing.",
    "context_changed": "does not stand under its headings any more.",
}


@dataclass(frozen=True)
class Move:
    """What became of a quoted number: `new` is empty where the newer text has none there.

    `gone` says in words why there is none; empty where there is one.
    """

    old: str
    new: str
    gone: str = ""


@dataclass(frozen=True)
class Rerun:
    """A calculation with newer numbers. `result` is None where it cannot be done any more.

    `moves` holds the numbers that changed or went; empty where all of them stand. `notes` says
    which cells stand in another place of their table now.
    """

    calculation: Calculation
    result: Result | None
    moves: tuple[Move, ...]
    why: str
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the newer text gives the same numbers."""
        return not self.moves


@dataclass(frozen=True)
class _Newer:
    """A number as the newer text has it; `gone` says why there is none, `note` where it stands."""

    figure: Figure | None
    gone: str = ""
    note: str = ""


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
    figures, moves, notes = [], [], []
    for number in inputs:
        there, kept = _newer(number, newer), figure_from(number)
        if there.figure is None:
            moves.append(Move(number.text, "", there.gone))
        elif _differs(there.figure, kept, number):
            moves.append(Move(number.text, there.figure.text))
        if there.note:
            notes.append(there.note)
        figures.append(there.figure or kept)
    return _done(calculation, figures, claimed, tuple(moves), tuple(dict.fromkeys(notes)))


def _differs(there: Figure, kept: Figure, number: CalculationNumber) -> bool:
    # A quote may leave out the unit that stands behind it on the page; a cell is whole.
    is_cell = number.evidence is not None and number.evidence.is_cell
    return there.value != kept.value or (is_cell and there.unit != kept.unit)


def _done(
    calculation: Calculation,
    figures: Sequence[Figure],
    claimed: CalculationNumber,
    moves: tuple[Move, ...],
    notes: tuple[str, ...],
) -> Rerun:
    if gone := [move for move in moves if not move.new]:
        lacking = ", ".join(f"“{move.old}”" for move in gone if not move.gone)
        words = [f"The newer text lacks {lacking} there."] if lacking else []
        words += dict.fromkeys(move.gone for move in gone if move.gone)
        return Rerun(calculation, None, moves, " ".join(words), notes)
    try:
        result = calculate(calculation.operation, figures, claimed_from(claimed))
    except FactcheckError as error:
        return Rerun(calculation, None, moves, error.text, notes)
    why = "" if result.verdict == calculation.verdict else f"The sum gives {result.shown} now."
    return Rerun(calculation, result, moves, why, notes)


def _newer(number: CalculationNumber, newer: ExtractedText) -> _Newer:
    """Return the number as the newer text has it, as it was where it is of another source."""
    evidence, kept = number.evidence, figure_from(number)
    if evidence is None or evidence.extracted.capture.source_id != newer.capture.source_id:
        return _Newer(kept)
    if evidence.is_cell:
        return _in_cell(number, evidence, newer)
    text = evidence.extracted.text
    start = (evidence.start or 0) + (number.start or 0)
    end = (evidence.start or 0) + (number.end or 0)
    if confirm(make_anchor(text, start, end), newer.text):
        return _Newer(kept)
    found = number_there(text[:start][-200:], text[end:][:200], newer.text, mark=number.mark)
    return _Newer(found and replace(found, year=kept.year, is_real=kept.is_real))


def _in_cell(number: CalculationNumber, evidence: Evidence, newer: ExtractedText) -> _Newer:
    """Return the number as the cell under the same headings has it in the newer tables."""
    found, kept, name = cell_in(evidence, newer), figure_from(number), _name_of(number, evidence)
    if found.how in _GONE or found.row is None or found.now is None:
        return _Newer(None, gone=f"{name} {_GONE.get(found.how, _GONE['missing'])}")
    note = ""
    if (found.row, found.column) != (evidence.row, evidence.column):
        note = f"{name} stands in row {found.row + 1}, column {(found.column or 0) + 1} now."
    if found.now == evidence.exact:
        return _Newer(kept, note=note)
    figure = same_number(evidence.exact, number.start or 0, found.now, mark=number.mark)
    if figure is None:
        return _Newer(None, gone=f"{name} says “{found.now[:60]}” now.", note=note)
    return _Newer(replace(figure, year=kept.year, is_real=kept.is_real), note=note)


def _name_of(number: CalculationNumber, evidence: Evidence) -> str:
    table = evidence.table
    words = described(table.grid, evidence.row or 0, evidence.column or 0) if table else ()
    return f"The cell of “{number.text}” ({', '.join(words)[:200] or 'without headings'})"
