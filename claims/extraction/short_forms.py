"""Short forms that the article itself explains: acronyms, and "the bank" for the one it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from claims.extraction.english import nouns
from claims.extraction.layout import Read
from claims.extraction.mentions import People, runs
from claims.extraction.tags import Tagged

# "European Central Bank (ECB)": names, small joining words between them, and the letters.
_EXPLAINED: Final = re.compile(
    r"((?:[A-Z][\w.’'&-]*)(?:\s(?:(?:of|and|the|for|on|in|de|la|del|e|y|to)\s){0,2}"
    r"[A-Z0-9][\w.’'&-]*){1,9})\s\(([A-Z][A-Z0-9]{1,7})\)"
)
_INNER: Final = frozenset("of and the for on in de la del e y to".split())
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class ShortForms:
    """Full names by acronym, and by the noun that stands for the only bearer of it.

    `since` is where in the article each is explained: nothing before it is spelt out.
    """

    acronyms: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)


def short_forms(text: str, reads: Sequence[Read], people: People) -> ShortForms:
    """Collect the short forms that an article explains."""
    found = ShortForms()
    for match in _EXPLAINED.finditer(text):
        name = _spelt(match[1].split(), match[2])
        if name:
            if found.acronyms.setdefault(match[2], name) != name:
                found.acronyms[match[2]] = ""
            found.since.setdefault(match[2], match.end())
    _add_nouns(reads, people, found)
    return found


def _spelt(words: list[str], letters: str) -> str:
    """Return the words from the one that begins the acronym, if their initials spell it."""
    for first in range(len(words)):
        run = words[first:]
        for skip in (_INNER, frozenset[str]()):
            initials = "".join(word[0] for word in run if word.lower() not in skip)
            if initials.upper() == letters and run[0][0].isupper():
                return " ".join(run)
    return ""


def _add_nouns(reads: Sequence[Read], people: People, found: ShortForms) -> None:
    """Find the nouns, such as "bank" or "minister", that one name alone bears."""
    bearers: dict[str, set[str]] = {}
    barred: set[str] = set()
    for read in reads:
        tagged = read.tagged
        named: set[int] = set()
        for mention in runs(tagged):
            named |= set(range(mention.first, mention.last))
            for word, name in _bearer(tagged, mention.first, mention.last, mention.name, people):
                bearers.setdefault(word, set()).add(name)
                found.since.setdefault(word, tagged.tokens[mention.last - 1].end)
        for i, token in enumerate(tagged.tokens):
            if i not in named and token.lower in nouns.BODIES and not _pointed(tagged, i):
                barred.add(token.lower)
    for word, names in bearers.items():
        if len(names) == 1 and word not in barred:
            found.nouns[word] = next(iter(names))


def _bearer(
    tagged: Tagged, first: int, last: int, name: str, people: People
) -> list[tuple[str, str]]:
    """Return the body's noun inside a name: "Bank" in "the European Central Bank"."""
    words = name.split()
    if len(words) < _FEWEST or people.full(words[-1]):
        return []
    determined = first > 0 and tagged.tokens[first - 1].lower == "the"
    heads = [word.lower() for word in (words[0], words[-1]) if word.lower() in nouns.BODIES]
    tied = last < len(tagged) and tagged.tokens[last].lower in {"of", "for", "and", "&"}
    if tied:  # "the Bank of Spain" runs on, and its whole name is not known here
        return [(head, f"{name} …") for head in heads]
    return [(head, f"the {name}" if determined else name) for head in heads]


def _pointed(tagged: Tagged, i: int) -> bool:
    """Tell "the bank" and "the bank's" from "a bank" and "the central bank"."""
    return i > 0 and tagged.tokens[i - 1].lower == "the"
