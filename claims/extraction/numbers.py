"""Numbers as digits and as words, with their exact value and nothing about what they count."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS: Final = {word: Decimal(value) for value, word in enumerate(_SMALL)} | {
    word: Decimal(10 * value) for value, word in enumerate(_TENS, start=2)
}
MAGNITUDES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "crore": Decimal(10**7),
    "lakh": Decimal(10**5),
    "dozen": Decimal(12),
}
_SHORT_MAGNITUDES: Final = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mio": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
_PLURALS: Final = {f"{word}s": value for word, value in MAGNITUDES.items()} | {
    "scores": Decimal(20),
    "tens": Decimal(10),
}
_PARTS: Final = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "fourth": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "sixth": Decimal(1) / 6,
    "seventh": Decimal(1) / 7,
    "eighth": Decimal("0.125"),
    "ninth": Decimal(1) / 9,
    "tenth": Decimal("0.1"),
}
_SIGNS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_CARDINAL = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_MAGNITUDE = "|".join(MAGNITUDES)
_PLURAL = "|".join(sorted(_PLURALS, key=len, reverse=True))
_PART = "|".join(_PARTS)
_JOIN = r"(?:[\s-]{1,3}(?:and[\s-]{1,2})?)"
# Units that may stand right behind the digits: "640bhp", "5kW", "45g".
_GLUED_UNIT = (
    r"[gkt]?[wW]h?|MWh?|GWh|bhp|hp|[kKMGT]B|[kKMG]?[hH]z|[kcm]?m[²2³3]|[kcm]m|[mcd]?[lL]|kg|mg|g|mph|kmh|lbs?|ft|"
    r"min|sec|pc|pct|p"
    r"|Mbps|Gbps|ppm|ppb|rpm|bn|ha|t|l|W|V|A|C|F|°|yd|oz|hrs?|yrs?"
)
# Digits with thousands marks (comma, thin or no-break space), decimals, and a magnitude.
_DIGITS = (
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|(?<![\w.])\.\d+)"
    rf"(?:(?:\s?|-)(?P<scale>{_MAGNITUDE}|{_PLURAL})(?!\w))?(?=(?:{_GLUED_UNIT})(?![\w²³])|"
    rf"(?!\w|[.,]\d))"
)
_GLUED = (
    r"(?P<glued>\d+(?:[.,]\d+)?)\s?(?P<short>mn|mln|mio|bn|bln|tn|trn|"
    r"(?<=\d)[kmb])(?![\w%²³]|\.[a-z]\.|\s?\(\d+(?:\.\d+)?\s?ft|[\s-](?:long|wide|high|tall|"
    r"deep|swim))"
)
_WORDS = (
    rf"(?P<words>(?:(?:an?|one)\s(?=(?:{_MAGNITUDE})\b)|half\s(?:an?\s)?(?=(?:{_MAGNITUDE})\b))?"
    rf"(?:{_CARDINAL}|{_MAGNITUDE})"
    rf"(?:{_JOIN}(?:{_CARDINAL}|"
    rf"{_MAGNITUDE})){{0,8}}(?:\s(?:and\sa\shalf)(?:\s(?:{_MAGNITUDE}))?)?)\b"
)
_FRACTION = (
    rf"(?P<fraction>(?:(?P<top>an?|one|two|three|four|five|seven|"
    rf"nine)[\s-])(?P<part>{_PART})s?)\b(?!-)"
    r"(?!\s(?!of\b|less|more|higher|lower|as\b|in\b|since|by\b|to\b|from|over|w[ae]|are\b|is\b|"
    r"ha[ds]|have|did|"
    r"said|voted|and\b|or\b|but\b|the\b|cut|rise|drop|fall|increase|reduction|reduced|smaller|"
    r"larger)\w)"
    rf"|(?P<fold>\d{{1,4}}|{_CARDINAL})[\s-]?fold\b"
    r"|(?P<slash>\d{1,2}/\d{1,2})(?![\w/])"
    rf"|(?P<half>half)(?!\san?\s(?:{_MAGNITUDE})\b)(?=\s(?:of|the|a|its|their|all|as)\b)"
    rf"|(?P<ofpart>(?:{_CARDINAL})\s(?:in|out\sof(?:\severy)?)\s(?:every\s)?"
    rf"(?:{_CARDINAL}|\d{{1,4}})(?!\s(?:{_MAGNITUDE})))\b"
    rf"|(?P<digitpart>\d{{1,4}}\s(?:in|out\sof)\s(?:every\s)?(?:\d{{1,5}}|{_CARDINAL}))"
    r"(?![\w,.]\d|\w|\s(?:percent|%))"
)
_VAGUE = (
    rf"(?P<vague>(?:hundreds|tens|scores|dozens|thousands|millions|billions|trillions)"
    rf"(?:\sof\s(?:{_PLURAL}))?|(?:several|a\sfew|many|a\scouple\sof)\s(?:{_MAGNITUDE})s?|"
    rf"dozens|a\scouple(?=\sof\s))\b"
)
_NUMBER = re.compile(
    rf"(?:(?<!\w)|(?<=\WUS)|(?<=\WAU)|(?<=\WRM)|(?<=\WRs)|(?<=\$US)|(?<=\W(?:USD|AUD|EUR|GBP|"
    rf"INR|CNY|NZD|CAD|HKD|RMB|JPY|MYR|CHF)))"
    rf"(?<!\d[.,/:])(?:{_VAGUE}|{_FRACTION}|{_GLUED}|{_DIGITS}|{_WORDS}|(?P<sign>[½¼¾])"
    r"|(?P<one>an?)(?=\s(?:decade|century)\sago\b))",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>minus[\s-]|[-−])$", re.IGNORECASE)
_COUPLE: Final = {"several": Decimal(3), "a few": Decimal(3), "a couple": Decimal(2)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `share` marks fractions of a whole ("a third", "one in five")."""

    start: int
    end: int
    value: Decimal
    in_words: bool = False
    share: bool = False
    vague: bool = False


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of `text[start:end]` in order, without overlaps."""
    found = [_signed(text, start, _read(match)) for match in _NUMBER.finditer(text, start, end)]
    return [number for number in found if not _is_part_per(text, number)]


def _signed(text: str, start: int, number: Number) -> Number:
    """Read "minus 5" and "-5" behind a space as negative numbers."""
    before = _MINUS.search(text[max(start, number.start - 6) : number.start])
    if not before or number.in_words:
        return number
    return replace(number, start=number.start - len(before["sign"]), value=-number.value)


def _is_part_per(text: str, number: Number) -> bool:
    """Spot the "million" of "parts per million"."""
    return number.in_words and text[max(0, number.start - 4) : number.start].lower() == "per "


def _read(match: re.Match[str]) -> Number:
    start, end = match.span()
    group = match.lastgroup or ""
    found = match.groupdict()
    if found["digits"]:
        scale = (found["scale"] or "").lower()
        factor = MAGNITUDES.get(scale) or _PLURALS.get(scale) or Decimal(1)
        return Number(start, end, _digits(found["digits"]) * factor)
    if found["glued"]:
        return Number(
            start, end, _digits(found["glued"]) * _SHORT_MAGNITUDES[found["short"].lower()]
        )
    if found["vague"]:
        return Number(start, end, _vague(found["vague"].lower()), in_words=True, vague=True)
    if found["words"]:
        return Number(start, end, words_value(found["words"]), in_words=True)
    if found["one"]:
        return Number(start, end, Decimal(1), in_words=True)
    if found["fold"]:
        return Number(start, end, _plain(found["fold"]), in_words=not found["fold"].isdecimal())
    if group == "sign":
        return Number(start, end, _SIGNS[match.group()])
    return Number(start, end, _fraction(found), in_words=not found["slash"], share=True)


def _digits(text: str) -> Decimal:
    """Read digits; a comma before one or two last digits is a decimal comma."""
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return Decimal(text.replace(",", "."))
    return Decimal(re.sub(r"[,\u00a0\u202f\u2009]", "", text))


def words_value(text: str) -> Decimal:
    """Return the value of a number in English words, such as "two and a half million"."""
    total = current = Decimal(0)
    lowered = text.lower()
    half = "and a half" in lowered
    lowered = lowered.replace("and a half", "")
    words = [word for word in re.split(r"[\s-]+", lowered) if word not in {"", "and"}]
    for word in words:
        if word in {"a", "an"}:
            current = current or Decimal(1)
        elif word == "half":
            current = Decimal("0.5")
        elif word in UNITS:
            current += UNITS[word]
        elif word in {"hundred", "dozen"}:
            current = (current or Decimal(1)) * MAGNITUDES[word]
        else:
            step = (current or Decimal(1)) + (Decimal("0.5") if half else 0)
            half = False
            total, current = total + step * MAGNITUDES[word], Decimal(0)
    return total + current + (Decimal("0.5") if half else 0)


def _vague(text: str) -> Decimal:
    """Return the lower bound: "hundreds of thousands" is 100,000, "dozens" is 12."""
    words = text.replace(" of ", " ").split()
    if text == "a couple":
        return Decimal(2)
    value = Decimal(1)
    for word in words:
        value *= _PLURALS.get(word, MAGNITUDES.get(word, Decimal(1)))
    return value * _COUPLE.get(" ".join(words[:-1]), Decimal(1))


def _fraction(found: dict[str, str | None]) -> Decimal:
    if found["half"]:
        return Decimal("0.5")
    if found["slash"]:
        top, bottom = (Decimal(part) for part in found["slash"].split("/"))
        return top / bottom if bottom else top
    if found["part"]:
        top = UNITS.get((found["top"] or "").lower(), Decimal(1))
        return top * _PARTS[found["part"].lower()]
    text = found["ofpart"] or found["digitpart"] or ""
    first, last = re.split(r"\s(?:in|out\sof)\s(?:every\s)?", text, maxsplit=1, flags=re.IGNORECASE)
    whole = _plain(last.removeprefix("every "))
    return _plain(first) / whole if whole else _plain(first)


def _plain(text: str) -> Decimal:
    return Decimal(text) if text.isdecimal() else words_value(text)
