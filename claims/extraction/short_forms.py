"""Short forms that the article itself explains: acronyms, and "the bank" for the one it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from claims.extraction.english import nouns
from claims.extraction.layout import Read
from claims.extraction.mentions import Mention, People
from claims.extraction.tags import Tagged

# "European Central Bank (ECB)": names, small joining words between them, and the letters.
_EXPLAINED: Final = re.compile(
    r"((?:[A-Z][\w.’'&-]*)(?:\s(?:(?:of|and|the|for|on|in|de|la|del|e|y|to)\s){0,2}"
    r"[A-Z0-9][\w.’'&-]*){1,9})\s\(([A-Z][A-Z0-9]{1,7})\)"
)
_INNER: Final = frozenset("of and the for on in de la del e y to".split())
_FEWEST: Final = 2
_TITLES: Final = frozenset("minister president mayor governor chancellor senator judge".split())


@dataclass(frozen=True, slots=True)
class ShortForms:
    """Full names by acronym, and by the noun that stands for the only bearer of it.

    `since` is where in the article each is explained: nothing before it is spelt out.
    """

    acronyms: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)


def short_forms(
    text: str, reads: Sequence[Read], mentions: Sequence[tuple[Tagged, Mention]], people: People
) -> ShortForms:
    """Collect the short forms that an article explains.

    `mentions` are the runs of names of all the sentences, each with its sentence.
    """
    found = ShortForms()
    for match in _EXPLAINED.finditer(text):
        name = _spelt(match[1].split(), match[2])
        if name:
            if found.acronyms.setdefault(match[2], name) != name:
                found.acronyms[match[2]] = ""
            found.since.setdefault(match[2], match.end())
    _add_nouns(reads, mentions, people, found)
    return found


def _spelt(words: list[str], letters: str) -> str:
    """Return the words from the one that begins the acronym, if their initials spell it."""
    for first in range(len(words)):
        run = words[first:]
        for skip in (_INNER, frozenset[str]()):
            initials = "".join(word[0] for word in run if word.lower() not in skip)
            opens = run[0][0].isupper() and run[0].lower() not in _INNER
            if opens and initials.upper() == letters:
                return " ".join(run)
    return ""


def _add_nouns(
    reads: Sequence[Read],
    mentions: Sequence[tuple[Tagged, Mention]],
    people: People,
    found: ShortForms,
) -> None:
    """Find the nouns, such as "bank", that one name alone bears."""
    bearers: dict[str, set[str]] = {}
    named: set[int] = set()
    for tagged, mention in mentions:
        run = tagged.tokens[mention.first : mention.last]
        named |= {token.start for token in run}
        for word, name in _bearer(tagged, mention.first, mention.last, mention.name, people):
            bearers.setdefault(word, set()).add(name)
            found.since.setdefault(word, run[-1].end)
    if not bearers:
        return
    barred = {
        token.lower
        for read in reads
        for i, token in enumerate(read.tagged.tokens)
        if token.lower.removesuffix("s") in bearers
        and token.start not in named
        and not _pointed(read.tagged, i)
    }
    barred |= {word.removesuffix("s") for word in barred}
    for word, names in bearers.items():
        if len(names) == 1 and word not in barred:
            found.nouns[word] = next(iter(names))


def _bearer(
    tagged: Tagged, first: int, last: int, name: str, people: People
) -> list[tuple[str, str]]:
    """Return the nouns that a name bears: "bank" of "the European Central Bank", a title."""
    words = name.split()
    person = people.full(words[-1])
    if person:
        title = tagged.tokens[first - 1].lower if first else ""
        return [(title, person)] if title in _TITLES else []
    if len(words) < _FEWEST:
        return [(words[0].lower(), "…")] if words[0].lower() in nouns.BODIES else []
    determined = first > 0 and tagged.tokens[first - 1].lower == "the"
    heads = [word.lower() for word in (words[0], words[-1]) if word.lower() in nouns.BODIES]
    tied = last < len(tagged) and tagged.tokens[last].lower in {"of", "for", "and", "&"}
    if tied:  # "the Bank of Spain" runs on, and its whole name is not known here
        return [(head, f"{name} …") for head in heads]
    return [(head, f"the {name}" if determined else name) for head in heads]


def _pointed(tagged: Tagged, i: int) -> bool:
    """Tell "the bank" and "Minister Lind" from "a bank" and "the central bank"."""
    titled = (
        tagged.tokens[i].lower in _TITLES and i + 1 < len(tagged) and tagged.tags[i + 1] == "name"
    )
    return titled or (i > 0 and tagged.tokens[i - 1].lower == "the")
