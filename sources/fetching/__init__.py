"""Fetching without Django: addresses read once, checked, and fetched within bounds."""

from sources.fetching.client import fetch, precheck
from sources.fetching.codes import CODES, FetchError
from sources.fetching.policy import Condition, FetchPolicy
from sources.fetching.results import Exchange, FetchResult, Hop
from sources.fetching.urls import parse

__all__ = [
    "CODES",
    "Condition",
    "Exchange",
    "FetchError",
    "FetchPolicy",
    "FetchResult",
    "Hop",
    "fetch",
    "parse",
    "precheck",
]
