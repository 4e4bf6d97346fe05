"""The languages whose numbers, dates and sentences are read; of any other, the digits alone."""

from typing import Final

from claims.extraction.english.vocabulary import ENGLISH
from claims.extraction.spanish.vocabulary import SPANISH
from claims.extraction.vocabulary import Vocabulary

__all__ = ["ENGLISH", "SPANISH", "vocabulary"]

_KNOWN: Final = {"en": ENGLISH, "es": SPANISH}
_ANY: Final = Vocabulary(code="")


def vocabulary(language: str) -> Vocabulary:
    """Return what is known of a language by its code, such as "es" or "es-MX"."""
    return _KNOWN.get(language.lower().replace("_", "-").split("-", maxsplit=1)[0], _ANY)
