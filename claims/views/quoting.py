"""Quotes with the numbers in them to be picked, for the screen that calculates. Pure."""

from dataclasses import dataclass

from claims.calculating import Figure, Written
from claims.calculating.spelling import measured
from claims.forms.calculations import Quoted, token
from claims.models import Evidence
from claims.picking import Pick


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
            Reading(token(_pick(item, written, mark)), _words(written, figure))
            for figure, mark in zip(written.readings, written.marks, strict=True)
        )
        pieces.append(Piece(written.text, readings, is_unreadable=not readings))
        last = written.end
    return [piece for piece in [*pieces, Piece(item.exact[last:])] if piece.text]


def _pick(item: Evidence, written: Written, mark: str) -> Pick:
    chosen = mark if len(written.readings) > 1 else ""
    return Pick(evidence=item, start=written.start, end=written.end, mark=chosen)


def _words(written: Written, figure: Figure) -> str:
    return written.text if len(written.readings) == 1 else measured(figure.value, "")
