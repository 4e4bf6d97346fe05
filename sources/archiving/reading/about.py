"""What a page says of itself in its head: who wrote it, who published it, and when.

Only what is stated is read: the metadata reader of trafilatura also searches the text for names and
days, which takes 28 to 80 ms of a page of 170 KB against 17 ms for all of its text, and finds days
that are not those of the page. This takes less than one.
"""

import json
import re
from typing import Any

from sources.archiving.reading.parsed import About, one_line

_Tree = Any
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title")
_AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator")
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "publisher",
    "dc.publisher",
    "application-name",
)
_DAYS = (
    "article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "date",
    "pubdate",
)
_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_LINKED_BYTES = 200_000
_ARTICLES = frozenset(
    {
        "analysisnewsarticle",
        "article",
        "blogposting",
        "dataset",
        "newsarticle",
        "opinionnewsarticle",
        "report",
        "reportagenewsarticle",
        "scholarlyarticle",
        "techarticle",
        "webpage",
    }
)


def of_page(tree: _Tree) -> About:
    """Return what the head of a page states, its marks before its linked data."""
    stated = _marks(tree)
    linked = _linked_data(tree)
    title = (
        _first(stated, _TITLES) or _words(tree, "//title/text()") or _words(tree, "//h1//text()")
    )
    author = _first(stated, _AUTHORS)
    return About(
        title=one_line(title),
        # Some pages give the address of their author's page for the name.
        author=one_line(linked.author if not author or "://" in author else author),
        publisher=one_line(_first(stated, _PUBLISHERS) or linked.publisher),
        published=day(_first(stated, _DAYS)) or linked.published,
    )


def day(written: object) -> str:
    """Return the day that a text begins with, as YYYY-MM-DD; empty where it is none."""
    found = _DAY.match(written.strip()) if isinstance(written, str) else None
    if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3]) <= 31:  # noqa: PLR2004 (months and days)
        return ""
    return "-".join(found.groups())


def _marks(tree: _Tree) -> dict[str, str]:
    marks: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            marks.setdefault(name, content)
    return marks


def _first(marks: dict[str, str], names: tuple[str, ...]) -> str:
    return next((marks[name] for name in names if name in marks), "")


def _words(tree: _Tree, path: str) -> str:
    found = tree.xpath(path)
    return str(found[0]).strip() if found else ""


def _linked_data(tree: _Tree) -> About:
    """Return what the first article in the page's JSON-LD (schema.org) says of itself."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = element.text or ""
        try:
            found = json.loads(text) if len(text) <= _LINKED_BYTES else None
        except (ValueError, RecursionError):
            continue
        for item in _items(found):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.lower() in _ARTICLES for name in names):
                return About(
                    author=_name(item.get("author")),
                    publisher=_name(item.get("publisher")),
                    published=day(item.get("datePublished")),
                )
    return About()


def _items(found: object) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        graph = found.get("@graph")
        return [found, *(_items(graph) if isinstance(graph, list) else [])]
    if isinstance(found, list):
        return [item for item in found if isinstance(item, dict)]
    return []


def _name(found: object) -> str:
    if isinstance(found, list):
        return ", ".join(name for name in map(_name, found[:10]) if name)
    if isinstance(found, dict):
        return _name(found.get("name"))
    return " ".join(found.split()) if isinstance(found, str) and "://" not in found else ""
