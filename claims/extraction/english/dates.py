"""English date expressions."""

import re
from typing import Final

from claims.extraction.english.numbers import NUMBERS
from claims.extraction.english.words import MONTHS, WEEKDAYS
from claims.extraction.vocabulary import DateWords

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|2[01]\d\d)"
_NUMBER = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|a\shundred|a\sfew|several|a\scouple\sof|half\sa|a\sdecade|"
    r"[a-z]+ty[\s-][a-z]+)"
)
_UNIT = r"(?:day|week|month|year|decade|century|centurie)s?"
_LATER = r"(?:(?:early|late|mid|the\s(?:start|beginning|end|middle)\sof)[\s-](?:in\s)?)"
_OPEN = r"(?:(?:in|on|by|of|since|until|till|after|before|during|from|for|and|or|to)\s)"
_ORDINAL = r"(?:first|second|third|fourth|last)"
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
_FEASTS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas day": (12, 25),
    "christmas eve": (12, 24), "boxing day": (12, 26), "halloween": (10, 31),
    "valentine's day": (2, 14), "new year’s eve": (12, 31), "new year’s day": (1, 1),
    "valentine’s day": (2, 14), "may day": (5, 1), "independence day": (7, 4),
}  # fmt: skip
_FEASTS.pop("independence day")  # another day in every country
_FEAST = "|".join(_FEASTS)
_YEAR_AFTER = (
    rf"(?:{_YEAR}|(?:of\s)?(?:this|last|that|the\s(?:same|previous|following|next))\syear)"
)

_RULES: Final = (
    ("iso", rf"(?P<iso_v>{_YEAR}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01]))(?!\d)"),
    ("numeric", r"(?P<numeric_a>\d{1,2})(?P<numeric_s>[./])(?P<numeric_b>\d{1,2})(?P=numeric_s)"
                rf"(?P<numeric_y>{_YEAR})(?!\d)"),
    ("days", rf"(?:from\s)?(?P<days_m>{_MONTH})\s(?P<days_a>{_DAY})\s?(?:to|until|through|and|"
        rf"[-–—])\s?"
             rf"(?:(?P<days_n>{_MONTH})\s)?(?P<days_b>{_DAY})(?:,?\s(?P<days_y>{_YEAR}))?(?![\w%])"),
    ("daymonths", rf"(?:(?:from|between)\s)?(?P<daymonths_a>{_DAY})(?:\s(?P<daymonths_m>{_MONTH}))?"
                  rf"\s?(?:to|until|through|and|[-–—])\s?(?:the\s)?(?P<daymonths_b>{_DAY})\s(?:of\s)?"
                  rf"(?P<daymonths_n>{_MONTH})(?:,?\s(?P<daymonths_y>{_YEAR}))?(?!\w)"),
    ("mdy", rf"(?:{_WEEKDAY},?\s)?(?P<mdy_m>{_MONTH})\s(?P<mdy_d>{_DAY})(?![\w%]|[.,]?\d)"
            rf"(?:(?:,?\s|\s-\s)(?P<mdy_y>{_YEAR_AFTER}))?(?!\w)"),
    ("dmy", rf"(?:{_WEEKDAY},?\s)?(?:the\s)?(?P<dmy_d>{_DAY})\s(?:of\s)?(?P<dmy_m>{_MONTH})"
            rf"(?:,?\s(?P<dmy_y>{_YEAR_AFTER}))?(?!\w)"),
    ("years", rf"(?:(?:from|between)\s)?(?P<years_a>{_YEAR})\s?(?:to|until|and|through|[-–—/])\s?"
              rf"(?P<years_b>{_YEAR}|\d\d)(?![\w%]|[.,]?\d)"),
    ("quarter", rf"(?:the\s)?(?P<quarter_n>{_ORDINAL})[\s-]quarter(?:,?(?:\sof)?\s"
                rf"(?P<quarter_y>{_YEAR_AFTER}))?(?!\s(?:of|century)\b|[\w-])"),
    ("qn", rf"(?P<qn_n>(?-i:Q)[1-4])(?:,?(?:\sof)?\s(?P<qn_y>{_YEAR}))?(?![\w-])"),
    ("half", rf"(?:the\s)?(?P<half_n>first|second)\shalf\sof\s(?:the\syear|"
             rf"(?P<half_y>{_YEAR_AFTER}))"
             r"(?!\w)"),
    ("part", rf"(?P<part_w>{_LATER})(?:(?P<part_m>{_MONTH})\s)?(?P<part_y>{_YEAR})(?![\w%])"),
    ("months", rf"(?:from|between)\s(?P<months_m>{_MONTH})(?:\s(?P<months_y>{_YEAR}))?\s"
               rf"(?:to|and|until|through)\s(?P<months_n>{_MONTH})\s(?P<months_z>{_YEAR})(?!\w)"),
    ("month", rf"(?P<month_m>{_MONTH})(?:,|\sof)?\s(?P<month_y>{_YEAR_AFTER})(?!\w)"),
    ("monthpart", rf"(?P<monthpart_w>{_LATER})(?P<monthpart_m>{_MONTH})(?!\.?\s?(?-i:[A-Z0-9])|"
                  rf"[\w'’])"),
    ("decade", rf"(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?P<decade_v>{_YEAR})s(?!\w)"),
    ("nineties", rf"the\s(?:early\s|late\s|mid-?\s?)?(?P<nineties_v>{'|'.join(_DECADES)}|"
                 r"['’]\d0s)(?!\w)"),
    ("century", r"(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?P<century_n>(?:\d{1,2}(?:st|nd|rd|th)|"
                rf"{'|'.join(NUMBERS.ordinals)}|twenty-first))[\s-]century(?!\w)"),
    ("turn", r"the\sturn\sof\sthe\s(?P<turn_u>century|millennium)(?!\w)"),
    ("nextday", r"the\s(?:next|following|previous)\s(?:day|morning|evening|night|afternoon)(?!\w)"),
    ("ago", rf"(?:(?P<ago_q>about|around|nearly|almost|over|more\sthan|"
        rf"some)\s)?(?P<ago_n>{_NUMBER})\s"
            rf"(?:(?P<ago_u>{_UNIT})\s)?ago(?!\w)"),
    ("away", rf"{_NUMBER}\s{_UNIT}\s(?:later|earlier)(?!\w)"),
    ("rel", rf"(?P<rel_w>last|this|next|the\sprevious|the\sfollowing|earlier\sthis|later\sthis|"
        rf"late\slast|early\slast|this\spast|this\scoming|"
            rf"early\snext|early\sthis|late\sthis)\s(?P<rel_u>week|month|year|decade|century|"
            rf"weekend|quarter|spring|"
            rf"summer|autumn|fall|winter|{_WEEKDAY}|{_MONTH})(?![\w-])"),
    ("before", r"the\s(?P<before_u>year|month|week|day)\s(?P<before_w>before|after|"
        r"earlier)(?!\s(?:the|he|she|it))"),
    ("past", rf"(?:(?:in|over|during|for|within)\s)?(?:the|these)\s(?P<past_w>past|last|next|"
             rf"previous|coming)\s"
             rf"(?:(?P<past_n>{_NUMBER}|few)\s)?(?P<past_u>{_UNIT})(?!\w)"),
    ("season", rf"(?:the\s)?(?P<season_n>spring|summer|autumn|fall|"
        rf"winter)\s(?:of\s)?(?P<season_y>{_YEAR})"),
    ("yearend", r"(?:the\s)?(?:year[\s-]end|end\sof\sthe\syear|year['’]s\send)"),
    ("feast", rf"(?P<feast_n>{_FEAST})(?:,?\s(?:in\s)?(?P<feast_y>{_YEAR_AFTER}))?(?!\w)"),
    ("day", r"(?P<day_v>today|yesterday|tomorrow|tonight|last\snight|this\s(?:morning|afternoon|"
        r"evening))(?![\w'’])"),
    ("weekday", rf"(?:(?:early|late)\s)?(?P<weekday_n>{_WEEKDAY})(?:\s(?:morning|afternoon|"
        rf"evening|night))?(?![\w'’])"),
    ("year", rf"(?P<year_v>{_YEAR})(?![\w%]|[.,:]\d|\s(?:people|votes|km|miles|homes|jobs|cases|"
        rf"sq|square|units|deaths|dollars|euros|pounds|tonnes|workers|employees|patients|seats|hires|"
        rf"troops|soldiers|students|pupils|households|megawatts|metres|meters|years|calories|"
        rf"members|dead)|-(?:\w+-)?(?:long|strong|year|mile|metre|foot))"),
    ("bare", rf"{_OPEN}(?P<bare_m>{_MONTH})"
             r"(?!\.?\s?(?-i:[A-Z0-9])|[\w'’]|\s(?:of\s)?(?:this|last|that)\syear)"),
)  # fmt: skip

_COUNTS: Final = {
    "": 1, "a": 1, "an": 1, "few": 3, "a few": 3, "several": 3, "a couple of": 2, "half a": 0.5,
    "a decade": 1, "a hundred": 100,
}  # fmt: skip
_UNITS: Final = {
    name: kind
    for kind in ("day", "week", "month", "year", "decade", "quarter", "weekend")
    for name in (kind, f"{kind}s")
} | {"century": "century", "centuries": "century", "a decade": "decade"}

DATES: Final = DateWords(
    rules=_RULES,
    triggers=frozenset("today tonight morning afternoon evening night q1 q2 q3 q4 turn".split()),
    months=MONTHS,
    weekdays=WEEKDAYS,
    seasons={"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12},
    units=_UNITS,
    counts=_COUNTS,
    shifts={
        "last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "coming": 1, "this": 0,
        "before": -1, "earlier": -1, "after": 1,
    },
    told=("the previous", "the following"),
    days={"yesterday": -1, "tomorrow": 1, "last night": -1},
    ordinals={**NUMBERS.ordinals, "last": 4, "twenty-first": 21},
    decades=_DECADES,
    feasts=_FEASTS,
    early=("early", "start", "beginning"),
    middle=("mid",),
    last_year=("last",),
    other_year=("that", "same", "previous", "following", "next"),
    forward=frozenset({"next", "coming"}),
    rough=frozenset({"few", "a few", "several"}),
    ahead=re.compile(
        r"\b(?:will|shall|would|(?-i:may)|might|could|can|should|next|expect\w*|plan\w*|due|"
        r"schedul\w*|"
        r"set to|until|upcoming|coming|going to|to be|begins?|starts?|ends?|opens?|is|are)\b|"
        r"['’]ll\b",
        re.IGNORECASE,
    ),
    amount_before=re.compile(
        r"\b(?:about|around|nearly|almost|more than|less than|fewer than|at least|average of|"
        r"total of|"
        r"approximately|roughly)\s$",
        re.IGNORECASE,
    ),
    # "10 years ago" is a date and a quantity, "10 May" only a date.
    duration_end=re.compile(
        r"(?: ago| later| earlier|days|years|months|weeks|hours)$", re.IGNORECASE
    ),
    capitals=frozenset({"bare", "weekday", "month", "months", "monthpart"}),
)  # fmt: skip
