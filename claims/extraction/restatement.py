"""A claim in a sentence of its own, made only of the article's words."""

from claims.extraction.passages import Passage
from claims.extraction.tagging import Tagged

_PRONOUNS = frozenset("he she it they this these those his her its their him them".split())


def restate(
    text: str, tagged: Tagged, passage: Passage, subject: str
) -> tuple[str, tuple[str, ...]]:
    """Return the restated claim and the words in it that could not be resolved."""
    first, last = tagged.tokens[passage.first], tagged.tokens[passage.last - 1]
    body = " ".join(text[first.start : last.end].split())
    if subject:
        body = f"{subject} {body}"
    body = body[:1].upper() + body[1:]
    open_words = tuple(
        dict.fromkeys(
            token.text
            for token in tagged.tokens[passage.first : passage.last]
            if token.lower in _PRONOUNS
        )
    )
    return body if body.endswith((".", "!", "?", "”", '"')) else body + ".", open_words
