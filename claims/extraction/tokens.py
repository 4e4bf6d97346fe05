"""Words and marks with their offsets; the layer below every other one, in any language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# One alternative for each shape, tried in order. Every repetition is over disjoint classes, so
# matching is linear in the length of the text.
_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?(?:[-‑]\w+)*"
    r"|[^\W\d_]+\.(?:com|org|net|gov|edu|info|co\.uk)\b"
    r"|\w+(?:['’\-‑]\w+)*"
    r"|\S",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark; `lower` has straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Tell a word or number from a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Tell whether the first letter is upper case."""
        return self.text[0].isupper()


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`, their offsets counted in `text`."""
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        yield Token(match.start(), match.end(), word, word.lower().replace("’", "'"))
