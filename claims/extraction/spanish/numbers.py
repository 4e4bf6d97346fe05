"""Spanish numbers: decimal comma, "mil millones", "dos tercios", "uno de cada cinco"."""

import re
from decimal import Decimal
from typing import Final

from claims.extraction.vocabulary import NumberWords

_SMALL: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_TENS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS: Final = (
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
).split()
_CARDINALS: Final = (
    {word: Decimal(value) for value, word in enumerate(_SMALL)}
    | {word: Decimal(10 * value) for value, word in enumerate(_TENS, start=3)}
    | {word: Decimal(100 * value) for value, word in enumerate(_HUNDREDS, start=2)}
    | {f"{word[:-2]}as": Decimal(100 * value) for value, word in enumerate(_HUNDREDS, start=2)}
    | {
        "un": Decimal(1), "una": Decimal(1), "veintiún": Decimal(21), "veintiuna": Decimal(21),
        "veintidos": Decimal(22), "veintitres": Decimal(23), "veintiseis": Decimal(26),
        "dieciseis": Decimal(16), "cien": Decimal(100), "ciento": Decimal(100),
    }
)  # fmt: skip
_MAGNITUDES: Final = {
    "mil": Decimal(1000),
    "millón": Decimal(10**6),
    "millon": Decimal(10**6),
    "millones": Decimal(10**6),
    "billón": Decimal(10**12),
    "billones": Decimal(10**12),
    "trillones": Decimal(10**18),
}
_MULTIPLIERS: Final = {"docena": Decimal(12), "decena": Decimal(10), "centenar": Decimal(100),
                       "millar": Decimal(1000), "veintena": Decimal(20), "treintena": Decimal(30),
                       "quincena": Decimal(15), "cincuentena": Decimal(50)}  # fmt: skip
_PLURALS: Final = {
    "decenas": Decimal(10), "docenas": Decimal(12), "cientos": Decimal(100),
    "centenares": Decimal(100), "miles": Decimal(1000), "millares": Decimal(1000),
    "millones": Decimal(10**6), "centenas": Decimal(100),
}  # fmt: skip
_PARTS: Final = {
    "tercio": Decimal(1) / 3, "tercera parte": Decimal(1) / 3, "cuarto": Decimal("0.25"),
    "cuarta parte": Decimal("0.25"), "quinto": Decimal("0.2"), "quinta parte": Decimal("0.2"),
    "sexto": Decimal(1) / 6, "sexta parte": Decimal(1) / 6, "séptimo": Decimal(1) / 7,
    "octavo": Decimal("0.125"), "noveno": Decimal(1) / 9, "décimo": Decimal("0.1"),
    "décima parte": Decimal("0.1"), "cuartas partes": Decimal("0.25"),
    "quintas partes": Decimal("0.2"), "terceras partes": Decimal(1) / 3,
    "décimas partes": Decimal("0.1"), "tercios": Decimal(1) / 3, "cuartos": Decimal("0.25"),
    "quintos": Decimal("0.2"), "sextos": Decimal(1) / 6, "octavos": Decimal("0.125"),
    "décimos": Decimal("0.1"),
}  # fmt: skip
_ORDINALS: Final = {
    word: value
    for value, words in enumerate(
        (
            "primero primera primer", "segundo segunda", "tercero tercera tercer",
            "cuarto cuarta", "quinto quinta", "sexto sexta", "séptimo séptima",
            "octavo octava", "noveno novena", "décimo décima",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_LONGEST = sorted(_CARDINALS, key=len, reverse=True)
# "un" and "una" are articles unless a magnitude follows.
_CARDINAL = "|".join(word for word in _LONGEST if word not in {"un", "una", "uno"})
_ANY_CARDINAL = "|".join(_LONGEST)
_MAGNITUDE = "|".join(sorted(_MAGNITUDES, key=len, reverse=True))
_GROUP = "|".join(sorted(_MULTIPLIERS, key=len, reverse=True))
_PLURAL = "|".join(sorted(_PLURALS, key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WORDS = (
    rf"(?P<words>(?:medi[oa]\s(?=(?:{_MAGNITUDE}|{_GROUP})\b)|una?\s(?=(?:mill[oó]n|bill[oó]n|"
    rf"{_GROUP})\b))?(?:{_CARDINAL}|{_MAGNITUDE}|{_GROUP}|"
    r"un[oa](?=\sde\s(?:los|las|sus|estos|estas)\b))"
    rf"(?:\s(?:y\s)?(?:{_ANY_CARDINAL}|{_MAGNITUDE})){{0,9}}(?:\sy\smedi[oa])?)\b"
)
_FRACTION = (
    rf"(?P<fraction>(?P<top>un|una|la|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\s(?P<part>{_PART}))\b"
    r"(?:\sde\s(?P<whole>millón|billón)\b|(?!\s(?!(?:de|del|más|menos|en|entre|y|o|votó|votaron|respecto|hasta)\b)\w))"
    r"|(?P<half>(?:la|una)\smitad)(?=\s(?:de|del)\b|\W|$)"
    rf"|(?P<of_a>(?:{_ANY_CARDINAL})|\d{{1,4}})\sde\scada\s(?P<of_b>{_ANY_CARDINAL}|\d{{1,3}}(?:\.\d{{3}})+|\d{{1,5}})"
    r"(?!\s(?:mil|millones)\b|[\w.,]\d|\w)"
    rf"|(?P<fold>\d{{1,4}})(?=\sveces\b)"
)
_VAGUE = (
    rf"(?P<vague>(?:decenas|docenas|cientos|centenares|centenas|miles|millares|millones)"
    rf"(?:\sde\s(?:{_PLURAL})(?!\w))?|(?:varios|varias|unos\spocos|unas\spocas)\s"
    rf"(?:cientos|miles|millones|centenares))\b"
)
_RANK = re.compile(
    rf"(?:(?<!\w)(?P<mark>#|n\.?[º°]\s?|número\s)(?P<sign>\d{{1,3}}|uno|dos|tres)\b"
    rf"|\b(?P<word>{_ORDINAL})\s(?P<after>lugar|puesto|posición|plaza|(?=con\s)|"
    r"(?:[^\W\d_]+\s)?(?:más|mejor|mayor|peor|menor)\b)"
    r"|(?<!\w)(?P<digits>\d{1,3})\.?(?:[ºª°]|er|a)\s(?:lugar|puesto|posición|plaza)"
    rf"|\b(?:quedó|terminó|acabó|llegó|queda|finalizó)\s(?:en\s)?(?:(?P<placed>primer[oa]|"
    r"segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]|séptim[oa]|octav[oa])|"
    r"(?P<placed_digits>\d{1,3})\.?[ºª°])(?!\w))",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?P<no>sin|ningún|ninguna|no\s(?:hubo|hay|había|habrá|se\sregistraron|causó|dejó))\s"
    r"(?P<noun>heridos|heridas|muertos|víctimas|daños|detenidos|fallecidos|herido|muerto|víctima)\b",
    re.IGNORECASE,
)
_GLUED_UNITS = (
    r"[kcm]?m[²2³3]?|kg|mg|g|t|l|ml|[kKMG]W[hH]?|[KMGT]B|[kMG]?[hH]z|ha|h|min|s|°|º|ª|W|V|A|p|"
    r"km/h|M"
)

NUMBERS: Final = NumberWords(
    decimal=",",
    cardinals=_CARDINALS,
    multipliers=_MULTIPLIERS,
    magnitudes=_MAGNITUDES,
    short_magnitudes={"m": Decimal(10**6), "mm": Decimal(10**6), "mill.": Decimal(10**6)},
    plurals=_PLURALS,
    parts=_PARTS,
    several={"varios": Decimal(3), "varias": Decimal(3), "unos pocos": Decimal(3),
             "unas pocas": Decimal(3)},
    ordinals=_ORDINALS,
    joiners=frozenset({"y", "de"}),
    half_words=frozenset({"medio", "media"}),
    and_half=r"y\smedi[oa]",
    words_pattern=_WORDS,
    fraction_pattern=_FRACTION,
    vague_pattern=_VAGUE,
    one_pattern=r"(?P<none>ningun[oa])(?=\sde\s(?:los|las|sus|estos|estas)\b)",
    glued_pattern=r"(?P<glued>\d+(?:[.,]\d+)?)\s?(?P<short>M(?=\s?[€$])|mill\.)",
    glued_units=_GLUED_UNITS,
    minus=re.compile(
        r"(?:^|[\s($€])(?P<sign>(?<!al\s)(?<!lo\s)(?<!ndo\s)menos\s|[-−])$", re.IGNORECASE
    ),
    part_per=re.compile(r"\bpor\s$", re.IGNORECASE),
    rank=_RANK,
    nothing=_NOTHING,
    range_join=re.compile(r"\s?[-–—]\s?|\s(?:a|al|y|e|o|u|hasta)\s(?:el\s)?", re.IGNORECASE),
    between=re.compile(
        r"\b(?:entre|de|del|desde)\s(?:el\s|los\s|las\s|un\s)?[^\w]{0,3}$", re.IGNORECASE
    ),
    range_and=frozenset({"y", "e"}),
    range_or=frozenset({"o", "u"}),
    range_from=re.compile(r"^(?:de|del|desde)\b", re.IGNORECASE),
    outcome=re.compile(r"\s(?:en|un)$", re.IGNORECASE),
)  # fmt: skip
