"""Benches: `python3 manage.py bench [NAME…]`. Each module has ``run(options: Options) -> Report``.

Three kinds of figure: exact ones and ratios of CPU time may carry a bar that must hold; wall time
is reported and never gates.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCALES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}


@dataclass(frozen=True, slots=True)
class Options:
    """What a bench is told: how many rows to seed, where real input lies, how often to repeat."""

    scale: str = "10k"
    data: Path | None = None
    rounds: int = 7

    @property
    def rows(self) -> int:
        """The number of rows that the scale stands for."""
        return SCALES[self.scale]


@dataclass(slots=True)
class Report:
    """What a bench found: table rows (a column's name to its value), notes, and broken bars."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
