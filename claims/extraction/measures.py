"""What a number counts: a currency before it, a unit after it, or the noun that it stands with."""

import re
from dataclasses import dataclass
from typing import Final

from claims.extraction.english import units
from claims.extraction.english.words import MONTHS
from claims.extraction.numbers import Number
from claims.extraction.records import Span
from claims.extraction.tags import Tagged

_SIGNS = "|".join(re.escape(sign) for sign in sorted(units.CURRENCY_SIGNS, key=len, reverse=True))
_CURRENCY_BEFORE = re.compile(rf"(?<!\w)(?P<sign>{_SIGNS}|[A-Z]{{3}})\s?[-−]?$")
_CURRENCY_AFTER = re.compile(r"\s?(?P<sign>[€£¥$₹]|[A-Z]{3})(?!\w)")
_WORDS: Final = {**units.MEASURES, **units.CURRENCY_WORDS}
_MEASURE = re.compile(
    r"[\s-]?(?P<word>%|percentage[\s-]points?|per\scent|percent|basis\spoints?|"
    r"(?:square|cubic|nautical)[\s-](?:kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|"
    r"inch(?:es)?)"
    r"|sq\skm|km/h|km²|m²|°\s?[CF]?|US\sdollars?|(?:[A-Za-z]+\s)?(?:dollars?|pesos?|pounds?|"
    r"francs?)"
    r"|[^\W\d_]{1,12}\d?)(?![\w])",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:/|\s(?:per|an?|each)\s)(?P<base>hour|day|week|month|year|second|minute|person|"
    r"capita|barrel|litre|gallon|head|share|tonne|ton|kilogram|night|game)\b",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s(?:or|and)\s(?:more|fewer|less)\s|\smore\s", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:about|around|nearly|almost|more than|less than|fewer than|at least|up to|average of|"
    r"total of|"
    r"some|approximately|roughly)\s$",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"(?:^|\s)\d{1,2}[-–]\d{1,2}(?![\w%-]|[.,]\d|\s?(?:percent|per|%|"
    r"[a-z]{3,}s\b))"
)
# Words before a number that make it a name: a room, a version, an index, a year of an era.
_LABEL = re.compile(
    r"\b(?:section|row|article|chapter|page|paragraph|clause|room|channel|route|line|phase|tier|level|"
    r"grade|type|class|version|episode|season|lot|flight|act|model|planet|game|formula|boeing|airbus|"
    r"apollo|windows|ios|android|iso|s\s?&?\s?p|ftse|stoxx|cac|dax|nikkei|asx|russell|fortune|tsx|"
    r"a\.?d\.?|b\.?c\.?|world war|category|hiv|covid)[\s-]{1,2}$",
    re.IGNORECASE,
)
# "the first half of 2020" is a stretch of time or play, not a share.
_PERIOD = re.compile(r"\b(?:first|second|latter|last|other|better)\s$", re.IGNORECASE)
_PRONOUN_ONE = re.compile(r"\b(?:no|any|every|each|this|that|the|another|which|some)[ -]$")
_DEFINITE = re.compile(r"\b(?:the|these|those|bottom|top|all|other|any)\s$")
_PLAIN_NUMBER = re.compile(r"\d{4}")
_FIRST_YEAR: Final = 1500
_LAST_YEAR: Final = 2100
_MODIFIERS: Final = frozenset({"adj", "noun", "name", "ing", "part", "num"})
_NEVER_HEADS: Final = frozenset("per cent each apiece years' days' years old ago percent".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name, empty for a bare number, and the span of number and unit together."""

    name: str
    start: int
    end: int


def unit_of(text: str, span: Span, tagged: Tagged, number: Number) -> Unit:
    """Find what `number` counts inside the sentence `span`."""
    before = text[max(span[0], number.start - 6) : number.start]
    sign = _CURRENCY_BEFORE.search(before)
    if sign and (code := _currency(sign["sign"])):
        return Unit(code, number.start - len(before) + sign.start(), number.end)
    measure = _measure(text, span, number)
    if measure:
        return measure
    after = _CURRENCY_AFTER.match(text, number.end, span[1])
    if after and (code := _currency(after["sign"])):
        return Unit(code, number.start, after.end())
    return _noun(text, tagged, number)


def _currency(sign: str) -> str:
    return units.CURRENCY_SIGNS.get(sign) or (sign if sign in units.CURRENCY_CODES else "")


def _measure(text: str, span: Span, number: Number) -> Unit | None:
    match = _MEASURE.match(text, number.end, span[1])
    if not match:
        return None
    word = re.sub(r"[\s-]+", " ", match["word"].lower())
    short = word in units.ONLY_AFTER_DIGITS
    digits = text[number.end - 1].isdigit()
    if short and not (digits and (word not in {"in", "a"} or match.start("word") == number.end)):
        return None
    last = units.singular(word.split(" ")[-1])
    name = (
        _WORDS.get(word)
        or _WORDS.get(units.singular(word))
        or (_WORDS.get(last) if last in units.CURRENCY_WORDS else None)
        or (last if last in units.DURATIONS and " " not in word else None)
    )
    if name is None:
        return None
    end = match.end()
    per = _PER.match(text, end, span[1])
    if per and name not in units.DURATIONS:
        return Unit(f"{name} per {per['base'].lower()}", number.start, end)
    return Unit(name, number.start, end)


def _noun(text: str, tagged: Tagged, number: Number) -> Unit:
    """Take the head of the noun phrase that follows, a few words at most."""
    head, end = "", number.end
    more = _OR_MORE.match(text, number.end)
    end = more.end() - 1 if more else end
    for token, tag in zip(tagged.tokens, tagged.tags, strict=True):
        if token.start < end:
            continue
        if token.start - end > 2 or tag not in _MODIFIERS or token.start > number.end + 48:
            break
        if tag == "num" or token.lower in _NEVER_HEADS or token.lower in MONTHS:
            break
        if tag in {"noun", "name"} or token.lower in units.DURATIONS:
            head = token.lower
        end = token.end
        if tag == "noun" and head.endswith("s") and not head.endswith("'s"):
            break
    if head:
        return Unit(units.singular(head), number.start, end)
    return _of_noun(text, tagged, number)


def _of_noun(text: str, tagged: Tagged, number: Number) -> Unit:
    """Spot "hundreds of thousands of people", "two of the judges": the noun after "of"."""
    match = re.compile(r"\sof\s(?:(?:the|its|their|his|her|these|those|our|my)\s)?").match(
        text, number.end
    )
    if not match or not (number.vague or number.in_words):
        return Unit("", number.start, number.end)
    for token, tag in zip(tagged.tokens, tagged.tags, strict=True):
        if token.start >= match.end():
            if tag in {"noun", "name"}:
                return Unit(units.singular(token.lower), number.start, token.end)
            if tag != "adj":
                break
    return Unit("", number.start, number.end)


def is_name_part(text: str, number: Number, tagged: Tagged) -> bool:
    """Tell whether a number only names something: a year, a version, a room, a score, an hour."""
    bare = text[number.start : number.end]
    before = text[max(0, number.start - 24) : number.start]
    after = text[number.end : number.end + 12]
    if _is_year(bare, before, after) or _is_score(text, number):
        return True
    if re.match(
        r"(?:st|nd|rd|th)\b|:\d\d|\s?[ap]\.?m\b|\s?o'clock|\s(?:GMT|UTC|BST|EST|CET)\b",
        after,
        re.IGNORECASE,
    ):
        return True
    if _LABEL.search(before) or (bare.isdecimal() and re.search(r"\d[-–]$", before)):
        return not re.match(r"\s?[%\w]", after) or bool(_LABEL.search(before))
    if bare.isdecimal() and re.search(r"(?:[A-Z][\w'’]*|[a-z]+[A-Z]\w*)[ -]$", before):
        return before.endswith("-") or _follows_name(number, tagged, after)
    return False


def _is_score(text: str, number: Number) -> bool:
    """Tell whether a number is one half of a result such as "2-1"."""
    window_start = max(0, number.start - 4)
    window = text[window_start : number.end + 24]
    return any(
        _could_be_score(match.group(), window[match.end() :])
        and window_start + match.start() <= number.start
        and number.end <= window_start + match.end()
        for match in _SCORE.finditer(window)
    )


def _could_be_score(pair: str, after: str) -> bool:
    """Tell "2-1" from "5-10 people": a range climbs and counts something."""
    first, last = (int(part) for part in re.findall(r"\d+", pair))
    return first >= last or not re.match(r"\s[a-z]{3,}s\b", after)


def _is_year(bare: str, before: str, after: str) -> bool:
    if not _PLAIN_NUMBER.fullmatch(bare) or not _FIRST_YEAR <= int(bare) <= _LAST_YEAR:
        return False
    if re.search(r"[$€£]\s?$", before) or _AMOUNT_BEFORE.search(before):
        return False
    return not re.match(
        r"\s?(?:%|percent|per cent|people|km|miles|kg|jobs|tonnes|homes|cases|deaths|dollars|"
        r"euros|years|votes|members|sq\b|square|hires|seats|calories|units|troops|soldiers|homes|metres|meters)",
        after,
    )


def _follows_name(number: Number, tagged: Tagged, after: str) -> bool:
    """Tell "Windows 10 was" (a version) from "Arce 55 %" and "Mesa 28 seats" (counts)."""
    before: tuple[str, str] | None = None
    following = ""
    for token, tag in zip(tagged.tokens, tagged.tags, strict=True):
        if token.start >= number.end:
            following = tag
            break
        if token.start < number.start:
            before = (token.lower, tag)
    if before is None or before[0] in MONTHS or before[1] not in {"name", "noun"}:
        return False
    if re.match(r"[\s-]?(?:%|per\s?cent|percent)", after):
        return False
    return following not in {"noun", "adj"} or after[:1] == "-"


def counts_nothing(text: str, number: Number) -> bool:
    """Tell whether a bare number word is a pronoun or an idiom: "the bottom three"."""
    if not number.in_words or number.vague:
        return False
    if number.share:
        opening = text[max(0, number.start - 8) : number.start]
        return text[number.start : number.end].lower() == "half" and bool(_PERIOD.search(opening))
    word = text[number.start : number.end].lower()
    before = text[max(0, number.start - 8) : number.start].lower()
    after = text[number.end : number.end + 10].lower()
    if word != "one":
        return bool(_DEFINITE.search(before)) and not after.startswith(" of ")
    return bool(_PRONOUN_ONE.search(before)) or not after.startswith(" of ")
