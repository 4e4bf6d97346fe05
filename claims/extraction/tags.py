"""The tags that words get, and a tagged sentence."""

from dataclasses import dataclass
from typing import Literal

from claims.extraction.tokens import Token

Tag = Literal[
    "det", "prep", "coord", "sub", "rel", "pron", "obj", "aux", "verb", "base", "ing", "part",
    "to", "adv", "num", "noun", "adj", "name", "mark",
]  # fmt: skip

# How a clause or passage hangs in its sentence.
Role = Literal[
    "main",
    "frame",
    "coord",
    "verb",
    "relative",
    "participle",
    "sub",
    "complement",
    "aside",
    "with",
    "resume",
    "quote",
    "apposition",
]
# A place where a clause begins: its role, and the word that opens it.
Joint = tuple[Role, str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of one sentence with their tags, position by position."""

    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]

    def __len__(self) -> int:
        """Return the number of words and marks."""
        return len(self.tokens)
