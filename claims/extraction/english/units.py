"""Units and currencies by the words and signs that name them."""

from typing import Final

CURRENCY_SIGNS: Final = {
    "$": "USD", "US$": "USD", "U.S.$": "USD", "US $": "USD", "$US": "USD", "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD", "NZ $": "NZD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "₦": "NGN", "฿": "THB", "₱": "PHP", "₫": "VND", "Rs": "INR", "Rs.": "INR", "RM": "MYR",
    "Y=": "JPY",
    "Bs": "BOB", "Bs.": "BOB", "CHF": "CHF", "Fr": "CHF", "kr": "SEK", "zł": "PLN", "S/": "PEN",
}  # fmt: skip
CURRENCY_CODES: Final = frozenset(
    """USD EUR GBP JPY CHF AUD NZD CAD HKD SGD CNY INR RUB KRW TRY ILS NGN THB PHP VND MYR BOB
    SEK NOK DKK PLN PEN BRL MXN ARS CLP COP ZAR KES UAH CZK HUF IDR RMB AED SAR EGP PKR
    BDT""".split()
)
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
MEASURES: Final = {
    "%": "percent", "percent": "percent", "per cent": "percent", "pct": "percent", "pc": "percent",
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
    "square kilometer": "square kilometre", "square meter": "square metre", "m2": "square metre",
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
    "fold": "times", "mt": "megatonne",
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
    "businesswomen": "businesswoman", "movies": "movie", "ties": "tie", "politics": "politics",
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
