"""The pages as a whole: the first screen, links, and what must not stand there."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, links, markdown

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = markdown()
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
# Numbers of a tracker, paths of one machine, and open ends.
UNWANTED = re.compile(r"(?<![\w&/])#\d+\b|/(?:work|root|home)/\w|\b(?:T[O]DO|F[I]XME|TBD)\b")
ADR_PARTS = ["## Context", "## Decision", "## Consequences"]


def test_the_first_screen_is_short_and_has_the_two_commands() -> None:
    lines = README.splitlines()
    assert len(lines) <= 160
    commands = [line.strip() for line in lines if line.startswith("    python3 manage.py")]
    assert commands == ["python3 manage.py up", "python3 manage.py test"]
    assert all(command in "\n".join(lines[:40]) for command in commands)


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    broken = [target for target in links(text) if not _leads(path, target)]
    assert broken == []


def _leads(page: Path, target: str) -> bool:
    if target.startswith(("https://", "http://")):
        return True
    name, _, anchor = target.partition("#")
    place = (page.parent / name).resolve() if name else page
    if not place.is_file():
        return False
    return not anchor or anchor in anchors(place.read_text(encoding="utf-8"))


def test_every_page_can_be_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        found = [
            (page.parent / target.partition("#")[0]).resolve()
            for target in links(page.read_text(encoding="utf-8"))
            if target.partition("#")[0].endswith(".md")
        ]
        waiting += [place for place in found if place.is_file() and place not in seen]
    assert set(DOCS.rglob("*.md")) <= seen


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_holds_nothing_of_the_workshop(path: Path) -> None:
    assert UNWANTED.findall(path.read_text(encoding="utf-8")) == []


def test_decisions_are_numbered_without_a_hole_and_have_three_parts() -> None:
    decisions = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    parts = {
        path.name: re.findall(r"^## .*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in decisions
    }
    assert parts == dict.fromkeys(parts, ADR_PARTS)


def test_the_licence_is_the_one_that_the_project_names() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
