"""Bringing back what a public version rests on, where it was taken off since."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from claims import calculations, linking, recalculating, sealing
from claims.models import Calculation, Evidence, VerdictVersion
from factcheck.accounts.models import User
from factcheck.errors import FactcheckError


def restore(version: VerdictVersion, *, by: User, at: datetime) -> None:
    """Attach again every passage and calculation of a sealed version that is off the claim.

    Rows that were taken off never change, so that they come back as new ones with the same words.
    """
    anew: dict[UUID, Evidence] = {}
    for item in sealing.sealed_evidence(version):
        anew[item.pk] = _attached(item, by, at) if item.removed_at else item
    wanted = [item["id"] for item in (version.manifest or {}).get("calculations", [])]
    there = {row.pk for row in recalculating.live_calculations(version.verdict.claim)}
    for row in recalculating.of_ids(version.verdict.claim, wanted):
        if row.pk not in there:
            # A number that is no part of the claim any more keeps its sum away, and nothing else.
            with suppress(FactcheckError):
                _calculated(row, anew, by, at)


def _attached(item: Evidence, by: User, at: datetime) -> Evidence:
    if item.table is not None:
        return linking.attach_cell(
            claim=item.claim,
            table=item.table,
            row=item.row or 0,
            column=item.column or 0,
            exact=item.exact,
            stance=item.stance,
            note=item.note,
            strength=item.strength,
            is_primary=item.is_primary,
            by=by,
            at=at,
        )
    return linking.attach(
        claim=item.claim,
        extracted=item.extracted,
        start=item.start or 0,
        end=item.end or 0,
        exact=item.exact,
        stance=item.stance,
        note=item.note,
        strength=item.strength,
        is_primary=item.is_primary,
        by=by,
        at=at,
    )


def _calculated(row: Calculation, anew: dict[UUID, Evidence], by: User, at: datetime) -> None:
    picks = [calculations.pick_of(number) for number in row.numbers.all()]
    claimed, *inputs = (
        replace(pick, evidence=anew.get(pick.evidence.pk, pick.evidence)) if pick.evidence else pick
        for pick in picks
    )
    calculations.attach(
        claim=row.claim, operation=row.operation, claimed=claimed, inputs=inputs, by=by, at=at
    )
