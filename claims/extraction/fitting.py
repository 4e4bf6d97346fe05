"""Which phrases a pronoun can stand for, by number, gender and kind."""

from typing import Final

from claims.extraction.discourse import Discourse
from claims.extraction.english import nouns, words
from claims.extraction.layout import Read
from claims.extraction.noun_phrases import Phrase, is_body
from claims.extraction.tags import Tagged

_OF_PLACES: Final = frozenset("in at from of on near to".split())


def gender(discourse: Discourse, tagged: Tagged, phrase: Phrase) -> str:
    """Return "he" or "she" where the phrase tells, else an empty string."""
    word = nouns.bare(tagged.tokens[phrase.head].lower)
    if word in nouns.MEN:
        return "he"
    if word in nouns.WOMEN:
        return "she"
    return discourse.people.pronoun.get(phrase.name, "")


def fits(discourse: Discourse, at: int, phrase: Phrase, kind: str) -> bool:
    """Tell whether a pronoun of that kind can stand for the phrase of sentence `at`."""
    tagged = discourse.reads[at].tagged
    word = nouns.bare(tagged.tokens[phrase.head].lower)
    if kind in {"he", "she"}:
        singular = phrase.human and not phrase.plural
        return singular and gender(discourse, tagged, phrase) in {"", kind}
    if word in nouns.NO_THINGS or _is_date(discourse.reads[at], tagged, phrase):
        return False
    if kind == "it":
        return not phrase.human and not phrase.plural and not phrase.maybe_human
    return phrase.plural


def could_fit(discourse: Discourse, at: int, phrase: Phrase, kind: str) -> bool:
    """Tell whether the phrase might be meant, so that another one is not certain."""
    if fits(discourse, at, phrase, kind):
        return True
    if kind in {"he", "she"}:
        run = discourse.reads[at].tagged.tokens[phrase.first : phrase.last]
        return (phrase.maybe_human and not phrase.human) or any(
            discourse.people.full(nouns.bare(token.text)) for token in run[:-1]
        )
    word = discourse.reads[at].tagged.tokens[phrase.head].lower
    crowd = word in {"people", "family", "police", "public", "couple"}
    return kind == "it" and (crowd or (phrase.maybe_human and not phrase.human))


def _is_date(read: Read, tagged: Tagged, phrase: Phrase) -> bool:
    start = tagged.tokens[phrase.head].start
    return any(d.start <= start < d.end for d in read.dates)


def names_another(discourse: Discourse, at: int, last: int, first: int = 0) -> bool:
    """Tell whether a name stands before `last` that may be a person's, though none is known."""
    tagged = discourse.reads[at].tagged
    known = [p for p in discourse.phrases(at) if p.name or is_body(tagged, p)]
    return any(
        tagged.tags[i] == "name"
        and (i == 0 or tagged.tags[i - 1] not in {"det", "name"})
        and (i == 0 or tagged.tokens[i - 1].lower not in _OF_PLACES)
        and not any(p.first <= i < p.last for p in known)
        and tagged.tokens[i].lower not in {*words.MONTHS, *words.WEEKDAYS}
        for i in range(first, last)
    )
