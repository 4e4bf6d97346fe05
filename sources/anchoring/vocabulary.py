"""Words by which a changed passage says something else: numbers, units, negations, directions.

English first; negations of some other languages, because a "not" is short and easily missed.
"""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
NUMBER_WORDS: dict[str, str] = (
    {word: str(value) for value, word in enumerate(_SMALL.split())}
    | {word: str(10 * value) for value, word in enumerate(_TENS.split(), 2)}
    | {word: f"{value}th" for value, word in enumerate(_ORDINALS.split(), 1)}
    | {
        "hundred": "100",
        "hundreds": "100s",
        "thousand": "1000",
        "thousands": "1000s",
        "million": "1000000",
        "millions": "1000000s",
        "billion": "1000000000",
        "billions": "1000000000s",
        "trillion": "1000000000000",
        "dozen": "12",
        "half": "1/2",
        "quarter": "1/4",
        "double": "x2",
        "doubled": "x2",
        "twice": "x2",
        "triple": "x3",
        "tripled": "x3",
        "halved": "/2",
    }
)
# Right after a number only.
MAGNITUDES: dict[str, str] = {
    "k": "1000",
    "mn": "1000000",
    "mln": "1000000",
    "bn": "1000000000",
    "bln": "1000000000",
    "tn": "1000000000000",
    "trn": "1000000000000",
}
CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("$", "dollar", "dollars", "usd"), "usd"),
    **dict.fromkeys(("€", "euro", "euros", "eur"), "eur"),
    **dict.fromkeys(("£", "gbp"), "gbp"),
    **dict.fromkeys(("¥", "yen", "jpy"), "jpy"),
    **dict.fromkeys(("₹", "rupee", "rupees", "inr"), "inr"),
    **dict.fromkeys(("₽", "rouble", "roubles", "ruble", "rubles", "rub"), "rub"),
}
_SAME_UNITS = (
    "m metre metres meter meters",
    "km kilometre kilometres kilometer kilometers",
    "cm centimetre centimetres centimeter centimeters",
    "mm millimetre millimetres millimeter millimeters",
    "mi mile miles",
    "ft foot feet",
    "inch inches",
    "yd yard yards",
    "ha hectare hectares",
    "acre acres",
    "kg kilo kilos kilogram kilograms",
    "g gram grams",
    "mg milligram milligrams",
    "µg microgram micrograms",
    "t tonne tonnes",
    "ton tons",
    "lb lbs pound pounds",
    "oz ounce ounces",
    "l litre litres liter liters",
    "ml millilitre millilitres",
    "gallon gallons",
    "barrel barrels",
    "w watt watts",
    "kw kilowatt kilowatts",
    "mw megawatt megawatts",
    "gw gigawatt gigawatts",
    "kwh",
    "mwh",
    "gwh",
    "twh",
    "c celsius",
    "f fahrenheit",
    "k kelvin",
    "s sec second seconds",
    "min minute minutes",
    "h hr hrs hour hours",
    "day days",
    "week weeks",
    "month months",
    "quarter quarters",
    "year years",
    "decade decades",
    "century centuries",
    "percentage point points",
    "basis",
    "km² km2",
    "mph",
    "kmh",
)
UNITS: dict[str, str] = {
    word: f"unit:{line.split()[0]}" for line in _SAME_UNITS for word in line.split()
}
NEGATIONS = frozenset(
    (
        "not no never none nobody nothing neither nor without cannot hardly barely scarcely false "
        "untrue fail fails failed deny denies denied "
        "nicht kein keine keinen keinem keiner keines nie niemals pas jamais aucun aucune "
        "ningún ninguna nunca jamás não sem non niente nessun nessuna niet geen nooit не нет ни"
    ).split()
)
# Prefixes that turn a word into its contrary: "likely" and "unlikely".
CONTRARY = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti")
QUANTIFIERS = frozenset("all every most few only always majority minority both".split())
_OPPOSITES = (
    ("rose rise rises risen rising raised", "fell fall falls fallen falling lowered"),
    ("increase increases increased increasing", "decrease decreases decreased decreasing"),
    ("grew grow grows grown growing growth", "shrank shrink shrinks shrunk shrinking decline"),
    ("gain gains gained", "loss losses lose loses lost"),
    ("up higher above over more", "down lower below under less fewer"),
    ("maximum", "minimum"),
    ("before until", "after since"),
    ("best", "worst"),
    ("largest biggest highest", "smallest lowest"),
    ("won win wins", "lost lose loses"),
    ("support supports supported", "oppose opposes opposed"),
    ("accept accepts accepted", "reject rejects rejected"),
    ("confirm confirms confirmed", "deny denies denied refute refutes refuted"),
    ("legal", "illegal"),
    ("true", "false"),
    ("guilty", "innocent"),
    ("import imports imported", "export exports exported"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("she her hers", "he him his"),
    ("surplus", "deficit"),
    ("buy bought", "sell sold"),
    ("start started", "stop stopped"),
    ("alive", "dead"),
)
# A word: the number of its pair and its side.
SIDES: dict[str, frozenset[tuple[int, int]]] = {}
for _number, _pair in enumerate(_OPPOSITES):
    for _side, _line in enumerate(_pair):
        for _word in _line.split():
            SIDES[_word] = SIDES.get(_word, frozenset()) | {(_number, _side)}
# Words that begin a sentence with a capital and name nobody.
OPENERS = frozenset(
    (
        "a an the this that these those it its he she they we you i his her their our there here "
        "in on at by for from with to of as and but or nor so yet if when while after before since "
        "until during because although though however moreover also then thus not no yes what who "
        "which where why how all some many most more few each every both mr mrs ms dr der die das "
        "ein eine le la les un une el los las il lo"
    ).split()
)
