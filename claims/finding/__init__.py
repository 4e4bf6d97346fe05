"""Passages of archived texts that may bear on a claim: pure code, no framework, no network."""

from claims.finding.question import question
from claims.finding.ranking import find, rank
from claims.finding.records import Embedder, Figure, Finding, Passage, Text

__all__ = ["Embedder", "Figure", "Finding", "Passage", "Text", "find", "question", "rank"]
