"""All that the number, date and sentence layers know of English."""

from typing import Final

from claims.extraction.english.changes import CHANGES
from claims.extraction.english.comparators import COMPARATORS
from claims.extraction.english.dates import DATES
from claims.extraction.english.numbers import NUMBERS
from claims.extraction.english.units import UNITS
from claims.extraction.vocabulary import Vocabulary

ENGLISH: Final = Vocabulary(
    code="en",
    numbers=NUMBERS,
    units=UNITS,
    comparators=COMPARATORS,
    changes=CHANGES,
    dates=DATES,
)
