"""Reading a comment: plain text in which only addresses and @names mean anything."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

# A user name is letters, digits and @.+-_ ; an @ inside a word (an e-mail address) names nobody.
_NAME = re.compile(r"(?<![\w@.+\-/])@([\w.+\-][\w.+\-@]{0,149})")
_LINK = re.compile(r"https?://[^\s<>\"“”„‘’]{1,2000}", re.IGNORECASE)
_ENDS = ".,;:!?…)]}'*_"  # what ends a sentence and not an address
_NAME_ENDS = ".+-@"


@dataclass(frozen=True)
class Piece:
    """A run of a comment: `text` as it stands, and for a link its address."""

    kind: Literal["text", "link", "name"]
    text: str
    href: str = ""


def named(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each @name the user names that it may mean, the longest first.

    “@ana.” may mean `ana.` or, with the full stop taken off, `ana`.
    """
    bare = _LINK.sub(lambda found: " " * len(found.group()), text)
    return tuple(_readings(found.group(1)) for found in _NAME.finditer(bare))


def pieces(text: str, names: Collection[str]) -> tuple[Piece, ...]:
    """Cut a text into plain words, links and the names in `names`; together they are the text."""
    found: list[Piece] = []
    at = 0
    for link in _LINK.finditer(text):
        address = _address(link.group())
        if not re.match(r"https?://\w", address, re.IGNORECASE):
            continue
        found += _words(text[at : link.start()], names)
        found.append(Piece("link", address, address))
        at = link.start() + len(address)
    found += _words(text[at:], names)
    return tuple(found)


def _words(text: str, names: Collection[str]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for mention in _NAME.finditer(text):
        name = next((each for each in _readings(mention.group(1)) if each in names), None)
        if name is None:
            continue
        if mention.start() > at:
            found.append(Piece("text", text[at : mention.start()]))
        at = mention.start() + 1 + len(name)
        found.append(Piece("name", f"@{name}"))
    if at < len(text):
        found.append(Piece("text", text[at:]))
    return found


def _readings(written: str) -> tuple[str, ...]:
    found = [written]
    while found[-1] and found[-1][-1] in _NAME_ENDS:
        found.append(found[-1][:-1])
    return tuple(name for name in found if name)


def _address(written: str) -> str:
    """Take off what ends the sentence; a closing bracket stays where the address opens one."""
    while written and written[-1] in _ENDS:
        if written[-1] == ")" and written.count("(") >= written.count(")"):
            break
        written = written[:-1]
    return written
