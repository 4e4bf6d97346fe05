"""Signs and codes of currencies and measures, the same in every language."""

from typing import Final

CURRENCY_SIGNS: Final = {
    "$": "USD", "US$": "USD", "U.S.$": "USD", "US $": "USD", "$US": "USD", "$A": "AUD",
    "S $": "SGD", "A$": "AUD",
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
CODES: Final = frozenset({*CURRENCY_SIGNS.values(), *CURRENCY_CODES})
MEASURE_SIGNS: Final = {
    "%": "percent", "km": "kilometre", "m": "metre", "cm": "centimetre", "mm": "millimetre",
    "kg": "kilogram", "g": "gram", "mg": "milligram", "t": "tonne", "l": "litre",
    "ml": "millilitre", "cl": "centilitre", "dl": "decilitre", "m³": "cubic metre", "m3":
    "cubic metre", "km2": "square kilometre", "km²": "square kilometre", "m2": "square metre",
    "m²": "square metre", "ha": "hectare", "km/h": "kilometre per hour", "°c": "degree Celsius",
    "° c": "degree Celsius", "° f": "degree Fahrenheit", "ºc": "degree Celsius",
    "°f": "degree Fahrenheit", "°": "degree", "w": "watt", "kw": "kilowatt", "mw": "megawatt",
    "gw": "gigawatt", "kwh": "kilowatt hour", "mwh": "megawatt hour", "gwh": "gigawatt hour",
    "twh": "terawatt hour", "gb": "gigabyte", "mb": "megabyte", "tb": "terabyte",
    "kb": "kilobyte", "hz": "hertz", "ghz": "gigahertz", "mhz": "megahertz", "khz": "kilohertz",
    "db": "decibel", "v": "volt", "a": "ampere", "ev": "electronvolt", "gt": "gigatonne",
    "mt": "megatonne", "ppm": "part per million", "ppb": "part per billion",
    "mbps": "megabit per second", "gbps": "gigabit per second",
}  # fmt: skip
