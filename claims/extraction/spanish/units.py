"""What numbers count in Spanish: measures by their English names, nouns as they are."""

import re
from decimal import Decimal
from typing import Final

from claims.extraction import symbols
from claims.extraction.vocabulary import UnitWords

_MEASURES: Final = symbols.MEASURE_SIGNS | {
    "por ciento": "percent", "por cien": "percent", "porciento": "percent",
    "punto porcentual": "percentage_point", "puntos porcentuales": "percentage_point",
    "punto básico": "basis_point", "puntos básicos": "basis_point", "punto": "point",
    "kilómetro": "kilometre", "metro": "metre", "centímetro": "centimetre",
    "milímetro": "millimetre", "milla": "mile", "pie": "foot", "hectárea": "hectare",
    "kilómetro cuadrado": "square kilometre", "kilómetros cuadrados": "square kilometre",
    "metro cuadrado": "square metre", "metros cuadrados": "square metre",
    "metro cúbico": "cubic metre", "metros cúbicos": "cubic metre",
    "kilómetros por hora": "kilometre per hour", "kilo": "kilogram", "kilogramo": "kilogram",
    "gramo": "gram", "tonelada": "tonne", "litro": "litre", "vez": "times", "veces": "times",
    "grado": "degree", "grados celsius": "degree Celsius", "grados centígrados": "degree Celsius",
    "megavatio": "megawatt", "gigavatio": "gigawatt", "kilovatio": "kilowatt", "barril": "barrel",
    "km2": "square kilometre",
}  # fmt: skip
_CURRENCIES: Final = {
    "euro": "EUR", "dólar": "USD", "dolar": "USD", "libra": "GBP", "yen": "JPY", "yuan": "CNY",
    "rublo": "RUB", "peso": "peso", "boliviano": "BOB", "sol": "PEN", "real": "BRL",
    "franco": "CHF", "bolívar": "VES", "colón": "CRC", "quetzal": "GTQ", "lempira": "HNL",
    "guaraní": "PYG", "céntimo": "cent", "centavo": "cent",
}  # fmt: skip
_DURATIONS: Final = {
    "segundo": "second", "minuto": "minute", "hora": "hour", "día": "day", "semana": "week",
    "mes": "month", "año": "year", "década": "decade", "siglo": "century", "trimestre": "quarter",
    "quincena": "fortnight", "noche": "night", "decenio": "decade", "lustro": "lustrum",
}  # fmt: skip
_IRREGULAR: Final = {
    "meses": "mes", "países": "país", "veces": "vez", "crisis": "crisis", "lunes": "lunes",
    "tesis": "tesis", "virus": "virus", "personas": "persona", "mujeres": "mujer",
    "jóvenes": "joven", "imágenes": "imagen", "órdenes": "orden", "exámenes": "examen",
    "clases": "clase", "bases": "base", "sedes": "sede", "buques": "buque", "bloques": "bloque",
    "cheques": "cheque", "parques": "parque", "tanques": "tanque", "ataques": "ataque",
    "coches": "coche", "noches": "noche", "hombres": "hombre", "nombres": "nombre",
    "puentes": "puente", "estudiantes": "estudiante", "habitantes": "habitante",
    "migrantes": "migrante", "inmigrantes": "inmigrante", "participantes": "participante",
    "viajes": "viaje", "golpes": "golpe", "informes": "informe", "clientes": "cliente",
    "pacientes": "paciente", "docentes": "docente", "accidentes": "accidente",
    "agentes": "agente", "gentes": "gente", "partes": "parte", "jefes": "jefe", "euros": "euro",
    "artes": "arte", "fuentes": "fuente", "aviones": "avión", "dólares": "dólar",
}  # fmt: skip
# Endings of plurals in -es whose singular keeps the e.
_KEEPS_E: Final = ("ntes", "rtes", "stes", "ques", "ches", "bres", "jes", "fes", "nces", "ses")
_WORD = r"[^\W\d_]{1,14}"
_MEASURE: Final = re.compile(
    r"\s?(?P<word>%|‰|por\s?ciento|por\scien\b|puntos?\s(?:porcentual(?:es)?|básicos?)|"
    r"(?:kiló|milí|centí)?metros?\s(?:cuadrados?|cúbicos?)|kilómetros\spor\shora|km/h|k?m²|"
    r"grados\s(?:celsius|centígrados)|°\s?[CF]?|º\s?C|" + _WORD + r"\d?)(?!\w)",
    re.IGNORECASE,
)
# "3 millones de euros": the measure stands behind "de".
_OF = re.compile(r"\sde\s(?:(?:los|las|sus|estos|estas|esos|esas)\s)?", re.IGNORECASE)
_BASES: Final = {
    "hora": "hour", "día": "day", "semana": "week", "mes": "month", "año": "year",
    "persona": "person", "cápita": "capita", "habitante": "inhabitant", "barril": "barrel",
    "litro": "litre", "kilo": "kilogram", "tonelada": "tonne", "hectárea": "hectare",
    "habitantes": "inhabitant", "personas": "people", "minuto": "minute", "segundo": "second",
}  # fmt: skip
_PER: Final = re.compile(
    r"(?:(?P<sure>\s?/|\spor\s(?:cada\s)?|\spor\scada\s)|\s(?:al|a\sla|cada)\s(?!\d))"
    r"(?:(?P<per>\d[\d.]*\d)(?!\w)\s?)?"
    rf"(?P<base>(?:{'|'.join(sorted(_BASES, key=len, reverse=True))})\b)?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\b(?:artículos?|art\.|sección|capítulo|página|párrafo|sala|canal|ruta|línea|fase|nivel|grado|"
    r"tipo|clase|versión|episodio|temporada|vuelo|modelo|fórmula|boeing|airbus|apolo|windows|ibex|"
    r"s\s?&?\s?p|ftse|dax|nikkei|covid|resolución|ley|decreto|directiva|anexo|autopista|carretera|"
    r"código|expediente|teléfono|calle|avenida|plaza|carrera|kilómetro|volumen|tomo|planta|"
    r"categoría|grupo|g)[\s-]{0,2}(?:n\.?[º°]\s|número\s|postal\s)?$",
    re.IGNORECASE,
)
_AMOUNT_BEFORE: Final = re.compile(
    r"\b(?:unos|unas|casi|cerca de|alrededor de|más de|menos de|al menos|hasta|total de|"
    r"aproximadamente|media de|promedio de)\s$",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\s?(?:%|por\s?ciento|personas|km|kilómetros|millas|kg|empleos|toneladas|viviendas|casos|"
    r"muertes|muertos|dólares|euros|años|votos|miembros|metros|escaños|unidades|soldados|pesos|"
    r"pacientes|trabajadores|empleados|alumnos|hogares|estudiantes|millones|habitantes)\b",
    re.IGNORECASE,
)


def singular(word: str) -> str:
    """Return the singular of a Spanish noun in lower case, as far as its ending tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("is", "us")):
        return word
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    if word.endswith("iones"):
        return f"{word[:-5]}ión"
    if word.endswith("es") and not word.endswith(_KEEPS_E) and word[-3] in "lrndjy":
        return word[:-2]
    return word[:-1]


UNITS: Final = UnitWords(
    measures=_MEASURES,
    currencies=_CURRENCIES,
    durations=_DURATIONS,
    only_after_digits=frozenset("m g t l w v a h s ha min p mb".split()),
    singular=singular,
    measure=_MEASURE,
    per=_PER,
    per_bases=_BASES,
    more=re.compile(r"\so\s(?:más|menos)\s|\smás\s|\s?\+\s", re.IGNORECASE),
    of=_OF,
    part_of=re.compile(r"\sde\s(?=punto)", re.IGNORECASE),
    below_zero=re.compile(r"\sbajo\scero\b", re.IGNORECASE),
    nouns=True,
    # Spanish news counts tenths of a percentage point: "subió tres décimas".
    scaled={
        "decade": (Decimal(10), "year"),
        "century": (Decimal(100), "year"),
        "décima": (Decimal("0.1"), "percentage_point"),
    },
    names=re.compile(r"(?<=\ba\slas\s)\d{1,2}[.:]\d\d\b|(?<!\w)\d{1,2}-[A-Z]\b"),
    head_first=True,
    never_heads=frozenset(
        "por ciento cada uno una después antes atrás más menos respecto que enero febrero marzo "
        "abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre".split()
    ),
    label=_LABEL,
    clock=re.compile(
        r":\d\d|\.?[ºª°]|\s?[ap]\.\s?m\b|\s?h\b(?!a)|\shoras\sde\sla\s", re.IGNORECASE
    ),
    amount_before=_AMOUNT_BEFORE,
    counted=_COUNTED,
    pair_counts=re.compile(r"\s[a-záéíóúñ]{3,}s\b"),
    one=frozenset({"uno", "una", "un"}),
    of_after=re.compile(r"\sde\s", re.IGNORECASE),
    definite=re.compile(r"\b(?:los|las|estos|estas|esos|esas|todos|todas)\s$"),
)
