"""Who a sentence says has said something, and with which verb."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import FINITE, clause_ahead
from claims.extraction.misread_verbs import has_verb_form
from claims.extraction.records import Span
from claims.extraction.speakers import is_opposite, speaker_after, speaker_before, word_at
from claims.extraction.tags import Tagged

_FEW: Final = 2
_MINDED: Final = frozenset("concerned worried confident convinced afraid alarmed".split())
_FINDING: Final = frozenset("find finds found show shows showed shown".split())
# A promise is what somebody said only where it says what was promised.
_PROMISING: Final = frozenset(
    "promise promises promised pledge pledges pledged vow vows vowed boast boasts boasted".split()
)
# These have the one who is told behind them, never the one who tells.
_TELLING: Final = frozenset("tell tells told".split())
_NOUNS: Final = frozenset(
    "claim claims statement assertion allegation warning admission argument boast report".split()
)
_NAMING: Final = frozenset("call calls called describe describes described".split())
_SUPPOSED: Final = frozenset("when whenever if unless until before".split())
_QUOTES: Final = frozenset({'"', "“", "«"})
# These are reports with a mere object too: "described the move", "announced a review".
_WITH_OBJECT: Final = frozenset(
    """announce announces announced declare declares declared describe describes described call
    calls called accuse accuses accused deny denies denied warn warns warned ask asks asked tell
    tells told acknowledge acknowledges acknowledged admit admits admitted confirm confirms
    confirmed promise promises promised pledge pledges pledged said say says believe believes
    believed""".split()
)
_NEAR: Final = 6


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it and with which verb; the offsets are those of the speaker's name.

    What they say begins at `since` at the earliest and ends at `until` at the latest; the verb
    stands at `verb_at`.
    """

    who: str
    verb: str
    start: int
    end: int
    since: int
    until: int
    verb_at: int

    def covers(self, at: int) -> bool:
        """Tell whether the word at `at` can belong to what they say."""
        return self.since <= at < self.until


def attributions(text: str, tagged: Tagged, quoted: Sequence[Span]) -> list[Attribution]:
    """Return the speakers of a sentence: the surest of each stretch between semicolons."""
    found: dict[Span, tuple[int, Attribution]] = {}
    for at, token in enumerate(tagged.tokens):
        if any(start <= token.start < end for start, end in quoted):
            continue
        report = _at(tagged, at)
        stretch = _stretch(tagged, at) if report else (0, 0)
        if not report:
            continue
        sure = token.lower not in words.REPORTING or _is_sure(tagged, at)
        rank = sure + (sure and token.lower not in _NAMING)
        if stretch not in found or rank > found[stretch][0]:
            found[stretch] = rank, _attribution(text, tagged, at, report)
    return [attribution_ for _, attribution_ in found.values()]


def _is_sure(tagged: Tagged, at: int) -> bool:
    """Tell "say prices rose" and ", officials said." from "deny the accusation"."""
    closed = at + 1 >= len(tagged) or tagged.tags[at + 1] == "mark"
    before = tagged.tokens[at - 1].text if at else ","
    return closed or before in {",", '"', "”"} or _says_what(tagged, at)


def _attribution(text: str, tagged: Tagged, at: int, report: tuple[Span, str, Span]) -> Attribution:
    speaker, verb, scope = report
    start, end = tagged.tokens[speaker[0]].start, tagged.tokens[speaker[1] - 1].end
    who = " ".join(text[start:end].split())
    who = who[:-2] if who.endswith(("'s", "’s")) else who
    return Attribution(who, verb, start, end, *scope, tagged.tokens[at].start)


def _at(tagged: Tagged, at: int) -> tuple[Span, str, Span] | None:
    """Return the speaker's tokens, the verb and the scope of a report whose word is at `at`."""
    word = tagged.tokens[at].lower
    speaker: Span | None = None
    verb = word
    if word == "according" and word_at(tagged, at + 1) == "to":
        speaker, verb = speaker_after(tagged, at + 2, named=False), "according to"
    elif word == "put" and word_at(tagged, at + 1) == "it":
        speaker, verb = _as_put(tagged, at), "put it"
    elif word in _NOUNS and word_at(tagged, at + 1) == "that":
        speaker = _owner(tagged, at)
    if speaker is None and word in words.REPORTING:
        if _told_by(tagged, at):
            by = speaker_after(tagged, at + 2)
            return (by, word, _after(tagged, by[1])) if by else None
        if _is_verb(tagged, at) and _reports(tagged, at):
            speaker = _subject(tagged, at)
    elif word in _MINDED and word_at(tagged, at - 1) in words.BE:
        speaker, verb = speaker_before(tagged, at - 1), f"{word_at(tagged, at - 1)} {word}"
    return (speaker, verb, _scope(tagged, at, speaker)) if speaker else None


def _after(tagged: Tagged, at: int) -> Span:
    last = tagged.tokens[-1].end
    return (tagged.tokens[at].start if at < len(tagged) else last), last


def _as_put(tagged: Tagged, at: int) -> Span | None:
    """Spot "as Lagarde put it"."""
    found = speaker_before(tagged, at)
    return found if found and word_at(tagged, found[0] - 1) == "as" else None


def _owner(tagged: Tagged, at: int) -> Span | None:
    """Spot "the bank's claim that"."""
    owner = at - 1
    while owner > 0 and tagged.tags[owner] == "adj":
        owner -= 1
    if owner < 0 or not tagged.tokens[owner].lower.endswith(("'s", "s'")):
        return None
    return speaker_before(tagged, owner + 1)


def _told_by(tagged: Tagged, at: int) -> bool:
    """Spot "was told by"."""
    passive = {word_at(tagged, at - 1), word_at(tagged, at - 2)} & (words.BE | {"be"})
    return tagged.tags[at] == "part" and bool(passive) and word_at(tagged, at + 1) == "by"


def _scope(tagged: Tagged, verb: int, speaker: tuple[int, int]) -> Span:
    """A speaker before the verb has the words behind it; one that comes last those before it."""
    first, last = _stretch(tagged, verb)
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


def _stretch(tagged: Tagged, verb: int) -> Span:
    """Return the part of the sentence between semicolons that the verb stands in."""
    stops = [i for i, token in enumerate(tagged.tokens) if token.text == ";"]
    before = max((i for i in stops if i < verb), default=-1)
    after = min((i for i in stops if i > verb), default=len(tagged) - 1)
    return tagged.tokens[before + 1].start, tagged.tokens[after].end


def _is_verb(tagged: Tagged, at: int) -> bool:
    """Tell a reporting verb from a noun: by its tag, or by what stands around it."""
    if tagged.tags[at] == "verb":
        return True
    if tagged.tags[at] == "part":
        return not {word_at(tagged, at - 1), word_at(tagged, at - 2)} & (words.BE | {"be"})
    ends = at + 1 >= len(tagged) or tagged.tags[at + 1] == "mark"
    return ends and tagged.tags[at] == "noun" and tagged.tags[at - 1] in {"name", "noun"}


def _reports(tagged: Tagged, at: int) -> bool:
    """Tell "found that prices rose" from "found the courage", "promised to" from a "promised"."""
    word = tagged.tokens[at].lower
    if _names_a_noun(tagged, at):
        return False
    if _describes_a_noun(tagged, at):
        return word_at(tagged, at + 1) in {"that", "to", *_QUOTES}
    if word in _FINDING:
        following = [word_at(tagged, i) for i in range(at + 1, min(len(tagged), at + 5))]
        quotes = bool({*following[:1]} & _QUOTES)
        return "that" in following or not following or quotes or clause_ahead(tagged, at + 1)
    follows = at + 1 < len(tagged) and tagged.tags[at + 1] != "mark"
    opposite = word_at(tagged, at - 1) in {",", ""} or any(
        token.text in {'"', "”"} for token in tagged.tokens[:at]
    )
    if follows and not opposite and word not in _WITH_OBJECT:
        return _says_what(tagged, at)
    return word not in _PROMISING or _says_what(tagged, at)


def _says_what(tagged: Tagged, at: int) -> bool:
    """Tell whether the words behind a verb are what was said: "that …", "to …", a quotation."""
    following = [word_at(tagged, i) for i in range(at + 1, min(len(tagged), at + _NEAR))]
    spoken = {"that", "whether", "how", *_QUOTES} & set(following)
    if spoken or following[:1] == ["to"] or clause_ahead(tagged, at + 1):
        return True
    starts = at + 1 < len(tagged) and tagged.tags[at + 1] in {"name", "pron"}
    return starts and has_verb_form(tagged, at + 1, min(len(tagged), at + _NEAR + 2))


def _names_a_noun(tagged: Tagged, at: int) -> bool:
    """Spot "a group called the Sea Org was": the participle of a phrase whose verb follows."""
    if tagged.tokens[at].lower not in {"called", "described", "quoted"}:
        return False
    later = (i for i in range(at + 1, len(tagged)) if tagged.tags[i] in FINITE | {"mark", "coord"})
    following = next(later, len(tagged))
    return following < len(tagged) and tagged.tags[following] in FINITE


def _describes_a_noun(tagged: Tagged, at: int) -> bool:
    """Spot "the figure he reported in May fell": a verb of a noun phrase, another one follows."""
    before = at
    while before > 0 and tagged.tags[before - 1] in {"adv", "aux"}:
        before -= 1
    if before and tagged.tags[before - 1] == "rel":
        return True
    pronoun = before > 1 and tagged.tags[before - 1] == "pron"
    hung = pronoun and tagged.tags[before - 2] in {"noun", "name", "num"}
    return hung and any(tag_ in FINITE for tag_ in tagged.tags[at + 1 :])


def _subject(tagged: Tagged, verb: int) -> Span | None:
    """Return the tokens of the verb's subject: before it, or behind it after a quotation."""
    at = verb
    while at > 0 and tagged.tags[at - 1] in {"adv", "aux"}:
        if word_at(tagged, at - 1) in words.MODALS | {"not", "never"}:
            return None
        at -= 1
    if at > 0 and tagged.tags[at - 1] == "coord":
        verbs = [i for i in range(at - 1) if tagged.tags[i] in FINITE]
        return speaker_before(tagged, verbs[0]) if verbs else None
    telling = tagged.tokens[verb].lower in _TELLING
    helped = tagged.tags[verb - 1] == "aux" if verb else False
    marked = at == 0 or (tagged.tags[at - 1] == "mark" and tagged.tokens[at - 1].text != "%")
    if marked and not telling and not helped:
        opposite = speaker_after(tagged, verb + 1)
        if opposite and is_opposite(tagged, opposite[1]):
            return opposite
    found = speaker_before(tagged, at)
    if found and word_at(tagged, found[0] - 1) in _SUPPOSED:
        return None
    return found
