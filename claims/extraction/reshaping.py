"""Passages that are no sentences put into the shape of one, with words of the article."""

import itertools
from dataclasses import replace
from typing import Final

from claims.extraction.english import verbs, words
from claims.extraction.hosts import clause_beside, role_of, stands_alone, told_of_the_name
from claims.extraction.lookahead import FINITE, NOMINAL, clause_ahead
from claims.extraction.misread_verbs import is_past
from claims.extraction.noun_phrases import Phrase, subject_of
from claims.extraction.noun_sentences import noun_with_clause, object_relative
from claims.extraction.passage import Passage
from claims.extraction.pleonastic import is_pleonastic
from claims.extraction.scene import (
    Draft,
    Part,
    Scene,
    first_word,
    form_of_be,
    has_any_verb,
    is_main_verb,
)
from claims.extraction.subjects import hung_on, needs_subject, subject_run
from claims.extraction.verb_forms import guess

_STRIPPED: Final = frozenset("after when as since once because although though while".split())
_MIND: Final = frozenset("remember recall note consider imagine remind".split())
_MOST_JOINED: Final = 45
_OBJECTS: Final = frozenset({"det", "obj", "num", "name", "noun", "adj"})


def draft(scene: Scene, passage: Passage) -> Draft:
    """Return the passage as a sentence, or as near to one as is certain."""
    passage = _relative_within(scene, passage)
    return (
        _cleft(scene, passage)
        or _told_to_mind(scene, passage)
        or _from_the_start(scene, passage)
        or noun_with_clause(scene, passage)
        or _hanging(scene, passage)
        or _clause(scene, passage)
    )


def _relative_within(scene: Scene, passage: Passage) -> Passage:
    """Take "that flooded the town" behind a noun for the relative clause that it is."""
    word = scene.tagged.tokens[passage.first].lower
    if word not in {"that", "which", "who"} or not passage.first:
        return passage
    rest = replace(passage, first=passage.first + 1, role="relative", joint=word)
    if rest.first >= rest.last or scene.tagged.tags[passage.first - 1] not in NOMINAL:
        return passage
    verb = first_word(scene, rest)
    finite = scene.tagged.tags[verb] in FINITE or is_past(scene.tagged, verb)
    return rest if finite else passage


def _cleft(scene: Scene, passage: Passage) -> Draft | None:
    """Keep "It was in 2019 that they closed" together."""
    if not is_pleonastic(scene.tagged, passage.first) or passage.last >= len(scene.tagged):
        return None
    rest = next((p for p in scene.pieces if 0 <= p.first - passage.last <= 1), None)
    if rest is None or scene.tagged.tokens[passage.last].lower != "that":
        return None
    return Draft(((passage.first, rest.last),))


def _told_to_mind(scene: Scene, passage: Passage) -> Draft | None:
    """Spot "Remember that the government found £37 billion"."""
    if scene.tagged.tokens[passage.first].lower not in _MIND:
        return None
    for i in range(passage.last - 2, passage.first, -1):
        if scene.tagged.tokens[i].lower == "that" and clause_ahead(scene.tagged, i + 1):
            before = scene.tagged.tokens[i - 1]
            if before.text == "," or i == passage.first + 1:
                return Draft(((i + 1, passage.last),))
    return None


def _from_the_start(scene: Scene, passage: Passage) -> Draft | None:
    """Take up the opening adverb of "Then came April", without which the verb leads."""
    if not passage.first or scene.tagged.tags[passage.first] not in FINITE:
        return None
    before = scene.tagged.tags[: passage.first]
    if set(before) <= {"adv", "mark"} and before[-1] == "adv":
        return Draft(((before.index("adv"), passage.last),))
    return None


def _hanging(scene: Scene, passage: Passage) -> Draft | None:
    """Write a passage without a verb of its own with the clause that it hangs on."""
    if stands_alone(scene, passage):
        return None
    apposed = told_of_the_name(scene, passage)
    if apposed:
        return apposed
    host = clause_beside(scene, passage)
    if host is None:
        return Draft(((passage.first, passage.last),), missing=("context",))
    first, last = min(host[0], passage.first), max(host[1], passage.last)
    if last - first > _MOST_JOINED:
        return Draft(((passage.first, passage.last),), beside=host)
    whole = Passage(first, last, role_of(scene, host), passage.joint)
    draft = noun_with_clause(scene, whole) or _clause(scene, whole)
    outside = (host,) if host[1] <= passage.first or passage.last <= host[0] else ()
    return replace(draft, borrowed=(*draft.borrowed, *outside))


def _clause(scene: Scene, passage: Passage) -> Draft:
    passage = _stripped(scene, passage)
    run = (passage.first, passage.last)
    if not needs_subject(scene.tagged, passage):
        return object_relative(scene, passage) or Draft((run,))
    subject = subject_run(scene.tagged, scene.known, passage)
    if subject is None:
        return _unsure(scene, passage)
    if subject[0] >= passage.first:
        return Draft((run,))
    link: tuple[Part, ...] = ()
    first = first_word(scene, passage)
    hung = passage.role in {"participle", "relative"} and not is_main_verb(scene, first)
    if scene.tagged.tags[first] == "part" and hung:
        link = (form_of_be(scene, subject),)
    elif _two_verbs(scene, passage):
        link = (passage.joint,)
    elif _governed(scene, first):
        link = _governor(scene, first)
    return Draft((subject, *link, run), borrowed=(subject,))


def _unsure(scene: Scene, passage: Passage) -> Draft:
    """Write a passage whose subject is not certain with the clause before it, if it can be."""
    run = (passage.first, passage.last)
    if passage.role == "relative":
        noun = hung_on(scene.tagged, scene.known, passage)
        if noun is None:
            return Draft((run,), missing=("subject",))
        run = (noun[0], passage.last)
        return Draft((run,), missing=("context",), borrowed=(noun,))
    host = clause_beside(scene, passage)
    if host is None or host[1] > passage.first or passage.last - host[0] > _MOST_JOINED:
        return Draft((run,), missing=("subject",))
    joined = Passage(host[0], passage.last, role_of(scene, host), "")
    if needs_subject(scene.tagged, joined):
        return Draft((run,), missing=("subject",))
    return replace(_clause(scene, joined), borrowed=(host,))


def _governed(scene: Scene, at: int) -> bool:
    """Tell "was kept and then transferred" from "was fined and left the town"."""
    if scene.tagged.tags[at] == "base":
        return True
    follows = scene.tagged.tags[at + 1] if at + 1 < len(scene.tagged) else "mark"
    if scene.tagged.tags[at] not in {"part", "verb"} or follows in _OBJECTS:
        return False
    word = scene.tagged.tokens[at].lower
    return scene.tagged.tags[at] == "part" or "N" in (verbs.FORMS.get(word) or guess(word))


def _governor(scene: Scene, at: int) -> tuple[Part, ...]:
    """Return the "was" of "was asked and then arrested", which governs the second verb too."""
    finite = scene.tagged.tags[at] == "verb"
    for i in range(at - 1, -1, -1):
        if scene.tagged.tags[i] == "aux":
            passive = scene.tagged.tokens[i].lower in words.BE
            return ((i, i + 1),) if passive or not finite else ()
        if scene.tagged.tags[i] in {"verb", "mark", "sub", "rel"}:
            return ()
    return ()


def _two_verbs(scene: Scene, passage: Passage) -> bool:
    """Spot "who were tried spent six years": the verb of the main clause stands behind."""
    if passage.role != "relative" or passage.joint not in {"who", "which", "that"}:
        return False
    finite = [i for i in range(passage.first, passage.last) if scene.tagged.tags[i] in FINITE]
    finite += [i for i in range(passage.first, passage.last) if is_past(scene.tagged, i)]
    for before, after in itertools.pairwise(sorted(finite)):
        between = scene.tagged.tags[before + 1 : after]
        parted = set(between) & {"mark", "coord", "sub", "rel", "pron", "prep", "noun"}
        if "prep" in parted and not parted & {"mark", "coord", "sub", "rel", "pron"}:
            return True
    return False


def _stripped(scene: Scene, passage: Passage) -> Passage:
    """Leave off the word that hung a clause on another one: "when Tesk extended its zone"."""
    word = scene.tagged.tokens[passage.first].lower
    rest = replace(passage, first=passage.first + 1)
    before = scene.tagged.tags[passage.first - 1] if passage.first else "mark"
    again = before == "coord" and word in words.REPORTING
    if (again or (word == "that" and before != "mark")) and clause_ahead(
        scene.tagged, passage.first + 1
    ):
        return rest
    if scene.tagged.tags[passage.first] != "sub" or word not in _STRIPPED:
        return passage
    commas = [i for i in range(rest.first, rest.last) if scene.tagged.tokens[i].text == ","]
    if any(has_any_verb(scene, i, rest.last) for i in commas):
        return passage
    verbs_ = (i for i in range(rest.first, rest.last) if scene.tagged.tags[i] in FINITE)
    past = (i for i in range(rest.first, rest.last) if is_past(scene.tagged, i))
    verb = next(verbs_, next(past, -1))
    subject = subject_of(scene.tagged, scene.known, verb) if verb >= 0 else None
    begins = subject.first if isinstance(subject, Phrase) else subject
    return rest if begins == rest.first else passage
