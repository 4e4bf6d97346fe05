"""Values of a spreadsheet as its reader sees them: 0.344 in the format 0.0% is shown as 34.4%.

The formats that tables of figures use are followed (ECMA-376, 18.8.31). A value in any other
format is given as it is stored, rather than guessed at. Signs are those of the English format.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKET = re.compile(r"\[(?:\$([^\]-]*)(?:-[0-9A-Fa-f]+)?|[A-Za-z]+\d*)\]")
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?(,*)")
_DATE = re.compile(r"\[?[hms]+\]?|y+|m+|d+|AM/PM|A/P|\.0+", re.IGNORECASE)
_GENERAL = frozenset({"", "general", "@", "standard"})
_UNKNOWN = re.compile(r"[Ee][+-]|[/@]|\[[<>=]")
_DIGITS = 15  # of a stored number that mean anything
_PARTS = 2


def shown(value: object, number_format: str) -> str:
    """Return the text of a cell's value in its number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value, number_format)
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    stored = Decimal(format(value, f".{_DIGITS}g")) if isinstance(value, float) else Decimal(value)
    if not stored.is_finite():
        return str(value)
    if number_format.strip().lower() in _GENERAL:
        return _plain(stored)
    sections = _sections(number_format)
    section, magnitude = sections[0], stored
    if stored < 0 and len(sections) > 1:
        section, magnitude = sections[1], -stored
    elif stored == 0 and len(sections) > _PARTS:
        section = sections[2]
    try:
        with localcontext() as context:
            context.prec = 400
            return _formatted(magnitude, section) or _plain(stored)
    except InvalidOperation:
        return _plain(stored)


def _formatted(value: Decimal, section: str) -> str:
    """Return the number in one section of a format; empty where the format is not one we follow."""
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return f"\ue000{chr(0xE100 + len(literals) - 1)}"

    pattern = _LITERAL.sub(keep, section)
    pattern = _BRACKET.sub(lambda found: found[1] or "", pattern)
    number = _NUMBER.search(pattern)
    if _UNKNOWN.search(pattern) or number is None or _NUMBER.search(pattern, number.end()):
        return ""
    places = len(number[1] or "")
    shift = 2 * pattern.count("%") - 3 * len(_trailing(number[0]))
    scaled = value.scaleb(shift).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    grouped = "," in number[0].partition(".")[0].rstrip(",")
    digits = _digits(scaled, number[0], number[1] or "", grouped=grouped)
    sign = "-" if scaled < 0 else ""
    head, tail = pattern[: number.start()], pattern[number.end() :]
    return sign + _restored(head, literals) + digits + _restored(tail, literals)


def _digits(value: Decimal, pattern: str, decimals: str, *, grouped: bool) -> str:
    written = f"{abs(value):,f}" if grouped else f"{abs(value):f}"
    whole, point, fraction = written.partition(".")
    least = pattern.partition(".")[0].count("0")
    if not grouped:
        whole = whole.rjust(least, "0")
    if whole == "0" and least == 0:
        whole = ""
    needed = decimals.rfind("0") + 1
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    return whole + (point if point and (fraction or needed) else "") + fraction


def _trailing(pattern: str) -> str:
    """Return the commas after the last digit: each divides by a thousand."""
    return pattern[len(pattern.rstrip(",")) :]


def _restored(pattern: str, literals: list[str]) -> str:
    pieces = re.split("\ue000(.)", pattern)
    return "".join(
        literals[ord(piece) - 0xE100] if index % 2 else piece for index, piece in enumerate(pieces)
    )


def _sections(number_format: str) -> list[str]:
    """Cut a format at its semicolons, save for those in quotes."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;)', number_format) or [number_format]


def _plain(value: Decimal) -> str:
    if value and not -_DIGITS < value.adjusted() < _DIGITS + 6:
        return str(value.normalize())
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    """Return a day or time in its format; in the order of ISO 8601 where that is not followed."""
    pattern = re.sub(r"\[\$[^\]]*\]", "", number_format.partition(";")[0])
    if isinstance(value, timedelta) or pattern.strip().lower() in _GENERAL:
        return _iso(value)
    moment = value if isinstance(value, datetime) else _as_datetime(value)
    half_day = bool(re.search("AM/PM|A/P", pattern, re.IGNORECASE))
    pieces: list[str] = []
    position, after_hour = 0, False
    for found in _DATE.finditer(pattern):
        between = _LITERAL.sub(
            lambda word: word[1] or word[2] or "", pattern[position : found.start()]
        )
        code = found[0].lower()
        minutes = code.startswith("m") and (
            after_hour or pattern[found.end() :].lstrip(":.").startswith("s")
        )
        pieces += [between, _part(moment, code, half_day=half_day, minutes=minutes)]
        after_hour = code.strip("[]").startswith("h") or (
            after_hour and not code.strip("[]").isalpha()
        )
        position = found.end()
    tail = _LITERAL.sub(lambda word: word[1] or word[2] or "", pattern[position:])
    return "".join([*pieces, tail]).strip() or _iso(value)


def _part(moment: datetime, code: str, *, half_day: bool, minutes: bool) -> str:
    if minutes:
        return f"{moment.minute:02}" if len(code) > 1 else str(moment.minute)
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    words = {
        "yy": f"{moment.year % 100:02}",
        "y": f"{moment.year % 100:02}",
        "m": str(moment.month),
        "mm": f"{moment.month:02}",
        "mmm": f"{moment:%b}",
        "mmmmm": f"{moment:%b}"[:1],
        "d": str(moment.day),
        "dd": f"{moment.day:02}",
        "ddd": f"{moment:%a}",
        "h": str(hour),
        "hh": f"{hour:02}",
        "s": str(moment.second),
        "ss": f"{moment.second:02}",
        "am/pm": f"{moment:%p}",
        "a/p": f"{moment:%p}"[:1],
    }
    longer = {"y": str(moment.year), "m": f"{moment:%B}", "d": f"{moment:%A}"}
    return words.get(code) or longer.get(code[0]) or ""


def _as_datetime(value: date | time) -> datetime:
    if isinstance(value, time):
        return datetime.combine(date(1900, 1, 1), value)
    return datetime.combine(value, time())


def _iso(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
