from collections.abc import Mapping, Sequence

from claims.standards.checks import CHECKS, Check
from claims.standards.records import Facts, Level, Result


def weigh(facts: Facts, levels: Mapping[str, Level]) -> tuple[Result, ...]:
    """Return every check that is not off, each with what it found.

    `levels` holds what the desk has set, by the check's code; a fixed check keeps its own level.
    """
    weighed = [(check, _level(check, levels)) for check in CHECKS]
    return tuple(
        Result(check.code, check.title, level, *check.ask(facts))
        for check, level in weighed
        if level != "off"
    )


def lacking(results: Sequence[Result]) -> tuple[str, ...]:
    """Return in words what has to be done before the verdict can be submitted."""
    todo = {check.code: check.todo for check in CHECKS}
    return tuple(
        f"{todo[result.code]} ({result.detail.rstrip('.')})" if result.detail else todo[result.code]
        for result in results
        if result.stops
    )


def _level(check: Check, levels: Mapping[str, Level]) -> Level:
    return check.level if check.fixed else levels.get(check.code, check.level)
