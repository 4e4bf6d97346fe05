"""Every ClaimReview in a document: a page's JSON-LD, a DataFeed, an array or a graph.

The document is a stranger's. Its size, its depth and the number of its parts are bounded, and one
bad review never costs the others.
"""

import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree, html

from claims.reviews.records import Node, Review, UnusableError, review_of

MOST_BYTES: Final = 128 * 1024 * 1024
MOST_PARTS: Final = 5_000_000  # objects, lists and values of one document
DEEPEST: Final = 60
_MOST_SCRIPTS: Final = 200
_JSON_STARTS: Final = (b"{", b"[")


@dataclass(slots=True)
class Reading:
    """What a document holds: usable reviews in its order, and how many were not, by reason.

    `problems` says in words what of the document itself could not be read.
    """

    reviews: list[Review] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """Read a document, JSON or HTML as its first sign tells. Never raises for what it holds."""
    found = Reading()
    if len(content) > MOST_BYTES:
        found.problems.append(f"it is larger than {MOST_BYTES // 1024**2} MB")
        return found
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    texts = [content] if start.startswith(_JSON_STARTS) else _scripts(content, found)
    for text in texts:
        _collect(text, found)
    if not (found.reviews or found.refused or found.problems):
        found.problems.append("it holds no ClaimReview")
    return found


def _scripts(content: bytes, found: Reading) -> list[bytes]:
    """Return the JSON-LD blocks of an HTML page."""
    try:
        tree = html.fromstring(content) if content.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        found.problems.append("it is neither JSON nor a page")
        return []
    blocks = [
        element.text_content()
        for element in tree.iter("script")
        if (element.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"
    ]
    return [block.strip().encode("utf-8", "replace") for block in blocks[:_MOST_SCRIPTS]]


def _collect(text: bytes, found: Reading) -> None:
    try:
        # JSON in UTF-8, with a mark or without, and what old programs leave in strings.
        document = json.loads(text.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        found.problems.append("a part of it is no JSON that can be read")
        return
    for node in _claim_reviews(document, found):
        try:
            found.reviews.append(review_of(node))
        except UnusableError as error:
            found.refused[error.reason] += 1


def _claim_reviews(document: object, found: Reading) -> Iterator[Node]:
    """Yield the ClaimReview objects in the order of the document, wherever they stand."""
    waiting = deque([(document, 0)])
    parts = 0
    while waiting:
        part, depth = waiting.popleft()
        parts += 1
        if parts > MOST_PARTS or depth > DEEPEST:
            found.problems.append("it has too many parts, or they lie too deep")
            return
        if isinstance(part, dict):
            if _is_review(part):
                yield part
                continue
            part = list(part.values())
        if isinstance(part, list):
            waiting.extendleft((item, depth + 1) for item in reversed(part) if _is_inner(item))


def _is_inner(item: object) -> bool:
    return isinstance(item, dict | list)


def _is_review(part: Node) -> bool:
    kinds = part.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(name, str) and name.rpartition("/")[2].rpartition(":")[2] == "ClaimReview"
        for name in names
    )
