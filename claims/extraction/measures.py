"""What a number counts: a currency before it, a unit after it, or the noun that it stands with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.extraction import symbols
from claims.extraction.numbers import Number
from claims.extraction.records import Span
from claims.extraction.tags import Tag, Tagged
from claims.extraction.tokens import Token
from claims.extraction.vocabulary import UnitWords

_SIGNS = "|".join(re.escape(sign) for sign in sorted(symbols.CURRENCY_SIGNS, key=len, reverse=True))
_CURRENCY_BEFORE = re.compile(rf"(?<!\w)(?P<sign>{_SIGNS}|[A-Z]{{3}})\s?[-−]?$")
_CURRENCY_AFTER = re.compile(r"\s?(?P<sign>[€£¥$₹]|[A-Z]{3})(?!\w)")
_SIGN_AFTER = re.compile(r"[\s-]?(?P<word>%|°\s?[CF]?|[^\W\d_]{1,3}[²³23]?)(?!\w)", re.IGNORECASE)
_SCORE = re.compile(
    r"(?:^|\s)\d{1,2}[-–]\d{1,2}(?![\w%-]|[.,]\d|\s?(?:percent|per|%|"
    r"[a-z]{3,}s\b))"
)
# Telephone numbers, "24/7", "9/11" and the like: digits that count nothing.
_NO_COUNT = re.compile(
    r"(?:\+|\b00)\d{1,3}[\s(.-]\(?\d[\d\s().-]{5,14}\d|\(\d{3,5}\)\s?\d{3}[\s.-]?\d{3,4}"
    r"|(?<![\d$€£])\b\d{3}[.-]\d{3}[.-]\d{4}\b|(?<![\w$€£-])\d{3}-\d{4}\b|\b24/7\b|\b9/11\b|\b\d{1,3}/\d{1,3}/\d{2,4}\b"
    r"|\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\b|\b(?:\d{1,3}\.){3}\d{1,3}\b"
)
_PLAIN_NUMBER = re.compile(r"\d{4}")
_FIRST_YEAR: Final = 1500
_LAST_YEAR: Final = 2100
_LONG_WORD: Final = 3
_MODIFIERS: Final = frozenset({"adj", "noun", "name", "ing", "part", "num"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name, empty for a bare number, and the span of number and unit together."""

    name: str
    start: int
    end: int


def unit_of(text: str, span: Span, tagged: Tagged, number: Number, words: UnitWords) -> Unit:
    """Find what `number` counts inside the sentence `span`."""
    before = text[max(span[0], number.start - 6) : number.start]
    sign = _CURRENCY_BEFORE.search(before)
    if sign and (code := _currency(sign["sign"])):
        start = number.start - len(before) + sign.start()
        return _per(text, span, Unit(code, start, number.end), words)
    if words.times.search(text, number.start, number.end):
        return Unit("times", number.start, number.end)
    measure = _measure(text, span, number, words)
    if measure:
        return measure
    after = _CURRENCY_AFTER.match(text, number.end, span[1])
    if after and (code := _currency(after["sign"])):
        return Unit(code, number.start, after.end())
    return _per(text, span, _noun(text, tagged, number, words), words, counted=True)


def no_counts(text: str, span: Span, words: UnitWords) -> list[Span]:
    """Return the telephone numbers and the like of a sentence."""
    patterns = (_NO_COUNT, words.names)
    return [match.span() for found in patterns for match in found.finditer(text, *span)]


def _currency(sign: str) -> str:
    return symbols.CURRENCY_SIGNS.get(sign) or (sign if sign in symbols.CURRENCY_CODES else "")


def _measure(text: str, span: Span, number: Number, words: UnitWords) -> Unit | None:
    start = number.end
    if number.share and (part := words.part_of.match(text, start, span[1])):
        start = part.end()
    match = words.measure.match(text, start, span[1]) or _SIGN_AFTER.match(text, start, span[1])
    if not match:
        return None
    word = re.sub(r"[\s-]+", " ", match["word"].lower())
    digits = text[number.end - 1].isdigit()
    glued = match.start("word") == number.end
    if start > number.end and len(word) < _LONG_WORD:
        return None
    if word in words.only_after_digits and not (digits and (word not in {"in", "a"} or glued)):
        return None
    name = _measure_name(word, words)
    if name is None:
        return None
    unit = Unit(name, number.start, match.end())
    return unit if name in words.durations.values() else _per(text, span, unit, words)


def _measure_name(word: str, words: UnitWords) -> str | None:
    single = words.singular(word)
    last = words.singular(word.rsplit(" ", maxsplit=1)[-1])
    return (
        words.measures.get(word)
        or words.measures.get(single)
        or words.currencies.get(word)
        or words.currencies.get(single)
        or words.currencies.get(last)
        or (words.durations.get(last) if " " not in word else None)
        or symbols.MEASURE_SIGNS.get(word)
    )


def _per(text: str, span: Span, unit: Unit, words: UnitWords, *, counted: bool = False) -> Unit:
    """Add "per hour" to a measure; to a counted noun only "per 100,000 people"."""
    per = words.per.match(text, unit.end, span[1])
    if per is None or not (per["per"] or per["base"]) or (counted and not per["sure"]):
        return unit
    base = words.per_bases.get(per["base"].lower(), per["base"].lower()) if per["base"] else ""
    many = re.sub(r"\D", "", per["per"] or "")
    name = " ".join(part for part in (unit.name, "per", many, base) if part)
    return Unit(name, unit.start, per.end("base") if per["base"] else per.end("per"))


def _noun(text: str, tagged: Tagged, number: Number, words: UnitWords) -> Unit:
    """Take the head of the noun phrase that follows, a few words at most."""
    if joined := words.hyphenated.match(text, number.end):
        return Unit(words.singular(joined["word"].lower()), number.start, joined.end())
    if not words.nouns:
        return Unit("", number.start, number.end)
    head, end = "", number.end
    more = words.more.match(text, number.end)
    end = more.end() - 1 if more else end
    for token, tag in _from(tagged, end):
        if token.start - end > 2 or tag not in _MODIFIERS or token.start > number.end + 48:
            break
        if tag == "num" or token.lower in words.never_heads:
            break
        if tag in {"noun", "name"} or words.singular(token.lower) in words.durations:
            head = token.lower
        end = token.end
        plural = (head.endswith("s") and not head.endswith("'s")) or head in words.plurals
        if tag == "noun" and (plural or words.head_first):
            break
    if head and head not in words.verbs:
        return Unit(words.singular(head), number.start, end)
    return _of_noun(text, tagged, number, words)


def _of_noun(text: str, tagged: Tagged, number: Number, words: UnitWords) -> Unit:
    """Spot "hundreds of thousands of people", "two of the judges": the noun after "of"."""
    match = words.of.match(text, number.end)
    in_words = number.vague or number.in_words or text[number.end - 1].isalpha()
    if not match or not in_words:
        return Unit("", number.start, number.end)
    for token, tag in _from(tagged, match.end()):
        if tag in {"noun", "name"}:
            name = _measure_name(token.lower, words) or words.singular(token.lower)
            return Unit(name, number.start, token.end)
        if tag != "adj":
            break
    return Unit("", number.start, number.end)


def _from(tagged: Tagged, start: int) -> Iterator[tuple[Token, Tag]]:
    pairs = zip(tagged.tokens, tagged.tags, strict=True)
    return ((token, tag) for token, tag in pairs if token.start >= start)


def is_name_part(text: str, number: Number, tagged: Tagged, words: UnitWords) -> bool:
    """Tell whether a number only names something: a year, a version, a room, a score, an hour."""
    bare = text[number.start : number.end]
    before = text[max(0, number.start - 24) : number.start]
    after = text[number.end : number.end + 40]
    if _is_year(bare, before, after, words) or _is_score(text, number, words):
        return True
    named = number.in_words and bare[0].isupper() and re.search(r"[A-Z]\w+\s(?:of\s)?$", before)
    if named or words.clock.match(after) or words.name_after.match(after):
        return True
    share = re.match(r"[\s-]?%", after)
    if words.label.search(before):
        return not share
    if words.soft_label.search(before) and not share:
        following = next((tag for _, tag in _from(tagged, number.end)), "mark")
        return following not in {"noun", "adj", "name", "num", "part"}
    if bare.isdecimal() and re.search(r"\d[-–]$", before):
        return not re.match(r"\s?[%\w]", after)
    if bare.isdecimal() and re.search(r"(?:[A-Z][\w'’]*|[a-z]+[A-Z]\w*)[ -]$", before):
        return before.endswith("-") or _follows_name(number, tagged, after, words)
    return False


def _is_score(text: str, number: Number, words: UnitWords) -> bool:
    """Tell whether a number is one half of a result such as "2-1"."""
    window_start = max(0, number.start - 4)
    window = text[window_start : number.end + 24]
    return any(
        _could_be_score(match.group(), window[match.end() :], words)
        and window_start + match.start() <= number.start
        and number.end <= window_start + match.end()
        for match in _SCORE.finditer(window)
    )


def _could_be_score(pair: str, after: str, words: UnitWords) -> bool:
    """Tell "2-1" from "5-10 people": a range climbs and counts something."""
    first, last = (int(part) for part in re.findall(r"\d+", pair))
    return first >= last or not words.pair_counts.match(after)


def _is_year(bare: str, before: str, after: str, words: UnitWords) -> bool:
    if not _PLAIN_NUMBER.fullmatch(bare) or not _FIRST_YEAR <= int(bare) <= _LAST_YEAR:
        return False
    if re.search(r"[$€£]\s?$", before) or words.amount_before.search(before):
        return False
    return not words.counted.match(after)


def _follows_name(number: Number, tagged: Tagged, after: str, words: UnitWords) -> bool:
    """Tell "Windows 10 was" (a version) from "Arce 55 %" and "Mesa 28 seats" (counts)."""
    before: tuple[str, str] | None = None
    following = ""
    for token, tag in zip(tagged.tokens, tagged.tags, strict=True):
        if token.start >= number.end:
            following = tag
            break
        if token.start < number.start:
            before = (token.lower, tag)
    if before is None or before[0] in words.never_heads or before[1] not in {"name", "noun"}:
        return False
    if re.match(r"[\s-]?(?:%|°|per\s?cent|percent|por\s?ciento)", after):
        return False
    return following not in {"noun", "adj"} or after[:1] == "-"


def counts_nothing(text: str, number: Number, words: UnitWords) -> bool:
    """Tell whether a bare number word is a pronoun or an idiom: "the bottom three"."""
    if not number.in_words or number.vague:
        return False
    word = text[number.start : number.end].lower()
    before = text[max(0, number.start - 8) : number.start]
    if number.share:
        return word == words.half and bool(words.period.search(before))
    governs = words.of_after.match(text, number.end)
    if word not in words.one:
        return bool(words.definite.search(before.lower())) and not governs
    return bool(words.pronoun_one.search(before.lower())) or not governs
