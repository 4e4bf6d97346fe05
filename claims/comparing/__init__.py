"""Comparing a claim with earlier ones: words, numbers, dates. Pure code, no framework, no clock."""

from claims.comparing.agreement import Comparison, Point, Relation, Statement, compare
from claims.comparing.covering import covered, stems
from claims.comparing.ordering import Candidate, Embedder, in_order, likeness, standing
from claims.comparing.words import asked, hash_of, primary, readings, searchable

__all__ = [
    "Candidate",
    "Comparison",
    "Embedder",
    "Point",
    "Relation",
    "Statement",
    "asked",
    "compare",
    "covered",
    "hash_of",
    "in_order",
    "likeness",
    "primary",
    "readings",
    "searchable",
    "standing",
    "stems",
]
