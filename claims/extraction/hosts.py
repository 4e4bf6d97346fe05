"""Passages that hang on another clause of the sentence, and that clause."""

from typing import Final

from claims.extraction.lookahead import has_finite, has_own_finite
from claims.extraction.misread_verbs import has_verb_form, is_past
from claims.extraction.passage import Passage
from claims.extraction.scene import Draft, Run, Scene, first_word, is_main_verb, tells_now
from claims.extraction.subjects import subject_run
from claims.extraction.tags import Role

_LEADING_ON: Final = frozenset("until before unless".split())


def stands_alone(scene: Scene, passage: Passage) -> bool:
    """Tell a passage that has a finite verb, or a participle that its subject can take."""
    if passage.first and scene.tagged.tokens[passage.first].lower in _LEADING_ON:
        return False
    if passage.role == "main" and has_verb_form(scene.tagged, passage.first, passage.last):
        return True
    if has_finite(scene.tagged, passage.first, passage.last):
        return True
    main = passage.role not in {"participle", "apposition", "with"}
    if (main or is_main_verb(scene, passage.first)) and any(
        is_past(scene.tagged, i) for i in range(passage.first, passage.last)
    ):
        return True
    first = scene.tagged.tags[first_word(scene, passage)]
    if passage.role == "participle" and first == "part":
        return subject_run(scene.tagged, scene.known, passage) is not None
    return first == "base" and passage.first == 0


def told_of_the_name(scene: Scene, passage: Passage) -> Draft | None:
    """Spot the "a baker" of "said Hamid Orun, a baker": told of the name before it."""
    at = passage.first
    if not at or scene.tagged.tokens[at - 1].text != "," or scene.tagged.tags[at] != "det":
        return None
    named = next((p for p in scene.known if p.last == at - 1), None)
    phrase = next((p for p in scene.known if p.first == at), None)
    if not named or not phrase or not (named.name or named.maybe_human) or not phrase.human:
        return None
    noun = (named.first, named.last)
    run = (at, passage.last)
    if tells_now(scene):
        return Draft((noun, "is", run), borrowed=(noun,))
    return Draft((noun, ",", run), missing=("context",), borrowed=(noun,))


def role_of(scene: Scene, host: Run) -> Role:
    """Return how the clause hangs in the sentence."""
    found = next((p for p in scene.pieces if p.first == host[0]), None)
    return found.role if found else "main"


def clause_beside(scene: Scene, passage: Passage) -> Run | None:
    """Return the clause beside the passage: a passage of its own, or what lies between."""
    before = [p for p in scene.pieces if p.last <= passage.first]
    if before and _touch(scene, before[-1].last, passage.first) and _verbal(scene, before[-1]):
        return before[-1].first, before[-1].last
    start = _boundary_before(scene, passage.first)
    if has_own_finite(scene.tagged, start, passage.first):
        return start, passage.first
    after = [p for p in scene.pieces if p.first >= passage.last]
    if after and _touch(scene, passage.last, after[0].first) and _verbal(scene, after[0]):
        return after[0].first, after[0].last
    return None


def _verbal(scene: Scene, piece: Passage) -> bool:
    return has_verb_form(scene.tagged, piece.first, piece.last)


def _touch(scene: Scene, last: int, first: int) -> bool:
    between = scene.tagged.tags[last:first]
    return len(between) <= 2 and set(between) <= {"mark", "coord", "prep"}


def _boundary_before(scene: Scene, at: int) -> int:
    """Return where the stretch before begins: behind a semicolon, a quotation or the start."""
    read = scene.discourse.reads[scene.at]
    for i in range(at - 1, -1, -1):
        token = scene.tagged.tokens[i]
        if token.text in {";", ":"} or any(s <= token.start < e for s, e in read.quoted):
            return i + 1
    start = 0
    while start < at and scene.tagged.tags[start] in {"mark", "coord"}:
        start += 1
    return start
