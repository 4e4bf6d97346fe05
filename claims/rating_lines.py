"""The ratings of a scale in the making, and what is wrong with them, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify

from claims.states import ORDERED_BUCKETS, UNORDERED_BUCKETS, Bucket

FEWEST, MOST = 2, 12  # ratings of a scale


@dataclass(frozen=True)
class Wording:
    """What a rating is called and means in one language."""

    label: str
    meaning: str = ""


@dataclass(frozen=True)
class Line:
    """A rating of a draft, in the order of the lines. `value` is its place, 1 is worst."""

    label: str
    meaning: str
    bucket: str
    value: int | None
    code: str = ""
    elsewhere: Mapping[str, Wording] = field(default_factory=dict)


def unkeepable(lines: Sequence[Line]) -> list[str]:
    """Return what the database would refuse of a draft, in words."""
    values = Counter(line.value for line in lines if line.value is not None)
    found = [f"Place {value} is given twice." for value, times in values.items() if times > 1]
    for line in lines:
        inside = line.value is not None
        if inside != (line.bucket in ORDERED_BUCKETS):
            place = "has a place in the order" if inside else "stands outside of the order"
            allowed = " or ".join(_named(ORDERED_BUCKETS if inside else UNORDERED_BUCKETS))
            found.append(f"“{line.label}” {place}: its class is {allowed}.")
    codes = Counter(code_of(line) for line in lines)
    found += [f"Two ratings share the code “{code}”." for code, n in codes.items() if n > 1]
    found += twice([line.label for line in lines], "")
    for language in sorted({code for line in lines for code in line.elsewhere}):
        named = [line.elsewhere[language].label for line in lines if language in line.elsewhere]
        found += twice(named, language)
    return found


def faults(lines: Sequence[Line]) -> list[str]:
    """Return why the lines cannot be the desk's scale, in words; empty when they can."""
    found = unkeepable(lines)
    if not FEWEST <= len(lines) <= MOST:
        found.append(f"A scale has from {FEWEST} to {MOST} ratings.")
    ordered = sorted((line for line in lines if line.value), key=lambda line: line.value or 0)
    if [line.value for line in ordered] != list(range(1, len(ordered) + 1)):
        found.append("The places in the order run from 1 without a gap.")
    if len(ordered) == 1:
        found.append("One rating alone makes no order: place a second one, or none.")
    ranks = [ORDERED_BUCKETS.index(Bucket(line.bucket)) for line in ordered if _in_order(line)]
    if ranks != sorted(ranks):
        found.append("The classes follow the order: false first, then mixed, then true.")
    for language in sorted({code for line in lines for code in line.elsewhere}):
        found += missing(
            [line.elsewhere.get(language, Wording("")).label for line in lines], language
        )
    return found


def _in_order(line: Line) -> bool:
    return line.bucket in ORDERED_BUCKETS


def missing(labels: Iterable[str], language: str) -> list[str]:
    """Say that not every rating is named in the language."""
    return [] if all(labels) else [f"Every rating needs a label in “{language}”."]


def twice(labels: Iterable[str], language: str) -> list[str]:
    """Name labels that are there twice; upper and lower case are no difference to a reader."""
    counted = Counter(label.casefold() for label in labels if label)
    where = f" in “{language}”" if language else ""
    return [f"Two ratings are called “{label}”{where}." for label, n in counted.items() if n > 1]


def _named(buckets: Iterable[Bucket]) -> list[str]:
    return [str(bucket.label) for bucket in buckets]


def code_of(line: Line) -> str:
    """Return the line's code; a new rating's is made of its label."""
    return line.code or slugify(line.label)[:40] or "rating"
