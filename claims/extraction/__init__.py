"""Splitting an article into checkable claims: pure code, no framework, no clock, no network."""

from claims.extraction.records import (
    Change,
    ClaimSpan,
    DateSpan,
    NumberSpan,
    QuantitySpan,
    SentenceSpan,
    Splitting,
)
from claims.extraction.splitting import split

__all__ = [
    "Change",
    "ClaimSpan",
    "DateSpan",
    "NumberSpan",
    "QuantitySpan",
    "SentenceSpan",
    "Splitting",
    "split",
]
