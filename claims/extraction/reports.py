"""Where a sentence begins to report what somebody said."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import clause_ahead
from claims.extraction.tags import Tagged

# What follows a denial is not what is reported, so the two stay together.
_DENIALS: Final = frozenset("deny denies denied".split())
REPORTS: Final = words.SAYING - _DENIALS | frozenset(
    {"find", "finds", "found", "show", "shows", "showed", "shown", "mean", "means"}
)
_TELLING: Final = frozenset("tell tells told telling".split())


def said_without_that(tagged: Tagged, at: int, begin: int) -> bool:
    """Tell whether a reported clause begins here with no "that": "he said prices rose"."""
    verb = at - 1
    if tagged.tokens[verb].text == "," and verb > begin:
        verb -= 1
    if _addressee(tagged, verb):
        verb -= 1
    elif tagged.tokens[verb].lower in _TELLING and _addressee(tagged, at):
        return False
    if tagged.tokens[verb].lower not in REPORTS or tagged.tags[verb] not in {"verb", "part"}:
        return False
    if announced(tagged, at):
        return False
    return (
        verb >= begin
        and tagged.tags[verb - 1] != "det"
        and tagged.tokens[verb - 1].lower not in {"as", "than"}
        and tagged.tags[at] not in {"mark", "coord", "rel", "to"}
        and clause_ahead(tagged, at)
    )


def _addressee(tagged: Tagged, at: int) -> bool:
    """Spot the one word for who is told: "told Montalvo he would", "told them that"."""
    if tagged.tokens[at - 1].lower not in _TELLING or tagged.tags[at] not in {"name", "obj"}:
        return False
    return at + 1 < len(tagged) and tagged.tags[at + 1] in {"pron", "det", "name"}


def announced(tagged: Tagged, at: int) -> bool:
    """Spot "that they will keep hosting it": a plan of the speaker's own, checked as announced."""
    if at + 1 >= len(tagged) or tagged.tags[at] != "pron":
        return False
    return tagged.tokens[at + 1].lower in {"will", "would"}


def denied(tagged: Tagged, verb: int) -> bool:
    """Spot "were not told that", "did not say that": that it was not said is the claim."""
    return any(
        tagged.tokens[i].lower in {"not", "never"} or tagged.tokens[i].lower.endswith("n't")
        for i in range(max(0, verb - 3), verb)
    )


def reported(tagged: Tagged, at: int, begin: int) -> bool:
    """Spot "announced on Friday that": a saying verb with a short adverbial between."""
    for i in range(at - 1, max(begin, at - 6), -1):
        if tagged.tokens[i].lower in REPORTS and tagged.tags[i] in {"verb", "part"}:
            return True
        if tagged.tags[i] not in {"prep", "adv", "name", "num", "adj", "det", "noun"}:
            return False
    return False
