"""Noun phrases of a sentence, and which of them a verb has for its subject."""

from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.english import first_names, nouns, words
from claims.extraction.lookahead import FINITE
from claims.extraction.mentions import People
from claims.extraction.misread_verbs import is_past
from claims.extraction.speakers import before_asides
from claims.extraction.tags import Tagged

_INSIDE: Final = frozenset({"det", "adj", "num", "noun", "name", "part", "ing"})
_HEADS: Final = frozenset({"noun", "name"})
_MANY: Final = frozenset("these those many several few both some all".split())
_MOST: Final = 14
_FEWEST_NAMES: Final = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens `first` up to and without `last`, its `head` among them.

    `name` is the full name where it names a person; `human` tells persons from things, and
    `maybe_human` a name of several words that shows no sign of either.
    """

    first: int
    last: int
    head: int
    plural: bool
    human: bool
    name: str = ""
    maybe_human: bool = False


def phrases(tagged: Tagged, people: People) -> tuple[Phrase, ...]:
    """Return the noun phrases of a sentence in order, each without what hangs on it with "of"."""
    found: list[Phrase] = []
    at = 0
    while at < len(tagged):
        last = _end(tagged, at) if tagged.tags[at] not in {"part", "ing"} else at
        while last > at and not (_is_head(tagged, last - 1) or _counts(tagged, last - 1)):
            last -= 1
        if last > at:
            found += _owners(tagged, at, last, people)
            found.append(_phrase(tagged, at, last, people))
        at = max(last, at + 1)
    return tuple(found)


def _end(tagged: Tagged, first: int) -> int:
    """Return where the run of words that can make one phrase ends."""
    at = first
    while at < len(tagged) and at - first < _MOST and tagged.tags[at] in _INSIDE:
        if at > first and (tagged.tags[at] == "det" or _opens_another(tagged, at)):
            break
        at += 1
        if at + 1 < len(tagged) and _links(tagged, at):
            at += 1
    return at


def _links(tagged: Tagged, at: int) -> bool:
    """Spot the mark of "Hofmann & Co" and "six - member"."""
    sides = tagged.tags[at - 1], tagged.tags[at + 1]
    mark = tagged.tokens[at].text
    return (mark == "&" and sides == ("name", "name")) or (mark == "-" and sides == ("num", "noun"))


def _is_head(tagged: Tagged, at: int) -> bool:
    if tagged.tags[at] == "adj":
        return tagged.tokens[at].lower in nouns.PERSONS
    return tagged.tags[at] in _HEADS and tagged.tokens[at].is_word


def _opens_another(tagged: Tagged, at: int) -> bool:
    """Tell the word behind a whole phrase: "people observed", "people Wikinews observed"."""
    before = nouns.bare(tagged.tokens[at - 1].lower)
    if tagged.tags[at] in {"part", "ing"}:
        return tagged.tags[at - 1] in _HEADS
    owner = tagged.tokens[at - 1].lower != before
    common = tagged.tags[at - 1] == "noun" and not (
        tagged.tokens[at - 1].is_capital and first_names.pronoun(before)
    )
    plural = common and nouns.is_plural(before)
    return tagged.tags[at] == "name" and plural and not owner


def _counts(tagged: Tagged, at: int) -> bool:
    """Tell "Explorer 6", where the figure belongs to the name."""
    return at > 0 and tagged.tags[at] == "num" and tagged.tags[at - 1] == "name"


def _owners(tagged: Tagged, first: int, last: int, people: People) -> list[Phrase]:
    """Return the phrases that own the whole: "the company" in "the company's chief executive"."""
    return [
        _phrase(tagged, first, i + 1, people)
        for i in range(first, last - 1)
        if tagged.tokens[i].lower.endswith(("'s", "s'")) and tagged.tags[i] in _HEADS
    ]


def _phrase(tagged: Tagged, first: int, last: int, people: People) -> Phrase:
    head = last - 1
    while head > first and tagged.tags[head] == "num":
        head -= 1
    word = nouns.bare(tagged.tokens[head].lower)
    named = tagged.tags[head] == "name" or (tagged.tokens[head].is_capital and head == first)
    last_name = nouns.bare(tagged.tokens[head].text)
    alone = head == first
    name = (people.spelt_out if alone else people.full)(last_name) if named else ""
    whole = " ".join(nouns.bare(tagged.tokens[i].text) for i in range(first, last))
    if name and not (whole.endswith(name) or last - first == 1 or _titled(tagged, head)):
        name = ""
    human = bool(name) or word in nouns.PERSONS or word in nouns.PEOPLE
    determiner = tagged.tokens[first].lower
    counted = any(tagged.tags[i] == "num" for i in range(first, head)) and word.endswith("s")
    plural = not name and (
        (nouns.is_plural(word) and tagged.tags[head] != "name") or determiner in _MANY or counted
    )
    return Phrase(first, last, head, plural, human, name, _maybe_human(tagged, first, head))


def _maybe_human(tagged: Tagged, first: int, head: int) -> bool:
    """Tell a run of two to four name words without "the" and without a body's word."""
    run = [i for i in range(first, head + 1) if tagged.tags[i] == "name"]
    plain = len(run) >= _FEWEST_NAMES and tagged.tags[head] == "name"
    return (
        plain
        and not any(
            nouns.bare(tagged.tokens[i].lower) in nouns.BODIES or tagged.tokens[i].text.isupper()
            for i in run
        )
        and tagged.tokens[first].lower != "the"
    )


def _titled(tagged: Tagged, head: int) -> bool:
    return head > 0 and nouns.bare(tagged.tokens[head - 1].lower.rstrip(".")) in nouns.PERSONS


def is_body(tagged: Tagged, phrase: Phrase) -> bool:
    """Tell a phrase that names an institution, by one of its words or as a name with "the"."""
    if phrase.human or phrase.plural:
        return False
    run = range(phrase.first, phrase.head + 1)
    if any(nouns.bare(tagged.tokens[i].lower) in nouns.BODIES for i in run[-2:]):
        return True
    if tagged.tags[phrase.head] != "name":
        return False
    return any(nouns.bare(tagged.tokens[i].lower) in nouns.BODIES for i in run)


def main_verb(tagged: Tagged) -> int:
    """Return the position of the main clause's first finite verb, or -1."""
    at = 0
    while at < len(tagged) and tagged.tags[at] in {"mark", "adv", "coord"}:
        at += 1
    if at < len(tagged) and tagged.tags[at] in {"sub", "prep", "ing", "part"}:
        comma = next((i for i in range(at, len(tagged)) if tagged.tokens[i].text == ","), -1)
        at = comma + 1 if comma >= 0 else at
    inside = False
    for i in range(at, len(tagged)):
        if tagged.tags[i] == "rel" and i > at:
            inside = True
        elif tagged.tags[i] in FINITE:
            if not inside:
                return i
            inside = False
    return next((i for i in range(at, len(tagged)) if tagged.tags[i] in FINITE), -1)


def subject_of(tagged: Tagged, known: tuple[Phrase, ...], verb: int) -> Phrase | int | None:
    """Return the subject of the verb there: a phrase, the place of a pronoun, or None."""
    at = verb
    while at > 0 and tagged.tags[at - 1] in {"adv", "aux", "part", "base", "ing", "verb"}:
        if tagged.tags[at - 1] in {"part", "ing", "verb"} and tagged.tags[at] not in FINITE:
            break
        at -= 1
    if at == 0:
        return None
    before = tagged.tags[at - 1]
    if before == "pron":
        return at - 1
    if before == "rel":
        end = at - 1
        while end > 0 and tagged.tags[end - 1] in {"mark", "prep"}:
            end -= 1
        return _ending(tagged, known, end)
    if before == "coord":
        earlier = next((i for i in range(at - 2, -1, -1) if tagged.tags[i] in FINITE), -1)
        if earlier < 0 or _is_reported(tagged, earlier) or _is_restrictive(tagged, earlier):
            return None  # "said that prices fell and asked": one or the other
        return subject_of(tagged, known, earlier)
    if tagged.tokens[at - 1].text in {",", ")", "—", "–", "-"}:
        return _before_aside(tagged, known, at - 1)
    return _ending(tagged, known, at)


def _is_reported(tagged: Tagged, verb: int) -> bool:
    """Tell whether the verb is that of a clause with "that" behind another verb."""
    for i in range(verb - 1, 0, -1):
        if tagged.tags[i] in FINITE or tagged.tags[i] in {"mark", "coord", "sub"}:
            return False
        if tagged.tokens[i].lower == "that" and tagged.tags[i] == "rel":
            return tagged.tags[i - 1] in {"verb", "part", "base", "obj"}
    return False


def _is_restrictive(tagged: Tagged, verb: int) -> bool:
    """Tell whether the verb is that of "a design that had flown", a main verb standing before."""
    for i in range(verb - 1, 0, -1):
        if tagged.tags[i] == "rel":
            outer = bool(set(tagged.tags[:i]) & FINITE)
            return outer and tagged.tags[i - 1] in {"noun", "name", "num"}
        if tagged.tags[i] in {"mark", "coord", "sub"}:
            return False
    return False


def _before_aside(tagged: Tagged, known: tuple[Phrase, ...], mark: int) -> Phrase | int | None:
    """Return the subject before ", the chairman of the panel," or of the clause ended there."""
    place = before_asides(tagged, mark + 1)
    if place is not None:
        return place - 1 if tagged.tags[place - 1] == "pron" else _ending(tagged, known, place)
    for i in range(mark - 1, -1, -1):
        if tagged.tokens[i].text in {";", ":"}:
            return None
        if tagged.tags[i] in FINITE or is_past(tagged, i):
            return subject_of(tagged, known, i)
    return None


def _ending(tagged: Tagged, known: tuple[Phrase, ...], end: int) -> Phrase | int | None:
    """Return the phrase that ends there; one that hangs on another gives that, to this end."""
    counted = end > 1 and tagged.tags[end - 2 : end] == ("prep", "num")
    place = end - 2 if counted else end  # "a woman of 81"
    found = next((p for p in known if p.last == place), None)
    if found is None:
        return None
    while found.first > 0 and tagged.tags[found.first - 1] == "prep":
        hung = next((p for p in known if p.last == found.first - 1), None)
        if hung is None:
            return None
        found = hung
    place = _before_relative(tagged, found.first)
    if place:
        outer = _ending(tagged, known, place)
        found = outer if isinstance(outer, Phrase) else found
    return replace(found, last=end)


def _before_relative(tagged: Tagged, at: int) -> int:
    """Return where "that saw" begins before `at` in "a delegation that saw the centre", or 0."""
    while at > 0 and tagged.tags[at - 1] in {"adv", "part", "aux", "verb"}:
        at -= 1
    return at - 1 if at > 1 and tagged.tags[at - 1] == "rel" and tagged.tags[at] in FINITE else 0


def named_before(tagged: Tagged, known: tuple[Phrase, ...], phrase: Phrase) -> Phrase | None:
    """Spot "Mira Toll, a teacher who escaped": the name before is who it is about."""
    if not phrase.first or tagged.tokens[phrase.first - 1].text != "," or not phrase.human:
        return None
    before = next((p for p in known if p.last == phrase.first - 1), None)
    return before if before and (before.name or before.maybe_human) else None


def full_extent(tagged: Tagged, known: tuple[Phrase, ...], phrase: Phrase) -> int:
    """Return where the phrase ends with what hangs on it by "of": "the Bank of Spain"."""
    end = phrase.last
    while end + 1 < len(tagged) and tagged.tokens[end].lower in words.TIES:
        follows = next((p for p in known if p.first == end + 1), None)
        if follows is None:
            break
        end = follows.last
    return end
