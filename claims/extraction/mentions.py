"""People whom an article names, so that short names and pronouns can be put back in full."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from claims.extraction.english import first_names, nouns, words
from claims.extraction.english.verbs import FORMS
from claims.extraction.tags import Tagged

_TITLES_HE: Final = frozenset("mr sir lord king prince".split())
_TITLES_SHE: Final = frozenset("mrs ms miss lady dame queen princess".split())
_TITLES: Final = (
    frozenset(
        """dr prof professor president minister senator mayor judge governor chancellor general
    colonel captain pope bishop archbishop secretary chairman chairwoman director spokesman
    spokeswoman premier representative congressman congresswoman author chief executive analyst
    lawyer economist teacher candidate leader coach officer ambassador commissioner""".split()
    )
    | _TITLES_HE
    | _TITLES_SHE
)
_NO_PERSON: Final = frozenset(
    """party ministry university bank council union department court republic city institute office
agency association foundation museum street river island islands county district state states
house commission committee company group league church school college times post journal herald
news airport bridge water energy motors airlines kingdom nations states sea bay river mountain
mountains academy society review magazine times network radio television court assembly front
conference congress parliament""".split()
)
_MOST_NAMES: Final = 4
_HUMAN_DEEDS: Final = words.REPORTING | frozenset(
    "born died resigned elected married studied worked served sworn who".split()
)


@dataclass
class People:
    """Full names by their last word, and what is known of each."""

    by_last: dict[str, set[str]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    pronoun: dict[str, str] = field(default_factory=dict)

    def full(self, last: str) -> str:
        """Return the one full name that ends in `last`, or an empty string."""
        names = self.by_last.get(last, set())
        return next(iter(names)) if len(names) == 1 else ""

    def spelt_out(self, last: str) -> str:
        """Return the full name for a last name that stands for the person where it is alone."""
        return self.full(last) if last in self.alone else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of name words in one sentence; `last` is without the run's end."""

    first: int
    last: int
    name: str


def runs(tagged: Tagged) -> list[Mention]:
    """Return the runs of capitalised words of a sentence, titles left out."""
    names = [token.is_capital and _is_name(tagged, at) for at, token in enumerate(tagged.tokens)]
    found: list[Mention] = []
    at = 0
    while at < len(names):
        if not names[at]:
            at += 1
            continue
        first = at
        while at < len(names) and at - first < _MOST_NAMES + 2 and names[at]:
            word = tagged.tokens[at].lower
            at += 1
            if word.rstrip(".") in _TITLES:
                first = at
            if word.endswith(("'s", "s'")):
                break
        if first < at:
            name = " ".join(_bare(tagged.tokens[i].text) for i in range(first, at))
            found.append(Mention(first, at, name))
    return found


def _is_name(tagged: Tagged, at: int) -> bool:
    token = tagged.tokens[at]
    if tagged.tags[at] == "name" and token.text[0].isalpha():
        return True
    if at and token.is_capital and tagged.tokens[at - 1].text in {'"', "”", "»", "’"}:
        return tagged.tags[at] == "noun" and token.lower not in FORMS
    # A sentence's first word is a name where another name follows it.
    follows = at + 1 < len(tagged) and tagged.tags[at + 1] == "name"
    if at or not token.is_capital or tagged.tags[0] not in {"noun", "adj"}:
        return False
    return follows or token.lower not in FORMS


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def people(mentions: Sequence[tuple[Tagged, Mention]]) -> People:
    """Collect the full names of people, each by some sign that it is a person.

    `mentions` are the runs of names of all the sentences, each with its sentence.
    """
    found = People()
    alone = {m.name for tagged, m in mentions if " " not in m.name and _acts_alone(tagged, m)}
    inside = {part for _, m in mentions for part in m.name.split()[:-1]}
    found.alone = alone - inside  # "Boeing" is no person where "the Boeing Company" is named
    for tagged, mention in mentions:
        parts = mention.name.split()
        if _in_place(tagged, mention) and not first_names.pronoun(parts[0]):
            continue
        if mention.first and tagged.tokens[mention.first - 1].lower == "the":
            continue
        if not 2 <= len(parts) <= _MOST_NAMES or _is_body(parts):
            continue
        pronoun = first_names.pronoun(parts[0]) or _sign(tagged, mention)
        if pronoun is None and parts[-1] in alone and parts[0].lower() not in FORMS:
            pronoun = ""
        if pronoun is None:
            continue
        found.by_last.setdefault(parts[-1], set()).add(mention.name)
        if pronoun:
            found.pronoun[mention.name] = pronoun
    return found


def _in_place(tagged: Tagged, mention: Mention) -> bool:
    """Tell "the Member for North East Cambridgeshire": a place more often than a person."""
    before = tagged.tokens[mention.first - 1].lower if mention.first else ""
    return before in {"for", "of", "in", "at", "from", "near"}


def _acts_alone(tagged: Tagged, mention: Mention) -> bool:
    """Tell a last name that stands alone and does or owns something, as places seldom do."""
    token = tagged.tokens[mention.first]
    if mention.first == 0 and token.lower in FORMS:
        return False
    before = [t.lower for t in tagged.tokens[max(0, mention.first - 2) : mention.first]]
    after = [t.lower for t in tagged.tokens[mention.last : mention.last + 5]]
    titled = set(before) & {"mr", "mrs", "ms"} or set(before[-1:]) & nouns.PERSONS
    told = after[:1] == [","] and (
        set(after[1:2]) & {"who", "whose"} or set(after[2:]) & nouns.PERSONS
    )
    if titled or told:
        return True
    if mention.first and tagged.tags[mention.first - 1] in {"prep", "det", "adj", "name"}:
        return False
    verb = mention.last < len(tagged) and tagged.tags[mention.last] in {"verb", "aux"}
    return verb or bool(set(after[:1]) & _HUMAN_DEEDS)


def _is_body(parts: list[str]) -> bool:
    return any(part.lower() in _NO_PERSON or part.isupper() for part in parts)


def _sign(tagged: Tagged, mention: Mention) -> str | None:
    """Return "he", "she" or "" where something shows a person, and None where nothing does."""
    before = [
        tagged.tokens[i].lower.rstrip(".") for i in range(max(0, mention.first - 3), mention.first)
    ]
    if before and before[-1] in _TITLES_HE | _TITLES_SHE:
        return "he" if before[-1] in _TITLES_HE else "she"
    if set(before[-1:]) & _TITLES:
        return ""
    after = [
        tagged.tokens[i].lower for i in range(mention.last, min(len(tagged), mention.last + 4))
    ]
    if set(after[:2]) & _HUMAN_DEEDS:
        return ""
    appositive = len(after) > 2 and after[0] == "," and after[1] in {"the", "a", "an", "then"}
    roles = {
        tagged.tokens[i].lower for i in range(mention.last, min(len(tagged), mention.last + 8))
    }
    return "" if appositive and roles & _TITLES else None
