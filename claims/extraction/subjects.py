"""What a passage speaks about where its own words leave it out."""

from typing import Final

from claims.extraction.english import nouns, words
from claims.extraction.lookahead import FINITE
from claims.extraction.misread_verbs import is_past
from claims.extraction.noun_phrases import Phrase, named_before, subject_of
from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged

_PERSONAL: Final = frozenset("i you he she it we they".split())
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


def subject_run(
    tagged: Tagged, known: tuple[Phrase, ...], passage: Passage
) -> tuple[int, int] | None:
    """Return the tokens of the missing subject of `passage`, or None where it is not certain."""
    verb = passage.first
    while verb < passage.last and tagged.tags[verb] in {"adv", "coord"}:
        verb += 1
    if verb == passage.last or (tagged.tags[verb] not in FINITE and not is_past(tagged, verb)):
        finite = (i for i in range(passage.first, passage.last) if tagged.tags[i] in FINITE)
        verb = next(finite, passage.first)
    if passage.role in {"relative", "participle"}:
        found = _hung_on(tagged, known, passage.first, verb, passage.joint)
    else:
        found = subject_of(tagged, known, verb)
    if isinstance(found, int):
        return (found, found + 1) if tagged.tokens[found].lower in _PERSONAL else None
    if found is None or found.first < passage.first < found.last:
        return None
    run = found.first, found.last
    if found.first >= passage.first:
        return run
    main = passage.role not in {"relative", "participle"} and found.first > 0
    listed = main and tagged.tags[found.first - 1] == "coord"
    if listed and not _opens_clause(tagged, found.first - 1):
        return _with_listed(tagged, known, found)
    return run if _agrees(tagged, found, verb) else None


def _opens_clause(tagged: Tagged, at: int) -> bool:
    """Tell ", and illiteracy was" from "Sudan, Iran, and Yemen": a comma before, but no list."""
    if tagged.tokens[at - 1].text != ",":
        return False
    before = (i for i in range(at - 2, -1, -1) if tagged.tags[i] in FINITE | {"mark"})
    return tagged.tokens[next(before, 0)].text != ","


def _with_listed(
    tagged: Tagged, known: tuple[Phrase, ...], phrase: Phrase
) -> tuple[int, int] | None:
    """Return the whole of "Argentina, Brazil and Uruguay", of which the last is known."""
    first = phrase.first
    while first > 1 and (tagged.tags[first - 1] == "coord" or tagged.tokens[first - 1].text == ","):
        end = first - 1
        if tagged.tokens[end - 1].text == ",":
            end -= 1
        before = next((p for p in known if p.last == end), None)
        if before is None:
            break
        first = before.first
    while first > 1 and tagged.tags[first - 1] == "prep":
        before = next((p for p in known if p.last == first - 1), None)
        if before is None:
            return None
        first = before.first
    return (first, phrase.last) if tagged.tags[first - 1] != "coord" else None


def follows_hearer(tagged: Tagged, passage: Passage) -> bool:
    """Tell "warned the council that 300 jobs would go": what was said, not which council."""
    at = passage.first - 1
    if passage.joint != "that" or at < 1 or tagged.tokens[at].lower != "that":
        return False
    while at > 0 and tagged.tags[at - 1] in {"det", "adj", "noun", "name", "obj", "num"}:
        at -= 1
    return tagged.tokens[at - 1].lower in words.REPORTING if at else False


def hung_on(tagged: Tagged, known: tuple[Phrase, ...], passage: Passage) -> tuple[int, int] | None:
    """Return the tokens of the phrase before a relative clause that has a subject of its own."""
    end = passage.first
    while end > 0 and tagged.tags[end - 1] in {"mark", "rel", "prep"}:
        end -= 1
    found = next((p for p in known if p.last == end), None)
    while found and found.first and tagged.tags[found.first - 1] == "prep":
        before = next((p for p in known if p.last == found.first - 1), None)
        if before is None:
            break
        found = before
    return (found.first, end) if found else None


def _hung_on(
    tagged: Tagged, known: tuple[Phrase, ...], at: int, verb: int, joint: str
) -> Phrase | int | None:
    """Return the phrase before a relative clause or participle that agrees with its verb."""
    end = at
    while end > 0 and tagged.tags[end - 1] in {"mark", "rel", "prep"}:
        end -= 1
    found = next((p for p in known if p.last == end), None)
    last = end
    if found and not joint and found.first and tagged.tags[found.first - 1] == "prep":
        return None  # "a book on Scientology, written by": the book, as often as not
    while found:
        if _agrees(tagged, found, verb) and not (joint == "who" and _is_thing(tagged, found)):
            if joint == "which" and _another_agrees(tagged, known, found, verb):
                return None
            named = named_before(tagged, known, found)
            return named or Phrase(found.first, last, found.head, found.plural, found.human)
        if found.first == 0 or tagged.tags[found.first - 1] != "prep":
            return None
        found = next((p for p in known if p.last == found.first - 1), None)
    return None


def _another_agrees(tagged: Tagged, known: tuple[Phrase, ...], phrase: Phrase, verb: int) -> bool:
    """Tell "a town in the north, which was": either of the two may be meant."""
    if not phrase.first or tagged.tags[phrase.first - 1] != "prep":
        return False
    before = next((p for p in known if p.last == phrase.first - 1), None)
    if before is None or before.human or before.maybe_human:
        return False
    counts = tagged.tokens[before.head].lower in nouns.NO_THINGS
    return not counts and _agrees(tagged, before, verb)


def _agrees(tagged: Tagged, phrase: Phrase, verb: int) -> bool:
    word = tagged.tokens[verb].lower
    if word in _PLURAL_VERBS:
        return phrase.plural or tagged.tags[phrase.first - 1] == "coord"
    return not (word in _SINGULAR_VERBS and phrase.plural)


def _is_thing(tagged: Tagged, phrase: Phrase) -> bool:
    """Tell a plain noun that no "who" stands for."""
    word = tagged.tokens[phrase.head].lower
    return not phrase.human and (word in nouns.NO_THINGS or word in nouns.BODIES)
