"""A passage as the words, numbers and signs that carry its meaning.

White space, hyphens, quotation marks and other punctuation carry none here; letters are compared
without their case, numbers by their value ("1,000" is "1000") and common units by what they mean.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from sources.anchoring.vocabulary import CURRENCIES, MAGNITUDES, NUMBER_WORDS, UNITS

Kind = Literal["number", "word", "sign"]

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_GROUPS = "\u00a0\u202f\u2009 '’"
_TOKEN = re.compile(
    rf"""(?P<number>(?:(?<![\w%)\]])[-−–+](?=\d)|[±~≈<>≤≥]\s?(?=\d))?
              (?:\d{{1,3}}(?:[{_GROUPS}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)
              |[²³¹⁰⁴-⁹₀-₉¼½¾⅐-⅞])
       |(?P<word>[^\W\d_](?:[\w{_INVISIBLE}]|['’](?=\w)|[\u0300-\u036f])*)
       |(?P<sign>[%‰°?$€£¥₹₽₺₩¢≠=×<>≤≥~≈±])
    """,
    re.VERBOSE,
)
_SIGNED = re.compile(r"^[-−–+±~≈<>≤≥]\s?")
_MINUS = "-−–"
# A compatibility form that stands for the same letters: ligatures, full width, roman numerals.
_SAME_LETTERS = ("<compat>", "<wide>", "<narrow>")
_LOOK_BACK = 48  # characters
_PER = ("per", "cent")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_MULTIPLIERS = frozenset({"100", "1000", "1000000", "1000000000", "1000000000000"})
_TENS = frozenset(str(value) for value in range(20, 100, 10))
_ONES = frozenset(str(value) for value in range(1, 10))


class Token(NamedTuple):
    """A piece of a passage: `key` is what is compared, `start` and `end` are offsets."""

    kind: Kind
    key: str
    raw: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of text[start:end], with offsets into `text`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind: Kind = "number" if match["number"] else "word" if match["word"] else "sign"
        raw = match[0]
        token = Token(kind, "", raw, match.start(), match.end())
        if kind == "word":
            token = _read_word(token, found)
            if token.key == "%" and found and found[-1].key == _PER[0]:
                token = token._replace(start=found.pop().start)
            elif token.kind == "number" and found and _joins(found[-1], token):
                token = _joined(found.pop(), token)
        else:
            key = _value(raw) if kind == "number" else CURRENCIES.get(raw, raw)
            token = token._replace(key=key)
        found.append(token)
    return found


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens that a passage touches, read as they stand in its text.

    A number before the passage makes a unit of "km", and no word or number is cut in two.
    """
    left, right = max(0, start - _LOOK_BACK), min(len(text), end + _LOOK_BACK)
    while left and text[left - 1].isalnum():
        left -= 1
    return [token for token in tokens(text, left, right) if token.end > start and token.start < end]


def _read_word(token: Token, before: list[Token]) -> Token:
    key = fold_word(token.raw)
    after_number = bool(before) and before[-1].kind == "number"
    if key == _PER[1] and before and before[-1].key == _PER[0]:
        return token._replace(kind="sign", key="%")
    if after_number and key in MAGNITUDES:
        return token._replace(kind="number", key=MAGNITUDES[key])
    if key in NUMBER_WORDS:
        return token._replace(kind="number", key=NUMBER_WORDS[key])
    if key in {"percent", "pct"}:
        return token._replace(kind="sign", key="%")
    if after_number and key in UNITS:
        return token._replace(key=UNITS[key])
    return token._replace(key=CURRENCIES.get(key, key))


def _joins(number: Token, word: Token) -> bool:
    """Whether a number and the word after it are one number: "5 million", "twenty-three"."""
    if number.kind != "number" or not _PLAIN.fullmatch(number.key):
        return False
    if word.key in _MULTIPLIERS:
        return True
    return number.key in _TENS and word.key in _ONES and number.raw[0].isalpha()


def _joined(number: Token, word: Token) -> Token:
    first, second = Decimal(number.key), Decimal(word.key)
    value = first * second if word.key in _MULTIPLIERS else first + second
    return number._replace(key=f"{value.normalize():f}", raw=number.raw, end=word.end)


@lru_cache(maxsize=8192)
def fold_word(raw: str) -> str:
    """Return a word without its case, its typography and what cannot be seen."""
    if raw.isascii():
        return raw.lower()
    kept = raw.translate(dict.fromkeys(map(ord, _INVISIBLE)))
    letters = "".join(
        unicodedata.normalize("NFKC", each)
        if unicodedata.decomposition(each).startswith(_SAME_LETTERS)
        else each
        for each in kept
    )
    return unicodedata.normalize("NFC", letters).casefold().replace("’", "'")


def _value(raw: str) -> str:
    """Return a number in one form. One comma before three digits groups them; a dot does not."""
    sign = ""
    signed = _SIGNED.match(raw)
    if signed:
        sign, raw = signed[0].strip(), raw[signed.end() :]
        sign = "-" if sign in _MINUS else sign
    for each in _GROUPS:
        raw = raw.replace(each, "")
    whole, mark, rest = _split(raw)
    if not whole.isdecimal():
        return sign + unicodedata.normalize("NFKC", raw) + "^"
    if mark is None:
        return f"{sign}{int(whole)}"
    return f"{sign}{Decimal(f'{whole}.{rest}').normalize():f}"


def _split(raw: str) -> tuple[str, str | None, str]:
    """Return the digits before the decimal mark, the mark, and the digits after it."""
    dots, commas = raw.count("."), raw.count(",")
    if not dots and not commas:
        return raw, None, ""
    last = max(raw.rfind("."), raw.rfind(","))
    mark, whole, rest = raw[last], raw[:last], raw[last + 1 :]
    groups = mark == "," and len(rest) == 3 and not dots and not whole.startswith("0")  # noqa: PLR2004 (digits of a group)
    if groups or (dots > 1 and not commas) or (commas > 1 and not dots):
        return raw.replace(",", "").replace(".", ""), None, ""
    return whole.replace(",", "").replace(".", ""), mark, rest
