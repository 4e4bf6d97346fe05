"""Comparing a claim with earlier ones: words, numbers, dates. Pure code, no framework, no clock."""

from claims.comparing.agreement import Comparison, Point, Relation, Statement, compare
from claims.comparing.covering import covered, stems
from claims.comparing.ordering import Candidate, Embedder, in_order
from claims.comparing.words import hash_of, primary, searchable

__all__ = [
    "Candidate",
    "Comparison",
    "Embedder",
    "Point",
    "Relation",
    "Statement",
    "compare",
    "covered",
    "hash_of",
    "in_order",
    "primary",
    "searchable",
    "stems",
]
