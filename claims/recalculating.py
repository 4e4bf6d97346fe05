"""Kept calculations: reading them back, running them again, and their sealed form."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from claims.calculating import OPERATIONS, Claimed, Figure, Result, calculate
from claims.calculating.spelling import plain
from claims.linking import verify
from claims.models import Calculation, CalculationNumber, Claim
from factcheck.errors import FactcheckError


@dataclass(frozen=True)
class Recheck:
    """A calculation done again. `why` says in words what does not hold; empty where all does."""

    calculation: Calculation
    result: Result | None
    why: str

    def __bool__(self) -> bool:
        return not self.why


def live_calculations(claim: Claim) -> list[Calculation]:
    """Return the claim's calculations, oldest first, with their numbers; three queries."""
    return list(_with_numbers(claim).filter(removed_at=None).order_by("created_at", "id"))


def of_ids(claim: Claim, ids: Collection[str]) -> list[Calculation]:
    """Return these calculations of the claim, whether taken off or not, oldest first."""
    return list(_with_numbers(claim).filter(pk__in=ids).order_by("created_at", "id"))


def taken_off(claim: Claim, *, limit: int = 3) -> list[Calculation]:
    """Return the calculations taken off last whose like is not there again, newest first."""
    there = Calculation.objects.filter(claim=claim, removed_at=None).values("fingerprint")
    rows = _with_numbers(claim).filter(removed_at__isnull=False).exclude(fingerprint__in=there)
    newest: dict[str, Calculation] = {}
    for row in rows.order_by("-removed_at", "-id")[: 4 * limit]:
        newest.setdefault(row.fingerprint, row)
    return list(newest.values())[:limit]


def recheck(calculation: Calculation, *, standing: Collection[UUID] | None = None) -> Recheck:
    """Run a kept calculation again, from its quotes on.

    `standing` holds the evidence that was just verified; without it each quote is looked up in its
    archived text. Nothing is written.
    """
    numbers = list(calculation.numbers.all())
    for number in numbers:
        if why := _not_there(number, standing):
            return Recheck(calculation, None, why)
    if not _is_still_claimed(calculation.claim, numbers[0]):
        words = f"“{numbers[0].text}” is not part of the claim any more."
        return Recheck(calculation, None, words)
    try:
        result = calculate(
            calculation.operation,
            [figure_from(row) for row in numbers[1:]],
            claimed_from(numbers[0]),
        )
    except FactcheckError as error:
        return Recheck(calculation, None, error.text)
    kept = (calculation.value, calculation.verdict)
    if (plain(result.value), result.verdict) != kept:
        return Recheck(calculation, result, f"The sum gives {result.shown} now.")
    return Recheck(calculation, result, "")


def figure_from(number: CalculationNumber) -> Figure:
    """Return a kept number as the sum takes it."""
    return Figure(
        text=number.text,
        value=Decimal(number.value),
        unit=number.unit,
        step=Decimal(number.step),
        is_rounded=number.is_rounded,
        comparator=number.comparator,  # type: ignore[arg-type]  # the database knows no other
        role=number.role,  # type: ignore[arg-type]  # the same
        year=number.year,
        is_real=number.is_real,
    )


def claimed_from(number: CalculationNumber) -> Claimed:
    """Return the claim's number as it was read when the calculation was attached."""
    return Claimed(
        text=number.text,
        value=Decimal(number.value),
        unit=number.unit,
        step=Decimal(number.step),
        comparator=number.comparator,  # type: ignore[arg-type]  # the database knows no other
        upper=Decimal(number.upper) if number.upper else None,
        role=number.role,  # type: ignore[arg-type]  # the same
        direction=number.direction,  # type: ignore[arg-type]  # the same
        is_near=number.is_near,
    )


def result_form(result: Result) -> dict[str, Any]:
    """Return what a reader is told of a result; JSON values only, numbers as decimal texts."""
    return {
        "words": result.words,
        "figures": result.figures,
        "shown": result.shown,
        "low": plain(result.low) if result.low is not None else None,
        "high": plain(result.high) if result.high is not None else None,
        "span": result.span,
        "also": list(result.also),
        "why": result.why,
        "difference": plain(result.difference) if result.difference is not None else None,
        "gap": result.gap,
        "tolerance": result.tolerance,
        "caveats": [
            {"code": caveat.code, "weight": caveat.weight, "words": caveat.words}
            for caveat in result.caveats
        ],
    }


def sealed_form(calculation: Calculation) -> dict[str, Any]:
    """Return the calculation as a verdict's manifest holds it; JSON values only."""
    claimed, *inputs = calculation.numbers.all()
    return {
        "id": str(calculation.pk),
        "operation": calculation.operation,
        "label": OPERATIONS[calculation.operation].label,
        "claimed": _number_form(claimed),
        "inputs": [_number_form(number) for number in inputs],
        "value": calculation.value,
        "unit": calculation.unit,
        "verdict": calculation.verdict,
        **calculation.result,
    }


def _number_form(number: CalculationNumber) -> dict[str, Any]:
    return {
        "slot": number.slot,
        "text": number.text,
        "value": number.value,
        "unit": number.unit,
        "year": number.year,
        "evidence": str(number.evidence_id) if number.evidence_id else None,
        "start": number.start,
        "end": number.end,
        "reason": number.reason,
    }


def _with_numbers(claim: Claim) -> Any:  # noqa: ANN401 (a query set with its prefetches)
    numbers = CalculationNumber.objects.select_related("evidence", "revision")
    return (
        Calculation.objects.filter(claim=claim)
        .select_related("claim", "created_by")
        .prefetch_related(Prefetch("numbers", numbers), "claim__appearances")
    )


def _not_there(number: CalculationNumber, standing: Collection[UUID] | None) -> str:
    """Say what is wrong with where a number was quoted from; empty where it stands."""
    evidence, revision = number.evidence, number.revision
    quote = evidence.exact if evidence else revision.text if revision else None
    if quote is None:
        return ""
    stands = quote[number.start : number.end] == number.text
    if evidence:
        holds = evidence.pk in standing if standing is not None else verify(evidence)
        stands = stands and evidence.removed_at is None and holds
    return "" if stands else f"The quote of “{number.text}” does not stand any more."


def _is_still_claimed(claim: Claim, number: CalculationNumber) -> bool:
    if number.revision_id is None:
        return True
    start, end = number.start or 0, number.end or 0
    return any(
        place.revision_id == number.revision_id and place.start <= start and end <= place.end
        for place in claim.appearances.all()
    )
