"""Noun phrases with what is told of them, made into sentences."""

from dataclasses import replace
from typing import Final

from claims.extraction.english import verbs
from claims.extraction.lookahead import FINITE, has_finite, has_own_finite
from claims.extraction.misread_verbs import is_past
from claims.extraction.noun_phrases import Phrase
from claims.extraction.passage import Passage
from claims.extraction.scene import Draft, Part, Run, Scene, form_of_be, is_dated, tells_now
from claims.extraction.subjects import follows_hearer, hung_on

_FREE: Final = frozenset("in during by from with since until after before without".split())


def noun_with_clause(scene: Scene, passage: Passage) -> Draft | None:
    """Make a sentence of a noun phrase and what is said of it."""
    phrase = _leading_phrase(scene, passage)
    if phrase is None or phrase.last >= passage.last:
        return None
    noun, at = (phrase.first, phrase.last), phrase.last
    comma = scene.tagged.tokens[at].text == ","
    at += comma
    if at >= passage.last:
        return None
    if scene.tagged.tags[at] == "rel":
        return _relative(scene, passage, noun, at)
    if _of_which(scene, at, passage.last):
        return Draft(((at + 2, passage.last), (at, at + 1), noun))
    if not comma and scene.tagged.tags[at] == "pron":
        return _contact(scene, passage, noun, at)
    if comma and _passive(scene, passage, at):
        return Draft((noun, form_of_be(scene, noun, at), (at, passage.last)))
    if not comma or has_finite(scene.tagged, at, passage.last):
        return None
    return _apposition(scene, passage, noun, at) if phrase.head + 1 == phrase.last else None


def _of_which(scene: Scene, at: int, last: int) -> bool:
    """Spot ", of which only Norland is a member"."""
    relative = scene.tagged.tokens[at + 1].lower if at + 1 < len(scene.tagged) else ""
    if scene.tagged.tags[at] != "prep" or relative not in {"which", "whom"}:
        return False
    inside = scene.tagged.tags[at + 2 : last]
    there = scene.tagged.tokens[at + 2].lower == "there" if at + 2 < last else True
    whole = "mark" not in inside and inside[-1:] in {("noun",), ("adj",), ("part",)}
    return whole and not there and bool(set(inside) & FINITE)


def _passive(scene: Scene, passage: Passage, at: int) -> bool:
    """Tell ", closed by the court in 2011" where nothing else in the passage is finite."""
    if has_finite(scene.tagged, at + 1, passage.last) or _goes_on(scene, at, passage.last):
        return False
    readings = verbs.FORMS.get(scene.tagged.tokens[at].lower, frozenset())
    follows = scene.tagged.tags[at + 1] if at + 1 < passage.last else "mark"
    misread = scene.tagged.tags[at] == "verb" and "N" in readings and follows == "prep"
    return scene.tagged.tags[at] == "part" or misread


def _leading_phrase(scene: Scene, passage: Passage) -> Phrase | None:
    """Return the noun phrase that the passage begins with, with what hangs on it."""
    found = next((p for p in scene.known if p.first == passage.first), None)
    while found and found.last + 1 < passage.last:
        if scene.tagged.tags[found.last] != "prep":
            break
        tied = next((p for p in scene.known if p.first == found.last + 1), None)
        if tied is None:
            break
        found = replace(found, last=tied.last)
    return found


def _relative(scene: Scene, passage: Passage, noun: Run, at: int) -> Draft | None:
    """Spot "The plant, which closed in 2011" or "the loan that they took last spring"."""
    if scene.tagged.tokens[at].lower == "whose" and _one_verb(scene, at, passage.last):
        owned = next((p for p in scene.known if p.first == at + 1), None)
        if owned is None or scene.tagged.tags[owned.last] not in FINITE:
            return None
        return Draft((noun, "'s", (at + 1, passage.last)))
    if scene.tagged.tokens[at].lower not in {"who", "which", "that"}:
        return None
    if has_own_finite(scene.tagged, noun[1], at) or at + 1 >= passage.last:
        return None
    verb = at + 1
    while verb < passage.last - 1 and scene.tagged.tags[verb] == "adv":
        verb += 1
    finite = [i for i in range(at, passage.last) if scene.tagged.tags[i] in FINITE]
    if scene.tagged.tags[verb] in FINITE:
        outside = has_own_finite(scene.tagged, passage.first, passage.last)
        whole = _one_verb(scene, at, passage.last) or scene.tagged.tokens[at - 1].text == ","
        if outside or not whole or _goes_on(scene, verb, passage.last):
            return None
        return Draft((noun, (at + 1, passage.last)))
    return _contact(scene, passage, noun, at + 1) if len(finite) == 1 else None


def _one_verb(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a stretch has one verb group only, so that no main clause hides in it."""
    groups = 0
    for i in range(first, last):
        if scene.tagged.tags[i] in FINITE or is_past(scene.tagged, i):
            before = next(
                (scene.tagged.tags[j] for j in range(i - 1, first - 1, -1)
                 if scene.tagged.tags[j] != "adv"), "mark",
            )  # fmt: skip
            groups += before not in {"aux", "coord", "sub", "pron"}
    return groups <= 1


def _goes_on(scene: Scene, verb: int, last: int) -> bool:
    """Tell whether a verb behind a comma takes the main clause up again."""
    return any(
        scene.tagged.tokens[i - 1].text in {",", "—", "–"}
        and (scene.tagged.tags[i] in FINITE or is_past(scene.tagged, i))
        for i in range(verb + 1, last)
    )


def _contact(scene: Scene, passage: Passage, noun: Run, at: int) -> Draft | None:
    """Spot "The loan they took last spring" is "they took the loan last spring"."""
    verb = at
    while verb < passage.last and scene.tagged.tags[verb] not in FINITE:
        verb += 1
    end = verb + 1
    while end < passage.last and scene.tagged.tags[end] in {"adv", "part"}:
        end += 1
    if verb >= passage.last or has_finite(scene.tagged, end, passage.last):
        return None
    if scene.tagged.tags[verb] == "aux" and scene.tagged.tags[end - 1] != "part":
        return None
    subject = range(at, verb)
    if not all(
        scene.tagged.tags[i] in {"pron", "det", "noun", "name", "adj", "adv"} for i in subject
    ):
        return None
    if not _object_is_missing(scene, end, passage):
        return None
    rest: tuple[Part, ...] = ((end, passage.last),) if end < passage.last else ()
    return Draft(((at, end), noun, *rest))


def _object_is_missing(scene: Scene, at: int, passage: Passage) -> bool:
    """Tell that nothing at `at` is the verb's object, nor a preposition left without one."""
    if at >= passage.last or scene.tagged.tags[at] in {"mark", "adj"}:
        return True
    if is_dated(scene, at):
        return True
    if scene.tagged.tags[at] != "prep" or at + 1 >= passage.last:
        return False
    plain = scene.tagged.tokens[at].lower in _FREE
    return (
        (plain and scene.tagged.tags[at + 1] not in {"prep", "mark"})
        or is_dated(scene, at + 1)
        or scene.tagged.tags[at + 1] == "obj"
    )


def object_relative(scene: Scene, passage: Passage) -> Draft | None:
    """Spot "(The wall,) which the county had declared safe": the noun is the verb's object."""
    if passage.role != "relative" or passage.joint not in {"which", "that", "whom"}:
        return None
    noun = hung_on(scene.tagged, scene.known, passage)
    if noun is None or follows_hearer(scene.tagged, passage):
        return None
    draft = _contact(scene, passage, noun, passage.first)
    if draft is None:
        draft = Draft(((noun[0], passage.last),), missing=("context",))
    return replace(draft, borrowed=(noun,))


def _apposition(scene: Scene, passage: Passage, noun: Run, at: int) -> Draft | None:
    """Spot "Christine Lagarde, the bank's first woman president" is a sentence without its verb."""
    named = scene.tagged.tags[noun[1] - 1] == "name"
    run = range(at, passage.last)
    flat = not any(scene.tagged.tags[i] in {"mark", "rel", "sub"} for i in run)
    if not (named and flat and scene.tagged.tags[at] in {"det", "name", "noun", "adj"}):
        return None
    if any(scene.tagged.tokens[i].text == "," for i in run):
        return None
    if tells_now(scene):
        return Draft((noun, "is", (at, passage.last)))
    return Draft(((passage.first, passage.last),), missing=("context",))
