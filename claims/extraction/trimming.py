"""Taking joining words, marks and attributions off the ends of a passage."""

from dataclasses import replace
from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import has_finite
from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged

_SOFT_LEAD: Final = frozenset(
    {
        "and",
        "but",
        "or",
        "so",
        "yet",
        "then",
        "however",
        "also",
        "indeed",
        "moreover",
        "meanwhile",
        "therefore",
        "thus",
        "nevertheless",
        "that",
        ",",
        ";",
        ":",
        "-",
        "–",
        "—",
        ".",
        "…",
        "(",
        ")",
        "]",
        "although",
        "though",
        "while",
        "whereas",
        "because",
        "where",
        "which",
        "who",
    }
)


_TRAIL: Final = frozenset(
    {",", ";", ":", "-", "–", "—", "(", "and", "but", "or", ".", "…", "!", "?", "that"}
)


_SAYING: Final = frozenset(word for word in words.SAYING if word.endswith("ing"))
_TIMES: Final = frozenset("morning afternoon evening night day week month year today".split())
_TITLES: Final = frozenset("mr mister madam mrs ms".split())
_ADDRESSED: Final = frozenset("speaker president chair chairman chairwoman".split())
_LEAST_LEFT: Final = 4
_FRAME_TAIL: Final = 5


_REPORTS: Final = words.SAYING | frozenset({"find", "finds", "found", "show", "shows", "showed"})


def trimmed_passage(tagged: Tagged, passage: Passage) -> Passage | None:
    """Take joining words and marks off both ends."""
    first, last = _behind_address(tagged, passage), passage.last
    while (
        first < last
        and tagged.tokens[first].lower in _SOFT_LEAD
        and not _keeps(tagged, first, last)
    ):
        first += 1
    if first + 2 < last and _loose_preposition(tagged, passage, first):
        first += 1
    while first < last and tagged.tokens[last - 1].lower in _TRAIL:
        last -= 1
    last = _without_saying(tagged, first, last)
    if last - first > _LEAST_LEFT and tagged.tokens[last - 1].lower in words.TELLING_NOUNS:
        last -= 3 * (tagged.tokens[last - 3].text == ",")  # "…, a reminder" leads to what follows
    if passage.role == "apposition":
        last = _end_of_phrase(tagged, first, last)
    if first >= last or not any(tagged.tokens[i].is_word for i in range(first, last)):
        return None
    return replace(passage, first=first, last=last)


def _behind_address(tagged: Tagged, passage: Passage) -> int:
    """Leave "Madam Speaker," off: whom one speaks to is not what one says."""
    for at in range(passage.first, min(passage.last - 2, passage.first + 4)):
        if tagged.tokens[at].lower in _ADDRESSED and tagged.tokens[passage.first].lower in _TITLES:
            follows = at + 1 + (tagged.tokens[at + 1].text == ",")
            return follows if tagged.tokens[at + 1].text == "," else passage.first
    return passage.first


def _without_saying(tagged: Tagged, first: int, last: int) -> int:
    """Leave ", saying" off a passage that has a verb of its own."""
    if last - first > _LEAST_LEFT and tagged.tokens[last - 1].lower in _SAYING:
        before = last - 1 - (tagged.tokens[last - 2].text == ",")
        return before if has_finite(tagged, first, before) else last
    return last


def _end_of_phrase(tagged: Tagged, first: int, last: int) -> int:
    """Leave off the verb that follows a phrase between commas: ", the chairman of twelve, said"."""
    for at in range(last - 1, first, -1):
        if tagged.tokens[at].text == "," and has_finite(tagged, at, last):
            return at
    return last


def _loose_preposition(tagged: Tagged, passage: Passage, first: int) -> bool:
    """A preposition that only hung the passage on to what stood before it."""
    word = tagged.tokens[first].lower
    if word == "with":
        return passage.role in {"with", "coord", "main", "resume"} and passage.first > 0
    return word in {"on", "at"} and passage.head is not None


def _keeps(tagged: Tagged, at: int, last: int) -> bool:
    """A leading "that" or "who" that is the subject itself stays."""
    word = tagged.tokens[at].lower
    if word == "that":
        return tagged.tags[at] in {"pron", "det"}
    return word in {"who", "which"} and at + 1 >= last


def is_reporting(tagged: Tagged, passage: Passage, *, leads_in: bool) -> bool:
    """Tell whether a passage only says that somebody said something: "Burrows said".

    `leads_in` says that what was said follows at once.
    """
    if tagged.tokens[passage.first].lower == "according":
        return True
    quiet = {"noun", "name", "adj"}
    last = passage.last - 1
    says = [
        i
        for i in range(passage.first, passage.last)
        if tagged.tokens[i].lower in _REPORTS and (tagged.tags[i] not in quiet or i == last)
    ]
    if not says or tagged.tags[says[-1]] == "name" or passage.last - says[-1] > _FRAME_TAIL:
        return False
    subordinate = any(tagged.tags[i] == "sub" for i in range(passage.first + 1, says[-1]))
    if subordinate and has_finite(tagged, passage.first, says[-1]):
        return False
    if says[-1] == last:
        return True
    # "told the newspaper" only leads in; "criticised the agreement" tells something.
    verb = tagged.tokens[says[-1]].lower
    if leads_in or verb in {"told", "tells", "tell"} or says[-1] == passage.first:
        return True
    tail = {tagged.tokens[i].lower for i in range(says[-1] + 1, passage.last)}
    if tail & _TIMES:
        return True
    return verb not in {"called", "calls", "call"} and tagged.tags[says[-1] + 1] in {
        "prep",
        "adv",
        "mark",
        "name",
    }
