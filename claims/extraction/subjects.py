"""What a passage speaks about where its own words leave it out."""

from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged

_SKIP = frozenset({"adv", "coord", "sub"})
_NOUNS = frozenset({"noun", "name", "pron", "num"})
_PHRASE = frozenset({"noun", "name", "adj", "det", "num", "part"})
_MOST = 14


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


def subject_for(tagged: Tagged, passage: Passage, pieces: list[Passage]) -> tuple[int, int] | None:
    """Return the tokens of the missing subject of `passage`, or None where it is not certain."""
    if passage.role == "relative" or passage.joint in {"which", "who"}:
        return _noun_phrase_before(tagged, passage.first)
    if passage.role not in {"verb", "resume", "coord", "main", "participle"}:
        return None
    before = [piece for piece in pieces if piece.last <= passage.first]
    for piece in reversed(before):
        if piece.role in {"main", "coord", "complement", "resume", "sub"}:
            found = subject_of(tagged, piece.first, passage.first)
            if found:
                return found
    return subject_of(tagged, 0, passage.first)


def subject_of(tagged: Tagged, first: int, last: int) -> tuple[int, int] | None:
    """Return the noun phrase before the first finite verb of a run of tokens."""
    begin = first
    while begin < last and (tagged.tags[begin] in _SKIP or tagged.tags[begin] == "mark"):
        begin += 1
    while begin < last and tagged.tags[begin] == "prep":
        comma = next((i for i in range(begin, last) if tagged.tokens[i].text == ","), None)
        if comma is None:
            return None
        begin = comma + 1
    end = begin
    while end < last and end - begin < _MOST and tagged.tags[end] in _PHRASE | {"prep", "pron"}:
        end += 1
    # A comma, a relative word or a verb ends the phrase; it has to end in a noun.
    while end > begin and tagged.tags[end - 1] not in _NOUNS:
        end -= 1
    return (begin, end) if end > begin else None


def _noun_phrase_before(tagged: Tagged, at: int) -> tuple[int, int] | None:
    """Return the noun phrase that a relative clause beginning near `at` hangs on."""
    end = at
    while end > 0 and tagged.tags[end - 1] in {"mark", "rel", "prep"}:
        end -= 1
    begin = end
    while begin > 0 and end - begin < _MOST and tagged.tags[begin - 1] in _PHRASE:
        begin -= 1
    while begin < end and tagged.tags[begin] == "part":
        begin += 1
    if begin == end or tagged.tags[end - 1] not in {"noun", "name"}:
        return None
    return begin, end
