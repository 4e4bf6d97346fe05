"""What a passage speaks about where its own words leave it out."""

from typing import Final

from claims.extraction.english import nouns, verbs
from claims.extraction.lookahead import FINITE
from claims.extraction.noun_phrases import Phrase, subject_of
from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged
from claims.extraction.verb_tags import guess

_PLURAL_VERBS: Final = frozenset("are were have aren't weren't haven't".split())
_SINGULAR_VERBS: Final = frozenset("is was has isn't wasn't hasn't does".split())


def needs_subject(tagged: Tagged, passage: Passage) -> bool:
    """Tell whether a passage begins with its verb: "came second", "until then had paid"."""
    at = passage.first
    while at < passage.last and tagged.tags[at] in {"adv", "coord"}:
        at += 1
    if at >= passage.last:
        return False
    relative = passage.role == "relative" and passage.joint in {"which", "who"}
    if relative and tagged.tags[at] in {"prep", "sub"}:
        at = next(
            (i for i in range(at, passage.last) if tagged.tags[i] in {"verb", "aux"}),
            passage.last - 1,
        )
    starts = tagged.tags[at] in {"verb", "aux", "part", "base", "ing"}
    return starts and (passage.first > 0 or passage.role != "main")


def is_past(tagged: Tagged, at: int) -> bool:
    """Tell a past form that was read as a participle though nothing governs it."""
    word = tagged.tokens[at].lower
    readings = verbs.FORMS.get(word) or guess(word)
    if tagged.tags[at] != "part" or "D" not in readings:
        return False
    before = next((tagged.tags[i] for i in range(at - 1, -1, -1) if tagged.tags[i] != "adv"), "mark")
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else "."
    return before in {"noun", "name", "pron", "mark", "coord", "adj"} and following != "by"


def subject_run(
    tagged: Tagged, known: tuple[Phrase, ...], passage: Passage
) -> tuple[int, int] | None:
    """Return the tokens of the missing subject of `passage`, or None where it is not certain."""
    verb = passage.first
    while verb < passage.last and tagged.tags[verb] in {"adv", "coord"}:
        verb += 1
    if verb == passage.last or tagged.tags[verb] not in FINITE and not is_past(tagged, verb):
        finite = (i for i in range(passage.first, passage.last) if tagged.tags[i] in FINITE)
        verb = next(finite, passage.first)
    if passage.role in {"relative", "participle"}:
        found = _hung_on(tagged, known, passage.first, verb, passage.joint)
    else:
        found = subject_of(tagged, known, verb)
    if isinstance(found, int):
        return found, found + 1
    if found is None or (found.first < passage.first < found.last):
        return None
    return found.first, found.last


def _hung_on(
    tagged: Tagged, known: tuple[Phrase, ...], at: int, verb: int, joint: str
) -> Phrase | int | None:
    """Return the phrase before a relative clause or participle that agrees with its verb."""
    end = at
    while end > 0 and tagged.tags[end - 1] in {"mark", "rel", "prep"}:
        end -= 1
    found = next((p for p in known if p.last == end), None)
    last = end
    while found:
        if _agrees(tagged, found, verb) and not (joint == "who" and _is_thing(tagged, found)):
            named = _named_before(tagged, known, found)
            return named or Phrase(found.first, last, found.head, found.plural, found.human)
        if found.first == 0 or tagged.tags[found.first - 1] != "prep":
            return None
        found = next((p for p in known if p.last == found.first - 1), None)
    return None


def _agrees(tagged: Tagged, phrase: Phrase, verb: int) -> bool:
    word = tagged.tokens[verb].lower
    if word in _PLURAL_VERBS:
        return phrase.plural or tagged.tags[phrase.first - 1] == "coord"
    return not (word in _SINGULAR_VERBS and phrase.plural)


def _is_thing(tagged: Tagged, phrase: Phrase) -> bool:
    """Tell a plain noun that no "who" stands for."""
    word = tagged.tokens[phrase.head].lower
    return not phrase.human and (word in nouns.NO_THINGS or word in nouns.BODIES)


def _named_before(tagged: Tagged, known: tuple[Phrase, ...], phrase: Phrase) -> Phrase | None:
    """Spot "Mira Toll, a teacher who escaped": the name before is who it is about."""
    if not phrase.first or tagged.tokens[phrase.first - 1].text != "," or not phrase.human:
        return None
    before = next((p for p in known if p.last == phrase.first - 1), None)
    return before if before and (before.name or before.maybe_human) else None
