"""Spanish date expressions: "el 3 de mayo de 2021", "hace tres años", "en marzo pasado"."""

import re
from typing import Final

from claims.extraction.spanish.numbers import NUMBERS
from claims.extraction.vocabulary import DateWords

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
            "septiembre setiembre", "octubre", "noviembre", "diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
    )
    for name in names.split()
}
_UNITS: Final = {
    "día": "day", "días": "day", "semana": "week", "semanas": "week", "mes": "month",
    "meses": "month", "año": "year", "años": "year", "década": "decade", "décadas": "decade",
    "siglo": "century", "siglos": "century", "trimestre": "quarter", "fin de semana": "weekend",
}  # fmt: skip
_DECADES: Final = {
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
    "ochenta": 80, "noventa": 90,
}  # fmt: skip
_SEASONS: Final = {"primavera": 3, "verano": 6, "otoño": 9, "invierno": 12}
_FEASTS: Final = {"nochebuena": (12, 24), "nochevieja": (12, 31), "año nuevo": (1, 1)}
_ROMAN: Final = {
    name: value
    for value, name in enumerate("xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split(), start=11)
}
_CENTURY = "|".join(sorted(_ROMAN, key=len, reverse=True))
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_SEASON = f"(?:{'|'.join(_SEASONS)})"
_UNIT = r"(?:días?|semanas?|mes(?:es)?|años?|décadas?|siglos?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\.?º)?"
_YEAR = r"(?:1[5-9]\d\d|2[01]\d\d)"
_OF_YEAR = (
    rf"(?:{_YEAR}|este\saño|(?:el\s)?(?:año\s)?pasado(?:\saño)?|presente\saño|"
    r"aquel\saño|ese\s(?:mismo\s)?año|mismo\saño|año\s(?:anterior|siguiente))"
)
_NUMBER = (
    r"(?:\d{1,4}|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|"
    r"treinta|cuarenta|cincuenta|cien|unos\spocos|unas\spocas|pocos|pocas|varios|varias|medio|media)"
)
_ORDINAL = r"(?:primer|segundo|tercer|cuarto|último)"

_RULES: Final = (
    ("iso", rf"(?P<iso_v>{_YEAR}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01]))(?!\d)"),
    ("numeric", r"(?P<numeric_a>\d{1,2})(?P<numeric_s>[./-])(?P<numeric_b>\d{1,2})(?P=numeric_s)"
                rf"(?P<numeric_y>{_YEAR})(?!\d)"),
    ("daymonths", rf"(?:(?:del|desde\sel|entre\sel)\s)?(?P<daymonths_a>{_DAY})"
                  rf"(?:\sde\s(?P<daymonths_m>{_MONTH}))?\s?(?:al?|y|hasta|[-–])\s?(?:el\s)?"
                  rf"(?P<daymonths_b>{_DAY})\sde\s(?P<daymonths_n>{_MONTH})"
                  rf"(?:,?\s(?:de|del)\s(?P<daymonths_y>{_OF_YEAR}))?(?!\w)"),
    ("dmy", rf"(?:(?:el\s)?{_WEEKDAY},?\s)?(?:el\s)?(?P<dmy_d>{_DAY}|"
            rf"primero)\sde\s(?P<dmy_m>{_MONTH})"
            rf"(?:,?\s(?:del?\s)?(?P<dmy_y>{_OF_YEAR}))?(?!\w)"),
    ("years", rf"(?:(?:de|desde|entre|del)\s)?(?P<years_a>{_YEAR})\s?(?:a|al|y|hasta|[-–—/])\s?"
              rf"(?P<years_b>{_YEAR}|\d\d)(?![\w%]|[.,]?\d|\s%)"),
    ("quarter", rf"(?:el\s)?(?P<quarter_n>{_ORDINAL})\strimestre(?:\s(?:de|del)\s"
                rf"(?P<quarter_y>{_OF_YEAR}))?(?!\w)"),
    ("half", rf"(?:el\s)?(?P<half_n>primer|segundo)\ssemestre(?:\s(?:de|"
             rf"del)\s(?P<half_y>{_OF_YEAR}))?"
             r"(?!\w)"),
    ("part", rf"(?:a\s)?(?P<part_w>principios|comienzos|inicios|mediados|finales|"
             rf"fines)\sde(?:l\saño)?"
             rf"\s(?:(?P<part_m>{_MONTH})\s(?:de\s)?)?(?P<part_y>{_YEAR})(?!\w)"),
    ("month", rf"(?P<month_m>{_MONTH})\s(?:de(?:l)?\s)(?P<month_y>{_YEAR}|"
              rf"(?:año\s)?pasado(?:\saño)?)(?!\w)"),
    ("months", rf"(?:de|desde|entre)\s(?P<months_m>{_MONTH})(?:\sde\s(?P<months_y>{_YEAR}))?\s"
               rf"(?:a|y|hasta)\s(?P<months_n>{_MONTH})\sde\s(?P<months_z>{_YEAR})(?!\w)"),
    ("monthpart", rf"a\s(?P<monthpart_w>principios|comienzos|inicios|mediados|finales|fines)\sde\s"
                  rf"(?P<monthpart_m>{_MONTH})(?!\w|\s\d|\sdel?\s(?:\d|año|pasado))"),
    ("decade", rf"(?:la\s)?(?:década\sde\s(?:los\s)?|los\saños\s)(?P<decade_v>{_YEAR})(?!\w)"),
    ("nineties", rf"(?:los\saños|"
                 rf"la\sdécada\sde\s(?:los\s)?)\s?(?P<nineties_v>{'|'.join(_DECADES)}|[2-9]0)"
                 r"(?!\w)"),
    ("century", rf"(?:el\s)?siglo\s(?P<century_n>{_CENTURY})(?!\w)"),
    ("away", rf"{_NUMBER}\s{_UNIT}\s(?:después|más\starde|antes)(?!\w)"),
    ("nextday", r"(?:al\sdía\ssiguiente|el\sdía\s(?:anterior|siguiente))(?!\w)"),
    ("ago", rf"hace\s(?:(?P<ago_q>unos|unas|casi|más\sde|cerca\sde|alrededor\sde)\s)?"
            rf"(?P<ago_n>{_NUMBER})\s(?P<ago_u>{_UNIT})(?!\w)"),
    ("rel", rf"(?:el|la|este|esta)?\s?(?P<rel_u>semana|mes|año|década|siglo|trimestre|"
            rf"fin\sde\ssemana|"
            rf"{_SEASON}|{_WEEKDAY}|{_MONTH})\s(?P<rel_w>pasad[oa]|anterior|próxim[oa]|que\sviene|"
            r"siguiente)(?!\w)"),
    ("rel2", rf"(?P<rel2_w>(?:el|la|del|al)\s(?:pasad[oa]|próxim[oa])|est[ea]|el\sactual|"
             rf"el\spresente)\s"
             rf"(?P<rel2_u>semana|mes|año|década|siglo|trimestre|fin\sde\ssemana|{_SEASON}|{_WEEKDAY}|"
             rf"{_MONTH})(?!\w|\sde\s\d)"),
    ("past", rf"(?:(?:en|durante)\s)?(?:los|las|el|la)\s(?P<past_w>últim[oa]s?|próxim[oa]s?)\s"
             rf"(?:(?P<past_n>{_NUMBER})\s)?(?P<past_u>{_UNIT})(?!\w)"),
    ("season", rf"(?:la|el)\s(?P<season_n>{_SEASON})\sde\s(?P<season_y>{_YEAR})(?!\w)"),
    ("yearend", r"(?:el\s)?(?:fin(?:al)?\sde(?:l)?\saño|cierre\sdel\saño)"),
    ("feast", rf"(?P<feast_n>{'|'.join(_FEASTS)})(?:\sde\s(?P<feast_y>{_YEAR}))?(?!\w)"),
    ("day", r"(?P<day_v>hoy|ayer|anteayer|anoche|esta\s(?:mañana|tarde|noche)|"
            r"(?<!la\s)(?<!esta\s)(?<!por\sla\s)(?<!de\sla\s)mañana)(?!\w)"),
    ("weekday", rf"(?:el|este)\s(?P<weekday_n>{_WEEKDAY})(?!\w)"),
    ("year", rf"(?P<year_v>{_YEAR})(?![\w%]|[.,:]\d|\s%|\s(?:por\sciento|personas|votos|km|"
             r"kilómetros|viviendas|empleos|casos|muertes|muertos|dólares|euros|toneladas|pesos|"
             r"trabajadores|empleados|pacientes|escaños|soldados|millones|metros|unidades|miembros|"
             r"alumnos|estudiantes|hogares|habitantes|años)\b)"),
    ("bare", rf"(?:(?:en|de|desde|hasta|para|durante)\s)"
             rf"(?P<bare_m>{_MONTH})(?!\w|\s\d|\sdel?\s(?:\d|año|pasado)|\s(?:pasado|próximo|anterior|"
             r"que\sviene))"),
)  # fmt: skip

DATES: Final = DateWords(
    rules=_RULES,
    triggers=frozenset("hoy tarde noche mañana semestre 80 90".split()),
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    seasons=_SEASONS,
    units=_UNITS,
    counts={
        "": 1, "un": 1, "una": 1, "uno": 1, "pocos": 3, "pocas": 3, "unos pocos": 3,
        "unas pocas": 3, "varios": 3, "varias": 3, "medio": 0.5, "media": 0.5,
    },
    shifts={"pasad": -1, "anterior": -1, "último": -1, "próxim": 1, "viene": 1, "siguiente": 1},
    told=("anterior", "siguiente"),
    days={"ayer": -1, "anteayer": -2, "anoche": -1, "mañana": 1},
    ordinals={**NUMBERS.ordinals, "último": 4, **_ROMAN},
    decades=_DECADES,
    feasts=_FEASTS,
    early=("principios", "comienzos", "inicios"),
    middle=("mediados",),
    last_year=("pasado",),
    other_year=("aquel", "ese", "mismo", "anterior", "siguiente"),
    forward=frozenset({"próximo", "próxima", "próximos", "próximas"}),
    rough=frozenset({"pocos", "pocas", "unos pocos", "unas pocas", "varios", "varias"}),
    day_first=True,
    ahead=re.compile(
        r"\b(?:[^\W\d_]{3,}(?:ará|erá|irá|arán|erán|irán|aría|ería|iría)|será|serán|va a|van a|"
        r"próxim[oa]s?|prevé|prevén|previst[oa]s?|previsión|debe|deben|podría|podrían|tendrá|"
        r"empieza|comienza|termina|habrá)\b",
        re.IGNORECASE,
    ),
    amount_before=re.compile(
        r"\b(?:unos|unas|casi|cerca de|alrededor de|más de|menos de|al menos|total de)\s$",
        re.IGNORECASE,
    ),
    duration_end=re.compile(r"^hace\s|(?:días|años|meses|semanas|horas)$|\s(?:después|antes|tarde)$",
                            re.IGNORECASE),
)  # fmt: skip
