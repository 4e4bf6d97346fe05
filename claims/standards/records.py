from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "off"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a draft and its claim, counted.

    `independent` is how many independent sources the evidence comes from. `undeclared` is how many
    other people who worked on it have not declared their interests. `replies` are the kinds of the
    entries in the log of the right of reply that nobody has corrected.
    """

    has_rating: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    evidence: int = 0
    unverified: int = 0
    independent: int = 0
    primary: int = 0
    supports: int = 0
    refutes: int = 0
    replies: tuple[str, ...] = ()
    claimant: str = ""
    i_declared: bool = False
    undeclared: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A check weighed: whether it holds, and what was found or lacks, in words."""

    code: str
    title: str
    level: Level
    holds: bool
    detail: str

    @property
    def stops(self) -> bool:
        """Whether the verdict cannot be submitted because of it."""
        return self.level == "error" and not self.holds
