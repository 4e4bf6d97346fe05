"""What splitting hands out: frozen records with offsets in Unicode code points, end exclusive."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Disposition = Literal["claim", "dismissed", "pending"]
Comparator = Literal["=", "~", ">", ">=", "<", "<=", "range"]
Direction = Literal["increase", "decrease", "change"]
Kind = Literal[
    "quantity",
    "change",
    "comparison",
    "quotation",
    "attribution",
    "event",
    "date",
    "causal",
    "property",
    "forecast",
]
Span = tuple[int, int]
# Why a sentence is set aside: what it says, or which part of the page it is.
REASONS = frozenset(
    "opinion prediction rhetorical_question call_to_action not_checkable trivial "
    "heading dateline byline caption greeting boilerplate".split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure moved. Each value is None where the text does not give it.

    `unit` is the measure's; beside a `by_value` it is the unit of that alone, and the others are
    in the quantity's own: "by 1.2 percentage points to 6.4%".
    """

    direction: Direction
    from_value: Decimal | None
    to_value: Decimal | None
    by_value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class QuantitySpan:
    """A number as the text uses it: `value` in base units ("26 million" is 26000000).

    For a range `value` is the lower bound and `upper` the higher one. `vague` marks amounts such
    as "dozens", whose value is only a lower bound by convention.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator = "="
    change: Change | None = None
    vague: bool = False
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression and what it means: ISO 8601, `a/b` an interval, `~` approximate.

    `iso` is empty where the text and its date of publication do not settle it.
    """

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """One sentence and what became of it; `reason` is one of REASONS where it was set aside."""

    start: int
    end: int
    disposition: Disposition
    reason: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """One checkable passage: `exact` is always `text[start:end]` of the article.

    `unresolved` are the words of `text` that the article does not settle, `bound` its pronouns
    whose meaning stands in `text` itself.
    """

    start: int
    end: int
    exact: str
    text: str
    kind: Kind
    check_worthiness: float
    reasons: tuple[str, ...]
    sentence: int
    extra_spans: tuple[Span, ...] = ()
    claimant: str = ""
    quantities: tuple[QuantitySpan, ...] = ()
    kinds: tuple[Kind, ...] = ()
    dates: tuple[DateSpan, ...] = ()
    unresolved: tuple[str, ...] = ()
    reporting_verb: str = ""
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number of the article and what became of it, so that none is forgotten."""

    start: int
    end: int
    disposition: Disposition
    reason: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Splitting:
    """A whole article laid out. `text_sha256` is the hex SHA-256 of the text's UTF-8 bytes."""

    text_sha256: str
    sentences: tuple[SentenceSpan, ...]
    claims: tuple[ClaimSpan, ...]
    numbers: tuple[NumberSpan, ...] = field(default=())
