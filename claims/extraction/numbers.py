"""Numbers as digits and as words, with their exact value and nothing about what they count.

The words are a language's own (`NumberWords`); signs and digits are read in any language.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from claims.extraction.vocabulary import NEVER, NumberWords

_SIGNS: Final = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3, "⅛": Decimal("0.125"), "⅕": Decimal("0.2"),
}  # fmt: skip
_SIGN: Final = f"[{''.join(_SIGNS)}]"
_THIN: Final = "\u00a0\u202f\u2009"
# A currency's letters may stand right before the digits.
_OPENING: Final = (
    r"(?:(?<!\w)|(?<=\WUS)|(?<=\WAU)|(?<=\WRM)|(?<=\WRs)|(?<=\$US)|(?<=\$A)|(?<=\W(?:USD|AUD|EUR|"
    r"GBP|INR|CNY|NZD|CAD|HKD|RMB|JPY|MYR|CHF)))(?<!\d[.,/:⁄×])"
)
# "1/3" is a share and "9/11" none: only small parts of a whole are written so.
_SLASH: Final = r"(?P<slash>[1-9]\d?[/⁄](?:[2-9]|10|12|16|20|32|64|100|128|1000))(?![\w/⁄])"
_SCALE_STEP: Final = 1000
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `share` marks fractions of a whole ("a third", "one in five")."""

    start: int
    end: int
    value: Decimal
    in_words: bool = False
    share: bool = False
    vague: bool = False


@cache
def _pattern(words: NumberWords) -> re.Pattern[str]:
    """Return the one pattern that finds every number of a language."""
    scales = sorted([*words.magnitudes, *words.multipliers, *words.plurals], key=len, reverse=True)
    scale = "|".join(scales) or NEVER
    # Groups of three digits under any mark, where the marks tell them apart from decimals.
    group = {".": rf",{_THIN}", ",": rf".{_THIN}", "": rf".,{_THIN}"}[words.decimal]
    digits = (
        rf"(?P<digits>\d{{1,3}}(?:[{group}]\d{{3}})+(?:[.,]\d{{1,2}}(?!\d))?"
        r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3}){2,}"
        r"|(?<!\d\s)[1-9]\d{0,2}(?:\s\d{3})+(?![\d-])"
        r"|\d+(?:[.,]\d+)?|(?<![\w.])\.\d+)"
        rf"(?P<plus>\s?{_SIGN}|\s1/[2-4](?!\d))?(?:\s(?P<half_before>{words.and_half}))?"
        rf"(?:(?:\s?|-)(?P<scale>(?:{scale})(?:\s(?:{scale}))?)(?!\w)"
        rf"(?:\s(?P<half_after>{words.and_half})(?!\w))?)?"
        rf"(?=(?:{words.glued_units})(?![\w²³])|(?!\w|[.,]\d))"
    )
    # Unknown languages still know their shares by the slash.
    kinds = (
        words.vague_pattern, words.fraction_pattern, _SLASH, words.glued_pattern, digits,
        words.words_pattern, rf"(?P<sign>{_SIGN})", words.one_pattern,
    )  # fmt: skip
    return re.compile(_OPENING + f"(?:{'|'.join(kinds)})", re.IGNORECASE)


def find_numbers(text: str, start: int, end: int, words: NumberWords) -> list[Number]:
    """Return the numbers of `text[start:end]` in order, without overlaps."""
    found = [
        _signed(text, start, _read(match, words), words)
        for match in _pattern(words).finditer(text, start, end)
    ]
    return [number for number in found if not _is_none(text, number, words)]


def _signed(text: str, start: int, number: Number, words: NumberWords) -> Number:
    """Read "minus 5" and "-5" behind a space as negative numbers."""
    before = words.minus.search(text[max(start, number.start - 12) : number.start])
    if not before or (number.in_words and len(before["sign"]) == 1):
        return number
    return replace(number, start=number.start - len(before["sign"]), value=-number.value)


def _is_none(text: str, number: Number, words: NumberWords) -> bool:
    """Spot the "million" of "parts per million", and "six quarters", which are no share."""
    before = text[max(0, number.start - 6) : number.start]
    per = number.in_words and bool(words.part_per.search(before))
    return per or (number.share and number.value > 1)


def _read(match: re.Match[str], words: NumberWords) -> Number:
    start, end = match.span()
    found = match.groupdict()
    if found["digits"]:
        return Number(start, end, _scaled(found, words))
    if found.get("glued"):
        scale = words.short_magnitudes[found["short"].lower()]
        return Number(start, end, _digits(found["glued"], words.decimal) * scale)
    if found.get("vague"):
        return Number(start, end, _vague(found["vague"], words), in_words=True, vague=True)
    if found.get("words"):
        return Number(start, end, words_value(found["words"], words), in_words=True)
    if found.get("none"):
        return Number(start, end, Decimal(0), in_words=True)
    if found.get("one"):
        return Number(start, end, Decimal(1), in_words=True)
    if found.get("fold"):
        value = _plain(found["fold"], words)
        return Number(start, end, value, in_words=not found["fold"].isdecimal())
    if found["sign"]:
        return Number(start, end, _SIGNS[match.group()], share=True)
    value = _fraction(found, words)
    if whole := (found.get("whole") or "").lower():
        scale = words.magnitudes.get(whole) or words.multipliers[whole]
        return Number(start, end, value * scale, in_words=True)
    return Number(start, end, value, in_words=not found["slash"], share=True)


def _scaled(found: dict[str, str | None], words: NumberWords) -> Decimal:
    """Put digits, "½", "and a half" and a magnitude together."""
    value = _digits(found["digits"] or "", words.decimal)
    plus = (found["plus"] or "").strip()
    value += _SIGNS.get(plus, Decimal(0)) + (1 / Decimal(plus[2:]) if "/" in plus else 0)
    value += _HALF if found["half_before"] else 0
    scale = Decimal(1)
    for word in (found["scale"] or "").lower().split():
        scale *= words.magnitudes.get(word) or words.multipliers.get(word) or words.plurals[word]
    return (value + (_HALF if found["half_after"] else 0)) * scale


def _digits(text: str, decimal: str) -> Decimal:
    """Read digits; of two marks the last is the decimal one, and a mark met twice is none.

    A single mark is the language's decimal mark, or one for thousands before three digits.
    """
    text = re.sub(rf"[\s{_THIN}]", "", text)
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = max(text.rfind("."), text.rfind(","))
        return Decimal(f"{re.sub(r'[.,]', '', text[:last])}.{text[last + 1 :]}")
    if not dots + commas:
        return Decimal(text)
    mark = "." if dots else ","
    head, _, tail = text.partition(mark)
    grouped = len(tail) == len("000") and head.strip("0") and mark != decimal
    if dots + commas > 1 or grouped:
        return Decimal(text.replace(mark, ""))
    return Decimal(f"{head or '0'}.{tail}")


def words_value(text: str, words: NumberWords) -> Decimal:
    """Return the value of a number in words, such as "two and a half million"."""
    total = current = Decimal(0)
    last = Decimal(1)
    lowered, halves = re.subn(rf"\s?{words.and_half}", " ½ ", text.lower())
    half = bool(halves)
    for word in re.split(r"[\s-]+", lowered.strip()):
        if word == "½":
            half, current = False, current + _HALF * (1 if current else last)
        elif word in words.articles:
            current = current or Decimal(1)
        elif word in words.half_words:
            current = _HALF
        elif word in words.cardinals:
            current += words.cardinals[word]
        elif word in words.multipliers:
            current = (current or Decimal(1)) * words.multipliers[word]
        elif word in words.magnitudes:
            last = words.magnitudes[word]
            if 0 < total < last:
                total = (total + current) * last
            else:
                total += (current or Decimal(1)) * last
            current = Decimal(0)
    return total + current + (_HALF if half else 0)


def _vague(text: str, words: NumberWords) -> Decimal:
    """Return the lower bound: "hundreds of thousands" is 100,000, "dozens" is 12."""
    lowered = text.lower()
    if lowered in words.several:
        return words.several[lowered]
    parts = [word for word in lowered.split() if word not in words.joiners]
    several = next((v for w, v in words.several.items() if lowered.startswith(f"{w} ")), Decimal(1))
    value = several
    for word in parts:
        value *= (
            words.plurals.get(word)
            or words.magnitudes.get(word)
            or words.multipliers.get(word, Decimal(1))
        )
    return value


def _fraction(found: dict[str, str | None], words: NumberWords) -> Decimal:
    if found.get("half"):
        return _HALF
    if slash := found["slash"]:
        top, bottom = (Decimal(part) for part in re.split("[/⁄]", slash))
        return top / bottom
    if part := found.get("part"):
        top_word = (found["top"] or "").lower()
        top = (
            Decimal(top_word) if top_word.isdecimal() else words.cardinals.get(top_word, Decimal(1))
        )
        return top * words.parts[part.lower()]
    whole = _plain(found.get("of_b") or "1", words)
    first = _plain(found.get("of_a") or "1", words)
    return first / whole if whole else first


def _plain(text: str, words: NumberWords) -> Decimal:
    return _digits(text, words.decimal) if text[0].isdecimal() else words_value(text, words)
