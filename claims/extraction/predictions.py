"""What lies ahead or only may be, with nobody who is reported to say so."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.tags import Tagged

_PREDICTIVE: Final = frozenset({"will", "won't", "shall", "could", "may", "might", "'ll", "would"})
EXPECTED: Final = re.compile(
    r"\b(?:is|are) (?:\w+ )?(?:expected|forecast|predicted|likely|bound|doomed|certain)\b"
)


def is_prediction(tagged: Tagged, run: range) -> bool:
    """The main finite verb, not one of a relative clause, speaks of what will or might be."""
    inside = False
    for i in run:
        if tagged.tags[i] == "rel" and i > run[0]:
            inside = True
        elif tagged.tags[i] in {"verb", "aux"}:
            word = tagged.tokens[i].lower
            if not inside:
                predictive = word in (_PREDICTIVE | words.MODALS) - {"can"} or word.endswith("'ll")
                predictive = predictive or (word == "can" and _own_subject(tagged, run, i))
                plan = _passive_plan(tagged, i, run) or _was_unable(tagged, i)
                return predictive and not plan
            inside = False
    return False


def _own_subject(tagged: Tagged, run: range, verb: int) -> bool:
    """What "we", "you" or "one" can do is a wish; what a deficiency can lead to is a fact."""
    own = {"i", "we", "you", "one", "they", "it", "that", "this"}
    return any(tagged.tokens[i].lower in own for i in run if i < verb)


def may_be(tagged: Tagged, run: range) -> bool:
    """The first finite verb is "could" or "might": no figure makes that a fact."""
    first = next((i for i in run if tagged.tags[i] in {"verb", "aux"}), None)
    if first is None or _was_unable(tagged, first):
        return False
    return tagged.tokens[first].lower in {"could", "might", "may"}


def _was_unable(tagged: Tagged, at: int) -> bool:
    """Spot "could not pay its rent": what somebody was unable to do, not what may come."""
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else ""
    return tagged.tokens[at].lower == "couldn't" or (
        tagged.tokens[at].lower == "could" and following in {"not", "only", "no", "afford"}
    )


def foretells(tagged: Tagged, run: range) -> bool:
    """Spot "prices will double by 2030": a figure that lies ahead, with nobody who says so."""
    first = next((i for i in run if tagged.tags[i] in {"verb", "aux"}), None)
    if first is None or tagged.tokens[first].lower not in {"will", "won't", "shall"}:
        return False
    ahead = [tagged.tokens[i].lower for i in range(first + 1, min(first + 4, run[-1] + 1))]
    return bool({*ahead} & (words.INCREASE | words.DECREASE))


def _passive_plan(tagged: Tagged, at: int, run: range) -> bool:
    """Spot "would be engraved": an arrangement, not a forecast."""
    following = [tagged.tokens[i].lower for i in range(at + 1, min(at + 3, run[-1] + 1))]
    passive = at + 2 <= run[-1] and tagged.tags[at + 2] == "part"
    return "be" in following and passive and tagged.tokens[at].lower in {"will", "would"}
