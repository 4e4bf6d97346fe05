"""A text as it is searched for: addresses left out, hashtags in words, numbers in one form."""

import hashlib
import re
import unicodedata
from typing import Final

# Longer texts are cut: a claim with its title and summary is never that long.
MOST_CHARACTERS: Final = 6000
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S*", re.IGNORECASE)
# Who posted it and when, as pages quote posts: "… — Name (@name) March 4, 2020".
_SIGNATURE = re.compile(r"\s[—–-]\s([^—–]{0,120})\((@\w+)\)\s+\w+ \d{1,2}, \d{4}\s*$")
_TAG = re.compile(r"[#@](\w+)")
_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f\u2009'](?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"'s\b")
# A full stop stays inside a number, an apostrophe inside a word, a percent sign where it is.
_OTHER = re.compile(r"[^\w%.']+|\.(?!\d)|(?<!\d)\.|(?<!\w)'|'(?!\w)")


def searchable(text: str) -> str:
    """Return the words of `text` in lower case, apart by single spaces; never raises."""
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).replace("’", "'")
    plain = _ADDRESS.sub(" ", _SIGNATURE.sub(" ", plain))
    plain = _THOUSANDS.sub("", _TAG.sub(_spelled_out, plain)).lower()
    return " ".join(_OTHER.sub(" ", _POSSESSIVE.sub("", plain)).split())


def asked(text: str) -> str:
    """Return the words that a text is looked up by: its own, and the name of who posted it."""
    signed = _SIGNATURE.search(text[:MOST_CHARACTERS])
    poster = searchable(f"{signed[1]} {signed[2]}") if signed else ""
    return f"{searchable(text)} {poster}".strip()


def readings(text: str) -> tuple[str, ...]:
    """Return a text as a model of meaning reads it: plain, and led by who posted it, if signed.

    Addresses are left out and hashtags are words.
    """
    cut = text[:MOST_CHARACTERS]
    plain = _ADDRESS.sub(" ", _SIGNATURE.sub(" ", cut))
    plain = " ".join(_TAG.sub(lambda tag: _JOINT.sub(" ", tag[1]), plain).split())
    signed = _SIGNATURE.search(cut)
    return (plain, f"{signed[1].strip()}: {plain}") if signed and signed[1].strip() else (plain,)


def hash_of(text: str) -> str:
    """Return the SHA-256 of the searchable words as hex: the same for the same wording."""
    return hashlib.sha256(searchable(text).encode("utf-8", "surrogatepass")).hexdigest()


def primary(language: str) -> str:
    """Return the language of a code without its country: "en" for "en-GB"."""
    return language.partition("-")[0].lower()


def _spelled_out(tag: re.Match[str]) -> str:
    """Write #AustralianFires as itself and as its words, so that either finds it."""
    word = tag[1]
    return f"{word} {_JOINT.sub(' ', word)}" if _JOINT.search(word) else word
