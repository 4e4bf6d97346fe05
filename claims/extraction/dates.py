"""Date expressions and what they mean, resolved against the article's date of publication."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from claims.extraction import calendar_days as days
from claims.extraction.english.words import MONTHS, WEEKDAYS
from claims.extraction.records import DateSpan, Span

_MONTHS: Final = 12
Groups = dict[str, str | None]

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|2[01]\d\d)"
_NUMBER = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|a\shundred|a\sfew|several|a\scouple\sof|half\sa|a\sdecade)"
)
_UNIT = r"(?:day|week|month|year|decade|century|centurie)s?"
_LATER = r"(?:(?:early|late|mid|the\s(?:start|beginning|end|middle)\sof)[\s-](?:in\s)?)"
_OPEN = r"(?:(?:in|on|by|of|since|until|till|after|before|during|from|for|and|or|to)\s)"

# Name, pattern; tried in this order at each place, the first that fits is taken.
_RULES: Final = (
    ("iso", rf"(?P<iso_v>{_YEAR}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01]))(?!\d)"),
    ("days", rf"(?:from\s)?(?P<days_m>{_MONTH})\s(?P<days_a>{_DAY})\s?(?:to|until|through|and|"
        rf"[-–—])\s?"
             rf"(?:(?P<days_n>{_MONTH})\s)?(?P<days_b>{_DAY})(?:,?\s(?P<days_y>{_YEAR}))?(?![\w%])"),
    ("mdy", rf"(?:{_WEEKDAY},?\s)?(?P<mdy_m>{_MONTH})\s(?P<mdy_d>{_DAY})(?![\w%]|[.,]?\d)"
            rf"(?:(?:,?\s|\s-\s)(?P<mdy_y>{_YEAR}|(?:of\s)?(?:this|last)\syear))?(?!\w)"),
    ("dmy", rf"(?:{_WEEKDAY},?\s)?(?:the\s)?(?P<dmy_d>{_DAY})\s(?:of\s)?(?P<dmy_m>{_MONTH})"
            rf"(?:,?\s(?P<dmy_y>{_YEAR}))?(?!\w)"),
    ("years", rf"(?:(?:from|between)\s)?(?P<years_a>{_YEAR})\s?(?:to|until|and|through|[-–—/])\s?"
              rf"(?P<years_b>{_YEAR}|\d\d)(?![\w%]|[.,]?\d)"),
    ("quarter", rf"(?:the\s)?(?P<quarter_n>first|second|third|fourth|"
        rf"last)\squarter(?:\sof)?\s(?P<quarter_y>{_YEAR})"),
    ("part", rf"(?P<part_w>{_LATER})(?:(?P<part_m>{_MONTH})\s)?(?P<part_y>{_YEAR})(?![\w%])"),
    ("month", rf"(?P<month_m>{_MONTH})(?:,|\sof)?\s(?P<month_y>{_YEAR})(?!\w)"),
    ("decade", rf"(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?P<decade_v>{_YEAR})s(?!\w)"),
    ("ago", rf"(?:(?P<ago_q>about|around|nearly|almost|over|more\sthan|"
        rf"some)\s)?(?P<ago_n>{_NUMBER})\s"
            rf"(?:(?P<ago_u>{_UNIT})\s)?(?:ago|earlier)(?!\w)"),
    ("rel", rf"(?P<rel_w>last|this|next|the\sprevious|the\sfollowing|earlier\sthis|later\sthis|"
        rf"late\slast|"
            rf"early\snext|early\sthis)\s(?P<rel_u>week|month|year|decade|century|weekend|"
            rf"quarter|spring|"
            rf"summer|autumn|fall|winter|{_WEEKDAY}|{_MONTH})(?![\w-])"),
    ("before", r"the\s(?P<before_u>year|month|week|day)\s(?P<before_w>before|after|"
        r"earlier)(?!\s(?:the|he|she|it))"),
    ("past", rf"(?:(?:in|over|during|for|within)\s)?the\s(?P<past_w>past|last|next|previous|"
        rf"coming)\s"
             rf"(?:(?P<past_n>{_NUMBER}|few)\s)?(?P<past_u>{_UNIT})(?!\w)"),
    ("season", rf"(?:the\s)?(?P<season_n>spring|summer|autumn|fall|"
        rf"winter)\s(?:of\s)?(?P<season_y>{_YEAR})"),
    ("yearend", r"(?:the\s)?(?:year[\s-]end|end\sof\sthe\syear|year's\send)"),
    ("day", r"(?P<day_v>today|yesterday|tomorrow|tonight|this\s(?:morning|afternoon|"
        r"evening))(?![\w'’])"),
    ("weekday", rf"(?:(?:early|late)\s)?(?P<weekday_n>{_WEEKDAY})(?:\s(?:morning|afternoon|"
        rf"evening|night))?(?![\w'’])"),
    ("year", rf"(?P<year_v>{_YEAR})(?![\w%]|[.,:]\d|\s(?:people|votes|km|miles|homes|jobs|cases|"
        rf"sq|square|units|"
        rf"members|dead))"),
)  # fmt: skip
_PATTERN = re.compile(
    r"(?<![\w$€£#/])(?<!\d[.,:-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _RULES)
    + rf"|{_OPEN}(?:(?:early|late|mid)[\s-])?(?P<bare>(?P<bare_m>{_MONTH}))"
    r"(?!\.?\s?(?-i:[A-Z0-9])|[\w'’]))",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:about|around|nearly|almost|more than|less than|fewer than|at least|average of|total of|"
    r"approximately|roughly)\s$",
    re.IGNORECASE,
)
_YEARLESS: Final = frozenset({"bare", "mdy", "dmy", "days"})
_AHEAD: Final = re.compile(
    r"\b(?:will|shall|would|(?-i:may)|might|could|can|should|next|expect\w*|plan\w*|due|schedul\w*|"
    r"set to|until|upcoming|coming|going to|to be|begins?|starts?|ends?|opens?|is|are)\b|['’]ll\b",
    re.IGNORECASE,
)
_NEEDS_CAPITAL: Final = frozenset({"bare", "weekday", "month"})


def find_dates(text: str, span: Span, published_on: date | None) -> tuple[DateSpan, ...]:
    """Return the date expressions of `text[span]` in order; `iso` is empty where unsettled."""
    found = []
    for match in _PATTERN.finditer(text, *span):
        name = next(
            name for name, value in match.groupdict().items() if value and name in _RESOLVERS
        )
        start, end = match.span(name)
        if name == "year" and _AMOUNT_BEFORE.search(text[max(0, start - 16) : start]):
            continue
        if name in _NEEDS_CAPITAL and not any(c.isupper() for c in text[start:end]):
            continue
        groups = {key.split("_", 1)[1]: value for key, value in match.groupdict().items()
                  if key.startswith(name + "_")}  # fmt: skip
        iso = _RESOLVERS[name](groups, published_on)
        if published_on and name in _YEARLESS and not groups.get("y"):
            iso = _told(iso, published_on, ahead=bool(_AHEAD.search(text, *span)))
        found.append(DateSpan(start, end, iso))
    return tuple(found)


def _told(iso: str, base: date, *, ahead: bool) -> str:
    """Put a date without a year into the past, unless its sentence speaks of what is to come."""
    parts = iso.split("/")
    if ahead or not iso or parts[0] <= base.isoformat()[: len(parts[0])]:
        return iso
    return "/".join(f"{int(part[:4]) - 1:04d}{part[4:]}" for part in parts)


def _number(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "") or 0)


def _month(text: str | None) -> int:
    return MONTHS[(text or "").lower().rstrip(".")]


def _iso(groups: Groups, _: date | None) -> str:
    year, month, number = (int(part) for part in (groups["v"] or "0-0-0").split("-"))
    return days.day(year, month, number) if 1 <= month <= _MONTHS and number else ""


def _with_year(month: int, day: int, year: str | None, base: date | None) -> str:
    if year and year[-4:].isdigit():
        return days.day(int(year[-4:]), month, day)
    if base is None:
        return ""
    if year:
        return days.day(base.year - ("last" in year.lower()), month, day)
    return days.nearest_day(base, month, day)


def _days(groups: Groups, base: date | None) -> str:
    first, last = _month(groups["m"]), _month(groups["n"] or groups["m"])
    one = _with_year(first, _number(groups["a"]), groups["y"], base)
    two = _with_year(last, _number(groups["b"]), groups["y"], base)
    return f"{one}/{two}" if one and two else ""


def _single_day(groups: Groups, base: date | None) -> str:
    return _with_year(_month(groups["m"]), _number(groups["d"]), groups["y"], base)


def _years(groups: Groups, _: date | None) -> str:
    first, last = groups["a"] or "", groups["b"] or ""
    return f"{first}/{first[:2] + last if len(last) == 2 else last}"


def _quarter(groups: Groups, _: date | None) -> str:
    number = {"first": 1, "second": 2, "third": 3}.get((groups["n"] or "").lower(), 4)
    return days.quarter(_number(groups["y"]), number)


def _part(groups: Groups, _: date | None) -> str:
    year, word = _number(groups["y"]), (groups["w"] or "").lower()
    if groups["m"]:
        return f"{year:04d}-{_month(groups['m']):02d}~"
    return f"{year:04d}-{days.part_of_year(word):02d}~"


def _month_year(groups: Groups, _: date | None) -> str:
    return f"{_number(groups['y']):04d}-{_month(groups['m']):02d}"


def _decade(groups: Groups, _: date | None) -> str:
    first = _number(groups["v"])
    return f"{first}/{first + (99 if first % 100 == 0 else 9)}"


def _ago(groups: Groups, base: date | None) -> str:
    number = groups["n"] or ""
    unit = groups["u"] or ("decade" if "decade" in number.lower() else "")
    return days.ago(base, number, unit) + "~" if base and unit else ""


def _relative(groups: Groups, base: date | None) -> str:
    if base is None:
        return ""
    return days.relative(base, (groups["w"] or "").lower(), (groups["u"] or "").lower().rstrip("."))


def _before(groups: Groups, base: date | None) -> str:
    if base is None:
        return ""
    step = 1 if (groups["w"] or "").lower() == "after" else -1
    return days.shifted(base, step, (groups["u"] or "").lower())


def _past(groups: Groups, base: date | None) -> str:
    forward = (groups["w"] or "").lower() in {"next", "coming"}
    return days.window(base, groups["n"] or "", groups["u"] or "", forward=forward) if base else ""


def _season(groups: Groups, _: date | None) -> str:
    return days.season(_number(groups["y"]), (groups["n"] or "").lower())


def _yearend(_: Groups, base: date | None) -> str:
    return f"{base.year:04d}-12-31" if base else ""


def _today(groups: Groups, base: date | None) -> str:
    word = (groups["v"] or "").lower()
    if base is None:
        return ""
    return days.moved(base, {"yesterday": -1, "tomorrow": 1}.get(word, 0))


def _weekday(groups: Groups, base: date | None) -> str:
    return days.last_weekday(base, WEEKDAYS[(groups["n"] or "").lower()]) if base else ""


def _bare(groups: Groups, base: date | None) -> str:
    return days.nearest_month(base, _month(groups["m"])) if base else ""


def _year(groups: Groups, _: date | None) -> str:
    return groups["v"] or ""


_RESOLVERS: Final[dict[str, Callable[[Groups, date | None], str]]] = {
    "iso": _iso, "days": _days, "mdy": _single_day, "dmy": _single_day, "years": _years,
    "quarter": _quarter, "part": _part, "month": _month_year, "decade": _decade, "ago": _ago,
    "rel": _relative, "before": _before, "past": _past, "season": _season, "yearend": _yearend,
    "day": _today, "weekday": _weekday, "bare": _bare, "year": _year,
}  # fmt: skip
