"""Attaching a calculation to a claim, taking it off and putting it back.

The server reads the numbers out of the quotes itself and does the sum; a person only chooses.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction

from claims.calculating import Claimed, Figure, Result, calculate
from claims.calculating.operations import operation_of, slots_of
from claims.calculating.spelling import plain
from claims.linking import require_open
from claims.models import Calculation, CalculationNumber, Claim
from claims.picking import NumberMissingError, Pick, claimed_number, figure_of
from claims.recalculating import result_form
from claims.versions import sealed_now
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused


class ClaimedMissingError(Permanent):
    """No number of the claim was chosen."""

    code = "calculation_claim_missing"


class CalculationSealedError(Refused):
    """The calculation belongs to a verdict that was submitted."""

    code = "calculation_sealed"


@dataclass(frozen=True)
class Worked:
    """A calculation done but not kept: what was picked, how it was read, and what it gives."""

    operation: str
    picks: tuple[Pick, ...]
    claimed: Claimed
    figures: tuple[Figure, ...]
    result: Result


def work_out(
    *, claim: Claim, operation: str, claimed: Pick | None, inputs: Sequence[Pick]
) -> Worked:
    """Read the picked numbers and do the sum; nothing is written.

    The inputs stand in the order of the operation's slots. Raises ClaimedMissingError,
    NumberMissingError, ReasonRequiredError, and the errors of reading and of calculating.
    """
    slots_of(operation_of(operation), len(inputs))
    if claimed is None:
        raise ClaimedMissingError
    kept, stated = claimed_number(claim, claimed)
    for pick in inputs:
        evidence = pick.evidence
        if evidence and (evidence.claim_id != claim.pk or evidence.removed_at):
            raise NumberMissingError
    read = [figure_of(pick) for pick in inputs]
    figures = tuple(figure for _, figure in read)
    result = calculate(operation, figures, stated)
    return Worked(operation, (kept, *(pick for pick, _ in read)), stated, figures, result)


@transaction.atomic
def attach(
    *,
    claim: Claim,
    operation: str,
    claimed: Pick | None,
    inputs: Sequence[Pick],
    replaces: Calculation | None = None,
    by: User,
    at: datetime,
) -> Calculation:
    """Do the sum and keep it with the claim; the same sum again is a no-op.

    `replaces` is taken off in the same go. Raises what work_out and remove do, and
    ClaimDismissedError or ClaimNotOpenError.
    """
    require(may_check, by)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    worked = work_out(claim=claim, operation=operation, claimed=claimed, inputs=inputs)
    digest = _fingerprint(worked)
    there = Calculation.objects.filter(claim=claim, fingerprint=digest, removed_at=None).first()
    if there is None:
        there = _keep(claim, worked, digest, by, at)
    if replaces is not None and replaces.pk != there.pk:
        _mark_removed(replaces, by, at)
    return there


@transaction.atomic
def remove(*, calculation: Calculation, by: User, at: datetime) -> Calculation:
    """Take a calculation off the claim; the row stays, marked. Again is a no-op.

    Raises CalculationSealedError while a submitted verdict rests on it.
    """
    require(may_check, by)
    Claim.objects.select_for_update().get(pk=calculation.claim_id)
    return _mark_removed(calculation, by, at)


def put_back(*, calculation: Calculation, by: User, at: datetime) -> Calculation:
    """Attach once more what was taken off, read anew from its quotes; raises as attach."""
    claimed, *inputs = (pick_of(number) for number in calculation.numbers.all())
    return attach(
        claim=calculation.claim,
        operation=calculation.operation,
        claimed=claimed,
        inputs=inputs,
        by=by,
        at=at,
    )


def pick_of(number: CalculationNumber) -> Pick:
    """Return the choice that a kept number was made from."""
    return Pick(
        evidence=number.evidence,
        revision=number.revision,
        start=number.start or 0,
        end=number.end or 0,
        text=number.text,
        reason=number.reason,
        mark=number.mark,
        year=number.year,
    )


def _mark_removed(calculation: Calculation, by: User, at: datetime) -> Calculation:
    calculation = Calculation.objects.select_for_update().get(pk=calculation.pk)
    if calculation.removed_at:
        return calculation
    sealed = sealed_now(calculation.claim_id).get("calculations", [])
    if str(calculation.pk) in {item["id"] for item in sealed}:
        raise CalculationSealedError
    calculation.removed_by, calculation.removed_at = by, at
    calculation.save(update_fields=["removed_by", "removed_at"])
    data = _about(calculation)
    record(action="calculation.removed", target=calculation, by=by, at=at, data=data)
    return calculation


def _keep(claim: Claim, worked: Worked, digest: str, by: User, at: datetime) -> Calculation:
    result = worked.result
    made = Calculation.objects.create(
        claim=claim,
        operation=worked.operation,
        value=plain(result.value),
        unit=result.unit,
        verdict=result.verdict,
        result=result_form(result),
        size=len(worked.picks),
        fingerprint=digest,
        created_by=by,
        created_at=at,
    )
    CalculationNumber.objects.bulk_create(_numbers(made, worked))
    record(action="calculation.attached", target=made, by=by, at=at, data=_about(made))
    return made


def _about(calculation: Calculation) -> dict[str, Any]:
    return {
        "claim": str(calculation.claim_id),
        "figures": calculation.result["figures"][:200],
        "verdict": calculation.verdict,
    }


def _numbers(made: Calculation, worked: Worked) -> list[CalculationNumber]:
    slots = slots_of(operation_of(worked.operation), len(worked.figures))
    claimed = worked.claimed
    first = _row(made, 0, CalculationNumber.CLAIMED, worked.picks[0])
    first.value, first.unit, first.step = plain(claimed.value), claimed.unit, plain(claimed.step)
    first.upper = plain(claimed.upper) if claimed.upper is not None else ""
    first.comparator, first.role = claimed.comparator, claimed.role
    first.direction, first.is_near = claimed.direction, claimed.is_near
    rows = [first]
    picked = zip(slots, worked.picks[1:], worked.figures, strict=True)
    for position, (slot, pick, figure) in enumerate(picked, start=1):
        row = _row(made, position, slot.name, pick)
        row.value, row.unit, row.step = plain(figure.value), figure.unit, plain(figure.step)
        row.comparator, row.role = figure.comparator, figure.role
        row.is_rounded, row.is_real, row.year = figure.is_rounded, figure.is_real, figure.year
        rows.append(row)
    return rows


def _row(made: Calculation, position: int, slot: str, pick: Pick) -> CalculationNumber:
    """Return the row of a number with where it comes from, its value still to be filled in."""
    quoted = pick.evidence is not None or pick.revision is not None
    return CalculationNumber(
        calculation=made,
        position=position,
        slot=slot,
        text=pick.text,
        evidence=pick.evidence,
        revision=pick.revision,
        start=pick.start if quoted else None,
        end=pick.end if quoted else None,
        reason=pick.reason,
        mark=pick.mark,
    )


def _fingerprint(worked: Worked) -> str:
    """Return the SHA-256 of the operation and where each of its numbers comes from."""
    form = [
        [
            str(pick.evidence.pk if pick.evidence else pick.revision.pk if pick.revision else ""),
            *(pick.start, pick.end, pick.text, pick.reason, pick.mark, pick.year),
        ]
        for pick in worked.picks
    ]
    return hashlib.sha256(rfc8785.dumps([worked.operation, form])).hexdigest()
