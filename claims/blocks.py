"""What a verdict's draft consists of, part by part. Pure.

A part has a code that never changes: it names a column, a form's field, a request for changes and
a key of the sealed manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Block:
    """A part that people write: its code, its title, and what belongs there."""

    code: str
    title: str
    hint: str


BLOCKS = (
    Block("what_is_claimed", "What is claimed", "Who says what, and what it would mean if true."),
    Block("what_we_found", "What we found", "What the evidence shows, passage by passage."),
    Block(
        "what_we_do_not_know",
        "What we do not know",
        "What is missing or uncertain. Where nothing is, say so.",
    ),
    Block("conclusion", "Conclusion", "How the rating follows from what was found."),
)
SUMMARY = Block("summary", "The verdict in a sentence", "Readers see it first.")
# What an editor can ask to be changed, one by one.
ASKABLE = (Block("rating", "Rating", ""), SUMMARY, *BLOCKS)
TITLES = {block.code: block.title for block in ASKABLE} | {
    "sole_source_reason": "Why one primary source is enough",
    "considered": "What speaks on the other side",
    "holds_as_of": "Holds as of",
    "look_again_on": "Look at it again on",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that people write in a draft. Texts are stripped and have one kind of line end."""

    rating: int | None = None
    summary: str = ""
    what_is_claimed: str = ""
    what_we_found: str = ""
    what_we_do_not_know: str = ""
    conclusion: str = ""
    sole_source_reason: str = ""
    considered: str = ""
    holds_as_of: date | None = None
    look_again_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything yet."""
        return self == Content()

    def tidy(self) -> "Content":
        """Return the same words without blanks around them, with line feeds as line ends."""
        tidied = {name: _tidy(text) for name, text in self.texts().items() if name in TEXT_PARTS}
        return Content.read(self.texts() | tidied)

    def texts(self) -> dict[str, str]:
        """Return every part as text: the rating's number, ISO days, and what is empty as ""."""
        found = {name: getattr(self, name) for name in PARTS}
        return {name: "" if part is None else str(part) for name, part in found.items()}

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> "Content":
        """Make it of what `texts` gave; parts that are not there are empty. Raises ValueError."""
        given = {name: texts.get(name, "") for name in PARTS}
        return cls(
            rating=int(given["rating"]) if given["rating"] else None,
            holds_as_of=_day(given["holds_as_of"]),
            look_again_on=_day(given["look_again_on"]),
            **{name: given[name] for name in TEXT_PARTS},
        )


PARTS = tuple(field.name for field in fields(Content))
TEXT_PARTS = tuple(name for name in PARTS if name not in {"rating", "holds_as_of", "look_again_on"})


def joined(blocks: Mapping[str, str]) -> str:
    """Return the reasoning as one plain text, each block under its title."""
    parts = [(block.title, blocks.get(block.code, "")) for block in BLOCKS]
    return "\n\n".join(f"{title}\n\n{text}" for title, text in parts if text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
