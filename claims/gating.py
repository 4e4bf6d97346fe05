"""The standards gate of this desk: what it asks of a draft, and what it makes of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from claims import declaring, qualifying, replies, sealing
from claims.blocks import Content
from claims.independence import independent_sources
from claims.models import Claim, Evidence, StandardSetting, VerdictVersion
from claims.standards import CHECKS, Facts, Level, Result, weigh
from claims.states import Stance, StandardLevel
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_set_rules, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent


class UnknownStandardError(Permanent):
    """Not a check that the desk can set, or not one of the levels."""

    code = "standard_unknown"


def levels() -> dict[str, Level]:
    """Return the level of each check that the desk can set."""
    kept = dict(StandardSetting.objects.values_list("code", "level"))
    mine = {check.code: check.level for check in CHECKS if not check.fixed}
    return {code: cast("Level", kept.get(code, level)) for code, level in mine.items()}


@transaction.atomic
def set_levels(*, wanted: Mapping[str, str], by: User, at: datetime) -> dict[str, Level]:
    """Set what the desk makes of each check; what is not named stays as it is.

    Raises UnknownStandardError and NotAllowedError.
    """
    require(may_set_rules, by)
    before = levels()
    if not wanted.keys() <= before.keys() or not set(wanted.values()) <= {*StandardLevel.values}:
        raise UnknownStandardError
    for code, level in wanted.items():
        if before[code] == level:
            continue
        row, _ = StandardSetting.objects.update_or_create(
            code=code, defaults={"level": level, "changed_by": by, "changed_at": at}
        )
        data = {"standard": code, "from": before[code], "to": level}
        record(action="standard.set", target=row, by=by, at=at, data=data)
    return levels()


def checklist(
    claim: Claim,
    version: VerdictVersion | None,
    content: Content,
    *,
    person: User,
    evidence: list[Evidence] | None = None,
) -> tuple[Result, ...]:
    """Weigh a draft as `person` would submit it now."""
    passages = sealing.live_evidence(claim) if evidence is None else evidence
    facts = Facts(
        has_rating=content.rating is not None,
        texts=content.texts(),
        **_evidence(passages),
        replies=tuple(replies.current(claim).values_list("kind", flat=True)),
        claimant=claim.claimant,
        i_declared=declaring.of_person(version, person) is not None,
        undeclared=_others(version, passages, person),
    )
    return weigh(facts, levels())


def sealed_gate(version: VerdictVersion, results: Iterable[Result]) -> dict[str, Any]:
    """Return what the manifest keeps of the gate: interests, the right of reply, the standards."""
    return {
        "interests": declaring.sealed_form(version),
        "right_of_reply": replies.sealed_form(replies.current(version.verdict.claim)),
        "standards": sealed_form(results),
    }


def sealed_form(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return the results as the manifest keeps them."""
    return [
        {
            "code": result.code,
            "title": result.title,
            "level": result.level,
            "holds": result.holds,
            "detail": result.detail,
        }
        for result in results
    ]


def _evidence(passages: list[Evidence]) -> dict[str, Any]:
    stances = [item.stance for item in passages]
    return {
        "evidence": len(passages),
        "unverified": len(sealing.unverified(passages)),
        "independent": len(independent_sources(passages)),
        "primary": sum(item.is_primary is True for item in passages),
        "supports": stances.count(Stance.SUPPORTS),
        "refutes": stances.count(Stance.REFUTES),
    }


def _others(version: VerdictVersion | None, passages: list[Evidence], person: User) -> int:
    """Count who else worked on it, or will have once it is submitted, and declared nothing."""
    people = {author.pk for author in qualifying.authors(passages)}
    declared: set[int] = set()
    if version:
        people |= set(version.contributors.values_list("person_id", flat=True))
        declared = set(version.declarations.values_list("person_id", flat=True))
    return len(people - declared - {person.pk})
