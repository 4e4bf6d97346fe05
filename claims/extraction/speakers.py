"""The words that name a speaker, before a verb or behind it."""

from typing import Final

from claims.extraction.english import nouns, words
from claims.extraction.lookahead import FINITE
from claims.extraction.records import Span
from claims.extraction.tags import Tagged

_PHRASE: Final = frozenset({"name", "noun", "adj", "det", "num", "part"})
_HEADS: Final = frozenset({"name", "noun", "pron"})
_MOST_WORDS: Final = 12
_MOST_ASIDES: Final = 4
_FEWEST_NAMES: Final = 2
_MOST_NAMES: Final = 4
_COMPARED: Final = frozenset("than what how which whom".split())
# The article's own voice, and words that stand in for no speaker.
_NO_SPEAKERS: Final = frozenset("i we you there who that this these those nobody one".split())
_DASHES: Final = frozenset({"—", "–", "-", "--"})
_SENT: Final = frozenset("ambassador adviser advisor aide envoy secretary undersecretary".split())
_SOME: Final = frozenset("one two three some many several most few all both none".split())


def word_at(tagged: Tagged, at: int) -> str:
    """Return the word there in lower case, or nothing outside of the sentence."""
    return tagged.tokens[at].lower if 0 <= at < len(tagged) else ""


def speaker_before(tagged: Tagged, end: int) -> Span | None:
    """Return the noun phrase before `end`, what stands between commas or dashes left out."""
    place = before_asides(tagged, end)
    if place is None:
        return None
    if place != end and _is_name_run(tagged, place + 1, end - 1):
        found = _phrase_before(tagged, place)  # "The captain, Per Holm, told"
        return (found[0], end - 1) if found else None
    if place and tagged.tags[place - 1] == "rel" and word_at(tagged, place - 1) == "who":
        place = place - 1 - (word_at(tagged, place - 2) == ",")
    if _one_of_them(tagged, place):
        return place - 3, place
    found = _phrase_before(tagged, place)
    return _holder(tagged, found[0]) or found if found else None


def _holder(tagged: Tagged, first: int) -> Span | None:
    """Return the name before ", director of the study," that begins at `first`."""
    if word_at(tagged, first - 1) != "," or word_at(tagged, first) not in nouns.PERSONS:
        return None
    start = first - 1
    while start > 0 and tagged.tags[start - 1] == "name":
        start -= 1
    return _phrase_before(tagged, first - 1) if _is_name_run(tagged, start, first - 1) else None


def _is_name_run(tagged: Tagged, first: int, last: int) -> bool:
    """Tell a name alone: two to four words, all of them names."""
    return _FEWEST_NAMES <= last - first <= _MOST_NAMES and all(
        tag_ == "name" for tag_ in tagged.tags[first:last]
    )


def before_asides(tagged: Tagged, end: int) -> int | None:
    """Return where the words before end that a comma, a dash or a bracket has interrupted."""
    if end > 1 and tagged.tokens[end - 1].text in {'"', "”"}:
        end -= 1  # 'Robles, who called it "a phenomenon," said'
    for turn in range(_MOST_ASIDES):
        if end > 0 and tagged.tags[end - 1] == "mark" and tagged.tokens[end - 1].text not in '%"”':
            opened = _opener(tagged, end - 1)
            if opened is None:
                loose = (
                    not turn
                    and tagged.tokens[end - 1].text == ","
                    and not set(tagged.tags[:end]) & FINITE
                )
                return end - 1 if loose else None
            end = opened
            continue
        start = _segment(tagged, end)
        aged = start > 1 and end - start == 1 and tagged.tags[start] == "num"
        if aged and tagged.tokens[start - 1].text == ",":
            end = start - 1  # "Nora Hale, 43, a nurse, said"
            continue
        told = set(tagged.tags[start:end]) & FINITE
        if start and told and "rel" in tagged.tags[start : start + 2]:
            end = start - 1
            continue
        return end
    return None


def _segment(tagged: Tagged, end: int) -> int:
    """Return where the words since the last mark before `end` begin."""
    at = end
    while at > 0 and tagged.tags[at - 1] != "mark":
        at -= 1
    return at


def _opener(tagged: Tagged, closer: int) -> int | None:
    """Return the place of the mark that opened what the one at `closer` closes."""
    mark = tagged.tokens[closer].text
    if mark not in {",", ")"} | _DASHES:
        return None
    pairs = {"("} if mark == ")" else {","} if mark == "," else _DASHES
    for at in range(closer - 1, max(-1, closer - 2 * _MOST_WORDS), -1):
        if tagged.tokens[at].text in pairs:
            return None if mark == "," and _tells(tagged, at + 1, closer) else at
        if tagged.tokens[at].text in {";", ":"}:
            return None
    return None


def _tells(tagged: Tagged, first: int, last: int) -> bool:
    """Tell a clause between commas from ", who led it," and ", closed by the court,"."""
    inside = tagged.tags[first:last]
    verb = next((i for i, tag_ in enumerate(inside) if tag_ in FINITE), -1)
    if verb < 0 or {"rel", "sub"} & set(inside[:verb]):
        return False
    if verb > 0 and word_at(tagged, first + verb) in words.REPORTING:
        return False  # "The government, I acknowledge, kept us": the article's own aside
    return verb > 0 or word_at(tagged, first + 1) not in {"by", "in"}


def _one_of_them(tagged: Tagged, end: int) -> bool:
    """Spot "one of them" and "some of us"."""
    return (
        end > 2
        and tagged.tags[end - 1] == "obj"
        and word_at(tagged, end - 2) == "of"
        and word_at(tagged, end - 3) in _SOME
    )


def _phrase_before(tagged: Tagged, end: int) -> Span | None:
    first = end
    while first > 0 and end - first < _MOST_WORDS and _continues(tagged, first - 1, end):
        first -= 1
        if tagged.tags[first] == "det" and tagged.tags[first - 1] not in {"prep", "coord"}:
            break
    from_there = first > 1 and word_at(tagged, first - 1) in {"from", "in", "with"}
    if from_there and word_at(tagged, first - 2) in nouns.PERSONS | nouns.PEOPLE:
        holder = _phrase_before(tagged, first - 1)  # "A driver from Orlin told"
        return (holder[0], end) if holder else None
    day = tagged.tokens[first].lower in {*words.WEEKDAYS, *words.MONTHS}
    if day and first > 1 and tagged.tags[first - 1] == "prep":
        return _phrase_before(tagged, first - 1)  # "Radio One on Monday said"
    made = first - 2
    if made > 0 and tagged.tags[made] in {"part", "verb"} and word_at(tagged, made + 1) == "by":
        return _phrase_before(tagged, made)  # "a survey published by the bank found"
    if first > 1 and tagged.tags[first - 1] in FINITE and tagged.tags[first - 2] == "rel":
        return _phrase_before(tagged, first - 2)  # "a delegation that saw the centre said"
    while first < end and tagged.tags[first] == "prep":
        first += 1
    if first == end or not _is_head(tagged, end - 1) or _is_tail(tagged, first):
        return None
    if word_at(tagged, end - 1) in _NO_SPEAKERS or word_at(tagged, first - 1) in _COMPARED:
        return None
    return first, end


def _is_tail(tagged: Tagged, first: int) -> bool:
    """Tell the "com" of "example.com"."""
    dotted = word_at(tagged, first - 1) == "."
    return dotted and tagged.tokens[first - 1].end == tagged.tokens[first].start


def _is_head(tagged: Tagged, at: int) -> bool:
    if tagged.tags[at] == "ing":
        return True
    return tagged.tags[at] in _HEADS or tagged.tokens[at].lower in nouns.PERSONS


def _continues(tagged: Tagged, at: int, end: int) -> bool:
    """Tell whether the word at `at` still belongs to the noun phrase that ends at `end`."""
    if tagged.tags[at] == "pron":
        return at == end - 1
    if tagged.tags[end - 1] == "pron":
        return False
    if tagged.tokens[at].lower in {"of", "for", "at", "de", "and"}:
        return at > 0 and tagged.tags[at - 1] in _PHRASE
    if tagged.tokens[at].lower in {"on", "to"}:
        dated = tagged.tokens[at + 1].lower in {*words.WEEKDAYS, *words.MONTHS}
        between = at > 0 and tagged.tags[at - 1] == "name" and tagged.tags[at + 1] == "name"
        return between and not dated
    return tagged.tags[at] in _PHRASE


def speaker_after(tagged: Tagged, start: int, *, named: bool = True) -> Span | None:
    """Return the noun phrase that begins at `start`; `named` takes in a name behind a comma."""
    last = start
    while last < len(tagged) and last - start < _MOST_WORDS:
        joins = tagged.tokens[last].lower in {"of", "for", "at"} and last > start
        sent = last > start and tagged.tokens[last - 1].lower in _SENT
        joins = joins or (sent and tagged.tokens[last].lower == "to")
        if tagged.tags[last] == "pron" and last == start:
            last += 1
            break
        named_ing = tagged.tags[last] == "ing" and last > start
        if tagged.tags[last] not in _PHRASE and not (joins or named_ing):
            break
        last += 1
    if last <= start or not _is_head(tagged, last - 1):
        return None
    known = tagged.tags[start] in {"name", "pron", "det"} or any(
        tagged.tags[i] == "name" for i in range(start, last)
    )
    known = known or tagged.tokens[last - 1].lower in nouns.PEOPLE | nouns.PERSONS
    if not known or word_at(tagged, last - 1) in _NO_SPEAKERS:
        return None
    return start, _with_name(tagged, last) if named else last


def _with_name(tagged: Tagged, last: int) -> int:
    """Take in the name behind a role: "the bank's chief executive, Anna Berg."."""
    if word_at(tagged, last) != ",":
        return last
    end = last + 1
    while end < len(tagged) and tagged.tags[end] == "name":
        end += 1
    closed = end >= len(tagged) or tagged.tags[end] == "mark"
    return end if closed and _is_name_run(tagged, last + 1, end) else last


def is_opposite(tagged: Tagged, end: int) -> bool:
    """Tell ", said Mayor Costa on Friday" from ", said the town lost 300 jobs"."""
    return end >= len(tagged) or tagged.tags[end] not in FINITE | {"part", "to"}
