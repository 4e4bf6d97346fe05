"""Passages of archived texts that may bear on a claim: pure code, no framework, no network."""

from claims.finding.question import question
from claims.finding.ranking import find, rank
from claims.finding.records import Cell, Embedder, Figure, Finding, Part, Passage, Table, Text

__all__ = [
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
