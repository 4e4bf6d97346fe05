"""What calculations take and give: frozen records, all amounts as Decimal in base units."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from claims.extraction.records import Comparator, Direction

# How a number is used: an amount, the size of a change, or what a change led to.
Role = Literal["level", "by", "to"]
Verdict = Literal["agrees", "differs", "incomparable"]
Weight = Literal["warning", "note"]

VERDICTS: Final[dict[Verdict, str]] = {
    "agrees": "agrees with the claim",
    "differs": "differs from the claim",
    "incomparable": "cannot be compared with the claim",
}
# Parts of a hundred, and the parts of a hundred that one such share moves by.
PERCENT: Final = "percent"
POINTS: Final = "percentage_point"
TIMES: Final = "times"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to calculate with.

    `value` is in base units (4.2 million is 4200000); `step` is what one more in the last written
    digit is worth (100000 there). `is_rounded` tells that more digits were left off than written:
    a plain whole number is taken as a count. `year` is the one that the number is of, and
    `is_real` marks money in prices of one year. Empty `unit`: a bare number.
    """

    text: str
    value: Decimal
    unit: str = ""
    step: Decimal = Decimal(1)
    is_rounded: bool = False
    comparator: Comparator = "="
    role: Role = "level"
    year: int | None = None
    is_real: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """The number that the claim gives for the result.

    `upper` is the higher bound of a range. `is_near` marks "nearly 500", which is below it but
    not far. `direction` is empty where the claim speaks of no change.
    """

    text: str
    value: Decimal
    unit: str = ""
    step: Decimal = Decimal(1)
    comparator: Comparator = "="
    upper: Decimal | None = None
    role: Role = "level"
    direction: Direction | Literal[""] = ""
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A number as a text writes it, at text[start:end], with what it may mean.

    One reading where it is clear, two where its one separator can be a decimal mark or a mark of
    thousands, none where it cannot be read. `marks` are the readings' decimal marks.
    """

    start: int
    end: int
    text: str
    readings: tuple[Figure, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a reader should know about a calculation. `code` is stable, `words` are for people.

    A warning says that something is wrong or easily misread; a note only adds to the result.
    """

    code: str
    words: str
    weight: Weight = "warning"


@dataclass(frozen=True, slots=True)
class Result:
    """A calculation done.

    `low` and `high` bound it where the quoted numbers are rounded; `span` says so in words.
    `difference` is the result minus what is claimed, in the claim's unit; None where the two
    cannot be compared. `gap` is the same in words where they differ. `tolerance` says in words
    what counts as agreement, and `also` the result in other ways that people put it.
    """

    operation: str
    value: Decimal
    unit: str
    words: str
    figures: str
    shown: str
    verdict: Verdict
    why: str
    difference: Decimal | None
    gap: str
    tolerance: str
    low: Decimal | None = None
    high: Decimal | None = None
    span: str = ""
    also: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
