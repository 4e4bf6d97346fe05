"""Quotes with the numbers in them to be picked, for the screen that calculates. Pure."""

from dataclasses import dataclass

from claims.calculating import Figure, Written
from claims.calculating.spelling import measured
from claims.forms.calculations import Quoted, readings_of, token
from claims.models import Evidence


@dataclass(frozen=True)
class Reading:
    """One way to read a number: what the form sends for it, and its words."""

    token: str
    words: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a quote; a number has readings, and a problem where it has none."""

    text: str
    readings: tuple[Reading, ...] = ()
    is_unreadable: bool = False


@dataclass(frozen=True)
class Quote:
    """A piece of evidence, cut at its numbers."""

    evidence: Evidence
    pieces: tuple[Piece, ...]
    has_numbers: bool


def quotes_of(quoted: Quoted) -> list[Quote]:
    """Cut each quote at its numbers."""
    return [
        Quote(item, tuple(_pieces(item, found)), any(written.readings for written in found))
        for item, found in quoted
    ]


def _pieces(item: Evidence, found: tuple[Written, ...]) -> list[Piece]:
    pieces, last = [], 0
    for written in found:
        if written.start < last:
            continue
        pieces.append(Piece(item.exact[last : written.start]))
        readings = tuple(
            Reading(token(pick), _words(written, figure))
            for figure, pick in readings_of(item, written)
        )
        pieces.append(Piece(written.text, readings, is_unreadable=not readings))
        last = written.end
    return [piece for piece in [*pieces, Piece(item.exact[last:])] if piece.text]


def _words(written: Written, figure: Figure) -> str:
    return written.text if len(written.readings) == 1 else measured(figure.value, "")
