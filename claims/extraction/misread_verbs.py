"""Verbs that the tagger read as something else, told by their form and their neighbours."""

from typing import Final

from claims.extraction.english import verbs
from claims.extraction.lookahead import FINITE
from claims.extraction.tags import Tagged
from claims.extraction.verb_forms import guess

_NOUNS: Final = frozenset({"noun", "name", "mark"})


def is_past(tagged: Tagged, at: int) -> bool:
    """Tell a past form that was read as a participle though nothing governs it."""
    if tagged.tags[at] != "part":
        return False
    word = tagged.tokens[at].lower
    if "D" not in (verbs.FORMS.get(word) or guess(word)):
        return False
    before = next(
        (tagged.tags[i] for i in range(at - 1, -1, -1) if tagged.tags[i] != "adv"), "mark"
    )
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else "."
    return before in {"noun", "name", "num", "pron", "mark", "coord", "adj"} and following != "by"


def has_verb_form(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a run has a verb, also one that was read as a noun: "Norland lands cod"."""
    for i in range(first, last):
        if tagged.tags[i] in FINITE or is_past(tagged, i):
            return True
        if i > first and i + 1 < last and tagged.tags[i] == "noun":
            readings = verbs.FORMS.get(tagged.tokens[i].lower, frozenset())
            subject = tagged.tags[i - 1] in {"noun", "name", "pron"}
            if subject and readings & {"Z", "D", "B"} and tagged.tags[i + 1] not in _NOUNS:
                return True
    return False
