"""The readers of web pages: the article, and all that can be seen where there is none."""

import re
from collections.abc import Iterator
from typing import Any

from sources.archiving.reading import about
from sources.archiving.reading.parsed import (
    NotReadableError,
    Parsed,
    clean,
    decode,
    one_line,
    settled,
    version_of,
)
from sources.archiving.reading.tables import webpages

# lxml's elements; its own types are not checked.
_Tree = Any

_LINK_CHARACTERS = 8192
_MAXIMUM_LINKS = 1000
_BLOCK_NAMES = (
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNREAD = "script|style|noscript|template|head|svg|math|iframe|object|select|button"


def read_article(data: bytes, charset: str) -> Parsed:
    """Return the main text of an HTML page, without what surrounds it (trafilatura)."""
    import trafilatura  # noqa: PLC0415 (half a second; the nursery has done it once)

    tree = trafilatura.load_html(decode(data, charset))
    if tree is None:
        raise NotReadableError
    # The extractor takes the tree apart, so what else is wanted of it is read first.
    seen = _Seen(tree)
    text = trafilatura.extract(
        tree, output_format="txt", include_comments=False, include_tables=True, favor_recall=True
    )
    return seen.parsed(text or "", "trafilatura")


def read_page(data: bytes, charset: str) -> Parsed:
    """Return all visible text of an HTML page, block by block (lxml)."""
    import lxml.html  # noqa: PLC0415

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, charset), count=1)
    if not source.strip():
        raise NotReadableError
    tree = lxml.html.document_fromstring(source)
    seen = _Seen(tree)
    for element in tree.xpath(" | ".join(f"//{name}" for name in _UNREAD.split("|"))):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in _walk(tree):
        block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if block:
            pieces.append("\n")
        if event == "start" and isinstance(element.tag, str):
            pieces.append(_flat(element.text))
        elif event == "end":
            pieces.append(_flat(element.tail))
    return seen.parsed("".join(pieces), "lxml")


class _Seen:
    """What is read of a page's tree beside its text."""

    def __init__(self, tree: _Tree) -> None:
        self._about = about.of_page(tree)
        self._links = _links(tree)
        self._tables = tuple(webpages.read_tables(tree))

    def parsed(self, text: str, extractor: str) -> Parsed:
        """Return all of it with the text. Raises NotReadableError when there is none."""
        body = settled(text)
        return Parsed(
            text=body,
            about=self._about,
            extractor=extractor,
            extractor_version=version_of(extractor),
            links=tuple(link for link in self._links if link[1] in body),
            tables=self._tables,
        )


def _walk(tree: _Tree) -> Iterator[tuple[str, _Tree]]:
    from lxml.etree import iterwalk  # noqa: PLC0415

    yield from iterwalk(tree, events=("start", "end", "comment", "pi"))


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _links(tree: _Tree) -> list[tuple[str, str]]:
    found = []
    for element in tree.iter("a"):
        address, words = element.get("href") or "", one_line(element.text_content())
        if words and address.strip().lower().startswith(("http://", "https://")):
            found.append((clean(address.strip())[:_LINK_CHARACTERS], words))
        if len(found) == _MAXIMUM_LINKS:
            break
    return found
