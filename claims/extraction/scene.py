"""A sentence whose passages are put into shape, and the draft that comes of each."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.discourse import Discourse
from claims.extraction.english import nouns, words
from claims.extraction.lookahead import FINITE, has_finite
from claims.extraction.misread_verbs import is_past
from claims.extraction.noun_phrases import Phrase, main_verb
from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged

Run = tuple[int, int]
Part = Run | str
_STATES: Final = frozenset("based known located called named situated owned".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence to be: runs of tokens and words between them.

    `missing` says what it lacks; `borrowed` are the runs that the passage itself leaves out;
    `beside` is a clause to be quoted behind it where nothing better is certain.
    """

    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    borrowed: tuple[Run, ...] = ()
    beside: Run | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence of the discourse, the one at `at`, and the passages taken from it."""

    discourse: Discourse
    at: int
    pieces: list[Passage]

    @property
    def tagged(self) -> Tagged:
        """The sentence's words with their tags."""
        return self.discourse.reads[self.at].tagged

    @property
    def known(self) -> tuple[Phrase, ...]:
        """The sentence's noun phrases."""
        return self.discourse.phrases(self.at)


def first_word(scene: Scene, passage: Passage) -> int:
    """Return the place of the passage's first word that is no adverb and joins nothing."""
    at = passage.first
    while at < passage.last - 1 and scene.tagged.tags[at] in {"adv", "coord"}:
        at += 1
    return at


def has_any_verb(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a finite verb stands there, also one that was read as a participle."""
    return has_finite(scene.tagged, first, last) or any(
        is_past(scene.tagged, i) for i in range(first, last)
    )


def is_dated(scene: Scene, at: int) -> bool:
    """Tell whether a date stands there."""
    start = scene.tagged.tokens[at].start
    return any(d.start <= start < d.end for d in scene.discourse.reads[scene.at].dates)


def tells_now(scene: Scene) -> bool:
    """Tell a sentence whose persons hold their offices as it speaks: "said", "has", "is"."""
    verb = main_verb(scene.tagged)
    if verb < 0:
        return False
    word = scene.tagged.tokens[verb].lower
    now = {"is", "are", "has", "have", "says", "will"}
    return word in words.REPORTING or word in now


def form_of_be(scene: Scene, noun: Run, at: int = -1) -> str:
    """Return the form of "be" that fits: "was closed", "are based"."""
    head = noun[1] - 1
    found = next((p for p in scene.known if p.first == noun[0]), None)
    plural = found.plural if found else nouns.is_plural(scene.tagged.tokens[head].lower)
    stays = at >= 0 and scene.tagged.tokens[at].lower in _STATES and tells_now(scene)
    if stays:
        return "are" if plural else "is"
    return "were" if plural else "was"


def is_main_verb(scene: Scene, at: int) -> bool:
    """Tell a past form that has to be the main verb, for the sentence has no other."""
    passives = [
        i
        for i in range(at)
        if scene.tagged.tags[i] in FINITE
        and scene.tagged.tokens[i - 1].text == ","
        and scene.tagged.tokens[i + 1].lower in {"by", "in"}
    ]
    if not is_past(scene.tagged, at):
        return False
    others = (i for i in range(len(scene.tagged)) if scene.tagged.tags[i] in FINITE)
    return all(i in passives for i in others)
