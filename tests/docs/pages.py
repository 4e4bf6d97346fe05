"""Reading the documentation: headings, tables and links, as far as the tests need them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t).*$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

Row = tuple[str, ...]


def reference(name: str) -> str:
    """Return a page of the reference."""
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def markdown() -> list[Path]:
    """Return every page of ours."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def sections(text: str, level: int = 2) -> dict[str, str]:
    """Return each heading of `level` (without back-ticks) and the text under it."""
    pieces = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return {pieces[i].strip("` "): pieces[i + 1] for i in range(1, len(pieces), 2)}


def rows(text: str) -> Iterator[Row]:
    """Yield the cells of every table row whose first cell is a code."""
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            yield tuple(cell.strip().replace("\\|", "|") for cell in cells)


def codes(text: str) -> list[str]:
    """Return the codes in the first cells of a page's tables."""
    return [row[0].strip("`") for row in rows(text)]


def links(text: str) -> list[str]:
    """Return the targets of a page's links, those in code left out."""
    return LINK.findall(INDENTED.sub("", FENCED.sub("", text)))


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and its like make them."""
    prose = FENCED.sub("", text)
    found = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}
