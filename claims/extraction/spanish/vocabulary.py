"""All that the number, date and sentence layers know of Spanish."""

from typing import Final

from claims.extraction.spanish.changes import CHANGES
from claims.extraction.spanish.comparators import COMPARATORS
from claims.extraction.spanish.dates import DATES
from claims.extraction.spanish.numbers import NUMBERS
from claims.extraction.spanish.units import UNITS
from claims.extraction.spanish.words import CLASSES, SENTENCES
from claims.extraction.vocabulary import Vocabulary

SPANISH: Final = Vocabulary(
    code="es",
    numbers=NUMBERS,
    units=UNITS,
    comparators=COMPARATORS,
    changes=CHANGES,
    dates=DATES,
    sentences=SENTENCES,
    classes=CLASSES,
)
