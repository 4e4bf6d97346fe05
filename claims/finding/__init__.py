"""Passages of archived texts that may bear on a claim: pure code, no framework, no network."""

from claims.finding.question import question
from claims.finding.ranking import find, rank
from claims.finding.records import Cell, Embedder, Figure, Finding, Part, Passage, Table, Text
from claims.finding.shortlist import MOST_CELLS

__all__ = [
    "MOST_CELLS",
    "Cell",
    "Embedder",
    "Figure",
    "Finding",
    "Part",
    "Passage",
    "Table",
    "Text",
    "find",
    "question",
    "rank",
]
