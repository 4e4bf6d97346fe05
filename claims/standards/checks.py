"""Each check: what it asks for, and what it says of a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.blocks import BLOCKS, SUMMARY
from claims.standards.records import Facts, Level

Answer = tuple[bool, str]
ANSWERED: Final = frozenset({"answered", "silent", "not_asked"})


@dataclass(frozen=True, slots=True)
class Check:
    """A standard. `level` is the desk's unless it is `fixed`; `todo` is what to do, in words."""

    code: str
    title: str
    todo: str
    level: Level
    ask: Callable[[Facts], Answer]
    fixed: bool = False


def _rating(facts: Facts) -> Answer:
    return facts.has_rating, ""


def _written(facts: Facts) -> Answer:
    missing = [block.title for block in (SUMMARY, *BLOCKS) if not facts.texts.get(block.code)]
    return not missing, f"Empty: {', '.join(missing)}." if missing else ""


def _quotes(facts: Facts) -> Answer:
    if facts.unverified:
        return False, f"{_count(facts.unverified, 'passage')} no longer stands in the archive."
    return facts.evidence > 0, _count(facts.evidence, "passage") + "." if facts.evidence else ""


def _sources(facts: Facts) -> Answer:
    reason = facts.texts.get("sole_source_reason", "")
    if facts.independent > 1:
        return True, f"{facts.independent} independent sources."
    if facts.primary and reason:
        return True, f"One primary source: {reason}"
    if facts.primary:
        return False, "One primary source; say why it is enough."
    if facts.independent:
        return False, "One source, and no passage of it is marked as primary."
    return False, ""


def _both_sides(facts: Facts) -> Answer:
    note = facts.texts.get("considered", "")
    if facts.supports and facts.refutes:
        return True, f"{facts.supports} for it, {facts.refutes} against it."
    if note:
        return True, note
    if facts.supports or facts.refutes:
        side = "against" if facts.supports else "for"
        return False, f"No passage speaks {side} the claim; say where you looked for one."
    return False, ""


def _reply(facts: Facts) -> Answer:
    if ANSWERED.intersection(facts.replies):
        return True, ""
    if facts.replies:
        return False, "Asked; log the answer, or that none came."
    return False, ""


def _claimant(facts: Facts) -> Answer:
    return bool(facts.claimant), facts.claimant


def _my_interests(facts: Facts) -> Answer:
    return facts.i_declared, ""


def _all_interests(facts: Facts) -> Answer:
    if facts.undeclared:
        people = "person has" if facts.undeclared == 1 else "people have"
        return False, f"{facts.undeclared} {people} not declared."
    return True, ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


CHECKS: Final = (
    Check("rating", "Rated", "choose a rating", "error", _rating, fixed=True),
    Check("written", "Every part is written", "write every part", "error", _written, fixed=True),
    Check(
        "quotes",
        "At least one passage, verified in the archive",
        "attach at least one passage as evidence",
        "error",
        _quotes,
        fixed=True,
    ),
    Check(
        "interests",
        "Whoever submits it declared their interests",
        "declare your interests",
        "error",
        _my_interests,
        fixed=True,
    ),
    Check(
        "sources",
        "Two independent sources, or one primary source with a written reason",
        "attach a passage of a second, independent source, or mark one as primary and say why it "
        "is enough",
        "error",
        _sources,
    ),
    Check(
        "both_sides",
        "Evidence for and against the claim was considered",
        "attach what speaks on the other side, or say where you looked for it",
        "warning",
        _both_sides,
    ),
    Check(
        "claimant", "The claimant is identified", "name who made the claim", "warning", _claimant
    ),
    Check(
        "reply",
        "Right of reply is logged",
        "log when and how the claimant was asked and what they answered, or why not",
        "warning",
        _reply,
    ),
    Check(
        "all_interests",
        "Everybody who worked on it declared their interests",
        "have everybody who worked on it declare their interests",
        "warning",
        _all_interests,
    ),
)
CODES: Final = tuple(check.code for check in CHECKS)
