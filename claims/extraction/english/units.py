"""Units and currencies by the words and signs that name them."""

import re
from decimal import Decimal
from typing import Final

from claims.extraction import symbols
from claims.extraction.english.verbs import FORMS, NOUN_PRONE_FORMS
from claims.extraction.english.words import MONTHS
from claims.extraction.vocabulary import UnitWords

CURRENCY_WORDS: Final = {
    "dollar": "USD", "us dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP",
    "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "ruble": "RUB", "rouble": "RUB", "won": "KRW",
    "lira": "TRY", "shekel": "ILS", "peso": "peso", "real": "BRL", "reais": "BRL", "franc": "CHF",
    "boliviano": "BOB", "crown": "crown", "krona": "SEK", "krone": "krone", "zloty": "PLN",
    "rand": "ZAR", "ringgit": "MYR", "rupiah": "IDR", "dirham": "AED", "cent": "cent",
    "penny": "penny",
    "pence": "penny", "sen": "sen", "hryvnia": "UAH", "naira": "NGN", "shilling": "shilling",
}  # fmt: skip
MEASURES: Final = symbols.MEASURE_SIGNS | {
    "percent": "percent", "per cent": "percent", "pct": "percent", "pc": "percent",
    "percentage point": "percentage_point", "percentage points": "percentage_point",
    "basis point": "basis_point", "basis points": "basis_point", "bps": "basis_point",
    "km": "kilometre", "kilometer": "kilometre", "m": "metre", "meter": "metre", "cm": "centimetre",
    "mm": "millimetre", "centimeter": "centimetre", "millimeter": "millimetre", "mi": "mile",
    "ft": "foot", "feet": "foot", "in": "inch", "inches": "inch", "yd": "yard",
    "kg": "kilogram", "kilo": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound",
    "lbs": "pound",
    "ton": "ton", "tonne": "tonne", "t": "tonne", "oz": "ounce",
    "ml": "millilitre", "cl": "centilitre", "dl": "decilitre", "m³": "cubic metre",
    "km2": "square kilometre", "km²": "square kilometre", "sq km": "square kilometre",
    "square kilometer": "square kilometre", "square meter": "square metre",
    "square kilometre": "square kilometre", "square metre": "square metre",
    "cubic metre": "cubic metre", "square mile": "square mile", "nautical mile":
    "nautical mile", "square foot": "square foot", "m2": "square metre",
    "m²": "square metre", "sqm": "square metre", "ha": "hectare", "l": "litre", "liter": "litre",
    "mph": "mile per hour", "km/h": "kilometre per hour", "kph": "kilometre per hour",
    "kmh": "kilometre per hour", "°c": "degree Celsius", "°f": "degree Fahrenheit", "°": "degree",
    "c": "degree Celsius", "f": "degree Fahrenheit", "w": "watt", "kw": "kilowatt",
    "mw": "megawatt",
    "gw": "gigawatt", "kwh": "kilowatt hour", "mwh": "megawatt hour", "gwh": "gigawatt hour",
    "twh": "terawatt hour", "hp": "horsepower", "bhp": "horsepower", "gb": "gigabyte",
    "mb": "megabyte",
    "tb": "terabyte", "kb": "kilobyte", "hz": "hertz", "ghz": "gigahertz", "mhz": "megahertz",
    "khz": "kilohertz", "ppm": "part per million", "ppb": "part per billion",
    "bpd": "barrel per day",
    "yr": "year", "yrs": "year", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "sec": "second", "secs": "second", "wk": "week", "pp": "percentage_point",
    "rpm": "revolution per minute",
    "mpg": "mile per gallon", "db": "decibel", "v": "volt", "a": "ampere", "ev": "electronvolt",
    "gt": "gigatonne", "p": "penny", "mbps": "megabit per second", "gbps": "gigabit per second",
    "fold": "times", "degc": "degree Celsius", "degf": "degree Fahrenheit", "deg c":
    "degree Celsius", "deg f": "degree Fahrenheit", "degree celsius": "degree Celsius",
    "degrees celsius": "degree Celsius", "degrees fahrenheit": "degree Fahrenheit",
    "degree fahrenheit": "degree Fahrenheit", "cubic meter": "cubic metre",
    "sq m": "square metre", "sq ft": "square foot", "square feet": "square foot",
    "per mille": "per mille", "‰": "per mille", "kilometre per hour": "kilometre per hour",
    "miles per hour": "mile per hour", "kilometres per hour": "kilometre per hour",
    "kilometers per hour": "kilometre per hour", "miles per gallon": "mile per gallon",
}  # fmt: skip
# Signs so short that they only count right after digits and as a word of their own.
ONLY_AFTER_DIGITS: Final = frozenset("m p g t l w v a c f in ha min sec hr mi g db pp pc b".split())
DURATIONS: Final = frozenset(
    "second minute hour day week month year decade century quarter fortnight night weekend".split()
)
_IRREGULAR_PLURALS: Final = {
    "people": "people", "persons": "person", "men": "man", "women": "woman", "children": "child",
    "lives": "life", "feet": "foot", "teeth": "tooth", "wives": "wife", "leaves": "leaf",
    "knives": "knife", "halves": "half", "deputies": "deputy", "police": "police",
    "series": "series",
    "species": "species", "percent": "percent", "crises": "crisis", "analyses": "analysis",
    "buses": "bus", "viruses": "virus", "gases": "gas", "statuses": "status", "cases": "case",
    "houses": "house", "votes": "vote", "causes": "cause", "data": "data", "media": "media",
    "businesswomen": "businesswoman", "times": "times",
    "movies": "movie", "ties": "tie", "politics": "politics",
}  # fmt: skip


def singular(word: str) -> str:
    """Return the singular of an English noun in lower case."""
    if word in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


_MEASURE = re.compile(
    r"[\s-]?(?P<word>%|‰|percentage[\s-]points?|per\scent|percent|basis[\s-]points?|"
    r"(?:square|cubic|nautical)[\s-](?:kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|"
    r"inch(?:es)?)"
    r"|sq\s(?:km|m|ft)|km/h|k?m²|°\s?[CF]?|deg\s?[CF]|degrees?\s(?:Celsius|Fahrenheit)"
    r"|(?:miles|kilomet(?:er|re)s)\sper\shour|miles\sper\sgallon"
    r"|US\sdollars?|(?:[A-Za-z]+\s)?(?:dollars?|pesos?|pounds?|francs?)"
    r"|[^\W\d_]{1,12}\d?)(?![\w])",
    re.IGNORECASE,
)
_PER_BASES: Final = (
    "hour day week month year second minute person capita barrel litre liter gallon head share "
    "tonne ton kilogram night game inhabitant household hectare ounce pound woman man child"
).split()
_PER: Final = re.compile(
    r"(?:(?P<sure>\s?/|\sper\s|\sfor\severy\s)|\s(?:an?|each)\s(?!\d))"
    r"(?:(?P<per>\d[\d,]*\d)(?!\w)\s?)?"
    rf"(?P<base>(?:{'|'.join(_PER_BASES)}|people|inhabitants|residents)\b"
    r"(?!\s(?:earlier|ago|before|later|after)\b))?",
    re.IGNORECASE,
)
# Words before a number that make it a name: a room, a version, an index, a year of an era.
_LABEL: Final = re.compile(
    r"\b(?:sections?|row|articles?|chapter|page|paragraph|clause|room|channel|route|line|phase|tier|"
    r"level|grade|type|class|version|episode|season|lot|flight|act|model|planet|game|formula|boeing|"
    r"airbus|apollo|windows|ios|android|iso|s\s?&?\s?p|ftse|stoxx|cac|dax|nikkei|asx|russell|fortune|"
    r"tsx|nasdaq|a\.?d\.?|b\.?c\.?|world war|category|hiv|covid|resolution|proposition|amendment|"
    r"highway|interstate|gate|platform|directive|regulation|annex|apartment|postcode|iphone|galaxy|"
    r"playstation|xbox|appendix|docket|volume|rav|id\.|euro|(?-i:Law|Bill|Rule|Title|Table|Figure|"
    r"District|Ward|Radio|Terminal|Unit|Protocol|Measure))[\s-]{0,2}(?:no\.?\s|number\s)?$",
    re.IGNORECASE,
)
# The same, unless a noun follows: "law 12 was", but "that week 12 people died".
_SOFT_LABEL: Final = re.compile(
    r"\b(?:bill|law|rule|unit|terminal|title|table|figure|question|flat|suite|floor|zip(?:\scode)?|"
    r"dial(?:led|ed)?|call(?:ed|ing)?|phone|tel\.?|radio|area|district|ward|precinct|verse|psalm|vol\.?|"
    r"part|step|stage|round|week|day|case|schedule|protocol|convention)"
    r"(?:\s(?:no\.?|number|code))?[\s:]{1,2}$",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:st|nd|rd|th)\b|:\d\d|\s?[ap]\.?m\b|\s?o'clock|\s(?:GMT|UTC|BST|EST|CET)\b"
    r"|\szip\scode",
    re.IGNORECASE,
)
# A house number and its street: "10 Downing Street".
_NAME_AFTER: Final = re.compile(
    r"\s(?:[NSEW]\.?\s)?(?:[A-Z][\w.’']+\s|\d+(?:st|nd|rd|th)\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Way|Boulevard|Blvd|Place|Court)\b"
    r"|\s(?:Ave|Avenue|Rue|Via|Calle)\s[A-Z]|G\b"
)
_AMOUNT_BEFORE: Final = re.compile(
    r"\b(?:about|around|nearly|almost|more than|less than|fewer than|at least|up to|average of|"
    r"total of|"
    r"some|approximately|roughly)\s$",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\s?(?:%|percent|per cent|people|km|miles|kg|jobs|tonnes|homes|cases|deaths|dollars|"
    r"euros|years|votes|members|sq\b|square|hires|seats|calories|units|troops|soldiers|metres|"
    r"meters|pounds|pesos|patients|workers|employees|students|pupils|households|megawatts|MW\b)",
    re.IGNORECASE,
)
_PRONOUN_ONE: Final = re.compile(r"\b(?:no|any|every|each|this|that|the|another|which|some)[ -]$")
_DEFINITE: Final = re.compile(r"\b(?:the|these|those|bottom|top|all|other|any)\s$")
# "the first half of 2020" is a stretch of time or play, not a share.
_PERIOD: Final = re.compile(r"\b(?:first|second|latter|last|other|better)\s$", re.IGNORECASE)

UNITS: Final = UnitWords(
    measures=MEASURES,
    currencies=CURRENCY_WORDS,
    durations={word: word for word in DURATIONS},
    only_after_digits=ONLY_AFTER_DIGITS,
    singular=singular,
    measure=_MEASURE,
    per=_PER,
    per_bases={base: base for base in _PER_BASES}
    | {"people": "people", "inhabitants": "inhabitant", "residents": "resident"},
    more=re.compile(
        r"\s(?:or|and)\s(?:more|fewer|less|so)\s|\smore\s|\s?\+\s|-(?:plus|odd)\s", re.IGNORECASE
    ),
    part_of=re.compile(r"\s(?:of\s)?an?\s", re.IGNORECASE),
    hyphenated=re.compile(
        r"-(?P<word>(?!(?:odd|plus|strong|fold|some|ish|something)\b)[a-z]{3,16})\b"
    ),
    below_zero=re.compile(r"\sbelow\s(?:zero|freezing)\b", re.IGNORECASE),
    times=re.compile(r"fold$", re.IGNORECASE),
    verbs=frozenset(
        word
        for word, forms in FORMS.items()
        if "D" in forms and "B" not in forms and word not in NOUN_PRONE_FORMS
    ),
    of=re.compile(r"\sof\s(?:(?:the|its|their|his|her|these|those|our|my)\s)?"),
    nouns=True,
    scaled={"decade": (Decimal(10), "year"), "century": (Decimal(100), "year")},
    plurals=frozenset("people men women children police lives".split()),
    never_heads=frozenset(
        "per cent each apiece years' days' years old ago percent earlier later".split()
    )
    | MONTHS.keys(),
    label=_LABEL,
    soft_label=_SOFT_LABEL,
    clock=_CLOCK,
    name_after=_NAME_AFTER,
    amount_before=_AMOUNT_BEFORE,
    counted=_COUNTED,
    pair_counts=re.compile(r"\s[a-z]{3,}s\b"),
    half="half",
    one=frozenset({"one"}),
    of_after=re.compile(r"\s(?:of|to|or)\s", re.IGNORECASE),
    period=_PERIOD,
    pronoun_one=_PRONOUN_ONE,
    definite=_DEFINITE,
)
