"""Who a sentence says has said something, and with which verb."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import clause_ahead
from claims.extraction.records import Span
from claims.extraction.tags import Tagged

_PHRASE: Final = frozenset({"name", "noun", "adj", "det", "num", "part"})
_HEADS: Final = frozenset({"name", "noun", "pron"})
_MOST_WORDS: Final = 12
_FEW: Final = 2
_COMPARED: Final = frozenset("than what how which whom".split())
# The article's own voice, and words that stand in for no speaker.
_MINDED: Final = frozenset("concerned worried confident convinced afraid alarmed".split())
_FINDING: Final = frozenset("find finds found show shows showed shown".split())
_NO_SPEAKERS: Final = frozenset("i we you it there who that this these those nobody one".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it and with which verb; the offsets are those of the speaker's name.

    What they say begins at `since` at the earliest and ends at `until` at the latest.
    """

    who: str
    verb: str
    start: int
    end: int
    since: int
    until: int

    def covers(self, at: int) -> bool:
        """Tell whether the word at `at` can belong to what they say."""
        return self.since <= at < self.until


def attribution(text: str, tagged: Tagged, quoted: Sequence[Span]) -> Attribution | None:
    """Return the first speaker of a sentence, looked for outside of the spans `quoted`."""
    for at, token in enumerate(tagged.tokens):
        if any(start <= token.start < end for start, end in quoted):
            continue
        if token.lower == "according" and _word(tagged, at + 1) == "to":
            speaker = _to_the_right(tagged, at + 2)
            verb = "according to"
        elif token.lower in words.REPORTING and _is_verb(tagged, at) and _reports(tagged, at):
            speaker = _subject(tagged, at)
            verb = token.lower
        elif token.lower in _MINDED and _word(tagged, at - 1) in words.BE:
            speaker = _to_the_left(tagged, at - 1)
            verb = f"{_word(tagged, at - 1)} {token.lower}"
        else:
            continue
        if speaker:
            start, end = tagged.tokens[speaker[0]].start, tagged.tokens[speaker[1] - 1].end
            who = " ".join(text[start:end].split())
            return Attribution(who, verb, start, end, *_scope(tagged, at, speaker))
    return None


def _scope(tagged: Tagged, verb: int, speaker: tuple[int, int]) -> Span:
    """A speaker before the verb has the words behind it; one that comes last those before it."""
    first, last = tagged.tokens[0].start, tagged.tokens[-1].end
    follows = [token.is_word for token in tagged.tokens[max(verb, speaker[1] - 1) + 1 :]]
    closed = verb + 1 < len(tagged) and tagged.tokens[verb + 1].text in {",", ";", "."}
    if speaker[0] < verb:
        leads = sum(follows) > _FEW and not (closed and speaker[0] > 1)
        return (
            (tagged.tokens[speaker[0]].start, last) if leads else (first, tagged.tokens[verb].end)
        )
    if verb == 0 or (sum(follows) > _FEW and tagged.tokens[verb - 1].text not in {",", '"', "”"}):
        return first, last
    return first, tagged.tokens[speaker[1] - 1].end


def _word(tagged: Tagged, at: int) -> str:
    return tagged.tokens[at].lower if 0 <= at < len(tagged) else ""


def _is_verb(tagged: Tagged, at: int) -> bool:
    """Tell a reporting verb from a noun: by its tag, or by what stands around it."""
    if tagged.tags[at] == "verb":
        return True
    if tagged.tags[at] == "part":
        return (
            "be" not in {_word(tagged, at - 1), _word(tagged, at - 2)}
            and _word(tagged, at - 1) not in words.BE
        )
    ends = at + 1 >= len(tagged) or tagged.tags[at + 1] == "mark"
    return ends and tagged.tags[at] == "noun" and tagged.tags[at - 1] in {"name", "noun"}


def _reports(tagged: Tagged, at: int) -> bool:
    """Tell "found that prices rose" from "found the courage"."""
    if tagged.tokens[at].lower not in _FINDING:
        return True
    following = [_word(tagged, i) for i in range(at + 1, min(len(tagged), at + 5))]
    quotes = bool({*following[:1]} & {'"', "“", "«"})
    return "that" in following or not following or quotes or clause_ahead(tagged, at + 1)


def _subject(tagged: Tagged, verb: int) -> tuple[int, int] | None:
    """Return the tokens of the verb's subject: before it, or behind it after a quotation."""
    at = verb
    helped = tagged.tags[verb - 1] == "aux" if verb else False
    while at > 0 and tagged.tags[at - 1] in {"adv", "aux"}:
        if _word(tagged, at - 1) in words.MODALS | {"not", "never"}:
            return None
        at -= 1
    if at > 0 and tagged.tags[at - 1] == "coord":
        verbs = [i for i in range(at - 1) if tagged.tags[i] in {"verb", "aux"}]
        return _to_the_left(tagged, verbs[0]) if verbs else None
    if at > 0 and tagged.tokens[at - 1].text == ",":
        before = _over_apposition(tagged, at - 1)
        return before if helped else _to_the_right(tagged, verb + 1) or before
    if at == 0 or (tagged.tags[at - 1] == "mark" and tagged.tokens[at - 1].text not in ")%"):
        return _to_the_right(tagged, verb + 1)
    return _to_the_left(tagged, at)


def _over_apposition(tagged: Tagged, comma: int) -> tuple[int, int] | None:
    """Spot "Burrows, the chairman of the panel, said": look before the phrase between."""
    for at in range(comma - 1, max(-1, comma - 2 * _MOST_WORDS), -1):
        if tagged.tokens[at].text == ",":
            return _to_the_left(tagged, at)
        if tagged.tags[at] in {"verb", "aux"}:
            return None
    return None


def _to_the_left(tagged: Tagged, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends before `end`."""
    first = end
    while first > 0 and end - first < _MOST_WORDS and _continues(tagged, first - 1, end):
        first -= 1
    while first < end and tagged.tags[first] == "prep":
        first += 1
    if first == end or tagged.tags[end - 1] not in _HEADS:
        return None
    if _word(tagged, end - 1) in _NO_SPEAKERS or _word(tagged, first - 1) in _COMPARED:
        return None
    return first, end


def _continues(tagged: Tagged, at: int, end: int) -> bool:
    """Tell whether the word at `at` still belongs to the noun phrase that ends at `end`."""
    if tagged.tags[at] == "pron":
        return at == end - 1
    if tagged.tags[end - 1] == "pron":
        return False
    if tagged.tokens[at].lower in {"of", "for", "at", "de", "and"}:
        return at > 0 and tagged.tags[at - 1] in _PHRASE
    if tagged.tokens[at].lower in {"on", "to"}:
        return at > 0 and tagged.tags[at - 1] == "name" and tagged.tags[at + 1] == "name"
    return tagged.tags[at] in _PHRASE


def _to_the_right(tagged: Tagged, start: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at `start`."""
    last = start
    while last < len(tagged) and last - start < _MOST_WORDS:
        joins = tagged.tokens[last].lower in {"of", "for", "at"} and last > start
        if tagged.tags[last] == "pron" and last == start:
            last += 1
            break
        if tagged.tags[last] not in _PHRASE and not joins:
            break
        last += 1
    if last <= start or tagged.tags[last - 1] not in _HEADS:
        return None
    named = tagged.tags[start] in {"name", "pron", "det"} or any(
        tagged.tags[i] == "name" for i in range(start, last)
    )
    return (start, last) if named and _word(tagged, last - 1) not in _NO_SPEAKERS else None
