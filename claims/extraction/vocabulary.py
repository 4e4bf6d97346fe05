"""The shape of a language's words for numbers and dates: every language fills the same tables.

A field that ends in `_pattern` is a piece of a longer regular expression, and names the groups
that the layer above reads; the other patterns stand alone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from claims.extraction.records import Comparator, Direction

DecimalMark = Literal[".", ",", ""]
# What a word before a number makes of it in a change: "by 5 %", "to 5 %", "an increase of 5 %".
Role = Literal["by", "to", "of", "from", "up", "down", "than", "other"]
NEVER: Final = r"(?!)"
NOTHING: Final = re.compile(NEVER)


@dataclass(frozen=True, eq=False, slots=True)
class NumberWords:
    """How numbers are written. `decimal` is the mark before decimals, empty where unknown.

    `cardinals` are added up, `multipliers` multiply the word before them, `magnitudes` all that
    is smaller before them. `parts` are fractions, `plurals` the words of vague amounts ("dozens"),
    `several` what stands before a magnitude and means a few of them.
    """

    decimal: DecimalMark = ""
    cardinals: Mapping[str, Decimal] = field(default_factory=dict)
    multipliers: Mapping[str, Decimal] = field(default_factory=dict)
    magnitudes: Mapping[str, Decimal] = field(default_factory=dict)
    short_magnitudes: Mapping[str, Decimal] = field(default_factory=dict)
    plurals: Mapping[str, Decimal] = field(default_factory=dict)
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    several: Mapping[str, Decimal] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    joiners: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    # "half" before a magnitude, and "and a half" behind a number.
    half_words: frozenset[str] = frozenset()
    and_half: str = NEVER
    # Groups: `words`; `top`, `part` and `whole`, `fold`, `half`, `of_a` and `of_b`; `vague`;
    # `one`, `none`.
    words_pattern: str = NEVER
    fraction_pattern: str = NEVER
    vague_pattern: str = NEVER
    one_pattern: str = NEVER
    # A magnitude glued to its digits: groups `glued` and `short`.
    glued_pattern: str = NEVER
    # Units that may stand right behind the digits: "640bhp".
    glued_units: str = NEVER
    minus: re.Pattern[str] = re.compile(r"(?:^|[\s(])(?P<sign>[-−])$")
    part_per: re.Pattern[str] = NOTHING
    rank: re.Pattern[str] = NOTHING
    nothing: re.Pattern[str] = NOTHING
    range_join: re.Pattern[str] = re.compile(r"\s?[-–—]\s?")
    between: re.Pattern[str] = NOTHING
    range_and: frozenset[str] = frozenset()
    range_or: frozenset[str] = frozenset()
    range_from: re.Pattern[str] = NOTHING
    outcome: re.Pattern[str] = NOTHING


@dataclass(frozen=True, eq=False, slots=True)
class UnitWords:
    """What numbers count. Names of measures and durations are the English ones in any language."""

    measures: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    durations: Mapping[str, str] = field(default_factory=dict)
    only_after_digits: frozenset[str] = frozenset()
    singular: Callable[[str], str] = str
    # Group `word`, right behind the number; then group `base`, as in "per hour".
    measure: re.Pattern[str] = NOTHING
    per: re.Pattern[str] = NOTHING
    per_bases: Mapping[str, str] = field(default_factory=dict)
    more: re.Pattern[str] = NOTHING
    of: re.Pattern[str] = NOTHING
    # "half an hour", "a 20-point lead", "fivefold"; and verbs, which nothing counts.
    part_of: re.Pattern[str] = NOTHING
    hyphenated: re.Pattern[str] = NOTHING
    times: re.Pattern[str] = NOTHING
    verbs: frozenset[str] = frozenset()
    below_zero: re.Pattern[str] = NOTHING
    # Units told in another one: a decade is ten years.
    scaled: Mapping[str, tuple[Decimal, str]] = field(default_factory=dict)
    # Digits that are a name or an hour, wherever they stand.
    names: re.Pattern[str] = NOTHING
    # Plurals that do not end in s, behind which the noun phrase ends.
    plurals: frozenset[str] = frozenset()
    # Whether nouns can be told from other words, and whether the first of several is the head.
    nouns: bool = False
    head_first: bool = False
    never_heads: frozenset[str] = frozenset()
    # What makes a number a name, a year, an hour, or nothing at all.
    label: re.Pattern[str] = NOTHING
    soft_label: re.Pattern[str] = NOTHING
    clock: re.Pattern[str] = NOTHING
    name_after: re.Pattern[str] = NOTHING
    amount_before: re.Pattern[str] = NOTHING
    counted: re.Pattern[str] = NOTHING
    pair_counts: re.Pattern[str] = NOTHING
    half: str = ""
    one: frozenset[str] = frozenset()
    of_after: re.Pattern[str] = NOTHING
    period: re.Pattern[str] = NOTHING
    pronoun_one: re.Pattern[str] = NOTHING
    definite: re.Pattern[str] = NOTHING


@dataclass(frozen=True, eq=False, slots=True)
class ComparatorWords:
    """Words that bound a number, before it and after it."""

    # Any of the patterns of `before`, to find out at once that there is none.
    any_before: re.Pattern[str] = NOTHING
    before: tuple[tuple[re.Pattern[str], Comparator], ...] = ()
    after: tuple[tuple[re.Pattern[str], Comparator], ...] = ()
    estimate: re.Pattern[str] = NOTHING


@dataclass(frozen=True, eq=False, slots=True)
class ChangeWords:
    """Words that say that a measure moved, and where a number stands in the move."""

    increase: frozenset[str] = frozenset()
    decrease: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    softeners: frozenset[str] = frozenset()
    # Groups `from`, `way`, `role` and `noun`.
    from_: re.Pattern[str] = NOTHING
    from_to_gap: re.Pattern[str] = NOTHING
    origin: re.Pattern[str] = NOTHING
    role: re.Pattern[str] = NOTHING
    roles: Mapping[str, Role] = field(default_factory=dict)
    # A bound that says what was reached, in a move; and the "more" of "12 % more than".
    limit: re.Pattern[str] = NOTHING
    compared: Mapping[str, Direction] = field(default_factory=dict)
    after: re.Pattern[str] = NOTHING
    restated: frozenset[str] = frozenset()
    # Groups `filler` and `role`; after a role of `outcome_at` only a measure is an outcome.
    outcome: re.Pattern[str] = NOTHING
    outcome_at: frozenset[str] = frozenset()
    # Adverbs that only say a way where a verb of being stands before them, and those verbs.
    particles: frozenset[str] = frozenset()
    particle_verbs: frozenset[str] = frozenset()
    # "double the 120 decibels" moves nothing; "doubled the 120 decibels" does.
    multiples: re.Pattern[str] = NOTHING
    # "fell below 4 %" tells what was passed.
    threshold: re.Pattern[str] = NOTHING
    # Verbs whose plain count is no change ("cut 300 jobs"), and "raise", which money is.
    stative: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    raised: str = "\0"

    def direction(self, word: str) -> Direction | None:
        """Return the way that a single word in lower case moves, or None."""
        if word in self.increase:
            return "increase"
        return "decrease" if word in self.decrease else None


@dataclass(frozen=True, eq=False, slots=True)
class DateWords:
    """How dates are told; words stand in lower case.

    `rules` are named patterns whose groups `claims/extraction/dates.py` resolves, tried in order.
    """

    rules: tuple[tuple[str, str], ...] = ()
    # Words that tell a date, beside those of the tables.
    triggers: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    seasons: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, float] = field(default_factory=dict)
    shifts: Mapping[str, int] = field(default_factory=dict)
    # Words that count from a date told before ("the following week"), not from publication.
    told: tuple[str, ...] = ()
    days: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    decades: Mapping[str, int] = field(default_factory=dict)
    feasts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    early: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    # "5 May of that year": a year that another sentence tells.
    other_year: tuple[str, ...] = ()
    # What makes "the next ten years" and "the past few days" of a window of time.
    forward: frozenset[str] = frozenset()
    rough: frozenset[str] = frozenset()
    # Whether 5/7/2015 can only be the fifth of July.
    day_first: bool = False
    ahead: re.Pattern[str] = NOTHING
    amount_before: re.Pattern[str] = NOTHING
    duration_end: re.Pattern[str] = NOTHING
    # Names of rules that only count with a capital letter, as months and weekdays in English.
    capitals: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class SentenceWords:
    """Abbreviations that end in a full stop, so that it ends no sentence.

    `closing` ones may end it too: they do where a word of `opens` follows. `ordinal_stop` says
    that a number with a full stop is an ordinal, as it may be where the language is not known.
    """

    abbreviated: re.Pattern[str] = NOTHING
    closing: re.Pattern[str] = NOTHING
    opens: re.Pattern[str] = NOTHING
    ordinal_stop: bool = True


@dataclass(frozen=True, eq=False, slots=True)
class WordClasses:
    """Closed classes, for the plain tagger of a language that has no tagger of its own."""

    determiners: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    coordinators: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """Everything that the number, date and sentence layers know of one language."""

    code: str
    numbers: NumberWords = field(default_factory=NumberWords)
    units: UnitWords = field(default_factory=UnitWords)
    comparators: ComparatorWords = field(default_factory=ComparatorWords)
    changes: ChangeWords = field(default_factory=ChangeWords)
    dates: DateWords = field(default_factory=DateWords)
    sentences: SentenceWords = field(default_factory=SentenceWords)
    classes: WordClasses = field(default_factory=WordClasses)
