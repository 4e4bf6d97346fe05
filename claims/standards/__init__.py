"""The standards gate: what a verdict has to meet before it is submitted. Pure code."""

from claims.standards.checks import CHECKS, CODES, Check
from claims.standards.records import Facts, Level, Result
from claims.standards.weighing import lacking, weigh

__all__ = ["CHECKS", "CODES", "Check", "Facts", "Level", "Result", "lacking", "weigh"]
