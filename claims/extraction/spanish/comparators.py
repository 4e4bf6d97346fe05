"""Spanish words that bound or soften a number."""

import re
from typing import Final

from claims.extraction.records import Comparator
from claims.extraction.vocabulary import ComparatorWords

_BEFORE: Final[tuple[tuple[str, Comparator], ...]] = (
    (r"no más de|como máximo|como mucho|a lo sumo|hasta|un máximo de|máximo de|tope de", "<="),
    (r"al menos|por lo menos|como mínimo|no menos de|un mínimo de|mínimo de|cuando menos", ">="),
    (r"(?:algo |mucho |bastante )?(?:más|mayor|superior(?:es)?|mayores) (?:de|a|que|del|al)|"
     r"por encima "
     r"del?|sobre|super(?:a|an|ó|aron|aba|aban|ando)|rebas(?:a|an|ó|aron)|exced(?:e|en|ió)", ">"),
    (r"(?:algo |mucho |bastante )?(?:menos|menor|inferior(?:es)?|menores) (?:de|a|que|del|al)|"
     r"por debajo "
     r"del?|casi|cerca del?|prácticamente|poco menos de|no llega a", "<"),
    (r"unos|unas|alrededor del?|aproximadamente|en torno al?|cosa de|aprox\.?|~|≈|cerca del?|"
     r"se estima(?: que| en)?|estimad[oa]s? en|más o menos|del orden de", "~"),
    (r">=|≥", ">="),
    (r"<=|≤", "<="),
    (r">", ">"),
    (r"<", "<"),
)  # fmt: skip
_AFTER: Final[tuple[tuple[str, Comparator], ...]] = (
    (r"\s(?:o|y) (?:más|superior|mayores)|\sen adelante|\s?\+", ">="),
    (r"\s(?:o|y) (?:menos|inferior|menores)|\scomo máximo|\scomo mucho", "<="),
    (r"\saproximadamente|\smás o menos|\s(?:largos|aprox\.)", "~"),
)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=\W)|^)(?:{words})\s?(?:(?:el|la|los|las|un|una|unos|unas)\s)?$", re.IGNORECASE
    )


COMPARATORS: Final = ComparatorWords(
    any_before=_before("|".join(words for words, _ in _BEFORE)),
    before=tuple((_before(words), sign) for words, sign in _BEFORE),
    after=tuple((re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE), sign) for words, sign in _AFTER),
    estimate=re.compile(r"\b(?:estimad[oa]|aproximad[oa]) (?:de|en) $", re.IGNORECASE),
)
