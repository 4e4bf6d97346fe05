"""Why a passage is not taken as a claim: opinion, prediction, question, call to action."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.opinions import is_opinion, is_personal, judges_at_once
from claims.extraction.predictions import EXPECTED, foretells, is_prediction, may_be
from claims.extraction.tags import Tagged

_NORMATIVE: Final = re.compile(
    r"\b(?:should|must|ought to|needs? to|ha(?:ve|s) to|let us|let's|it(?:'s| is) (?:high "
    r")?time|(?:we|they|you|people) need|"
    r"we owe|deserves? (?:to|better|more))\b",
    re.IGNORECASE,
)
_COMMANDS: Final = frozenset(
    "let imagine remember consider forget look listen wait stop don't please never".split()
)
_ADDRESS: Final = re.compile(
    r"[\"“‘]?(?:(?:thank you,? )?(?:mr\.?|madam|mister) (?:deputy )?(?:speaker|president|chair\w*)|"
    r"honou?rable members|my lords|friends|comrades|colleagues)[,.!:]?\s*",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:[\"“‘]?)(?:thank you|thanks|good (?:morning|afternoon|evening)|dear |ladies and "
    r"gentlemen|hello|welcome|"
    r"mr\.? speaker|madam speaker|god bless|congratulations|friends,|tēnā|kia ora|[A-Z][a-z]+ "
    r"mr speaker)",
    re.IGNORECASE,
)
_FACTUAL_TAGS: Final = frozenset({"verb", "aux", "part", "ing", "base"})
_LEAST_WORDS: Final = 3
_GREETING_WORDS: Final = 14


def reason_for_sentence(text: str, tagged: Tagged, *, counted: bool) -> str:
    """Return why a whole sentence is set aside, or an empty string.

    `counted` says whether a quantity stands in it.
    """
    address = _ADDRESS.match(text)
    rest = text[address.end() :] if address else text
    if _GREETING.search(rest) and len(rest.split()) < _GREETING_WORDS:
        return "greeting"
    if address and len(rest.split()) < _LEAST_WORDS:
        return "greeting"
    verbs = any(tag in {"verb", "aux", "part", "ing", "base"} for tag in tagged.tags)
    if not verbs and not counted:
        return "not_checkable"
    return ""


def reason_for_passage(
    tagged: Tagged,
    span: tuple[int, int],
    text: str,
    *,
    number: bool,
    attributed: bool,
    question: bool,
    quoted: bool = False,
    personal: bool = False,
    names_role: bool = False,
) -> str:
    """Return why the passage of tokens `span` is no claim, or an empty string if it may be one.

    `number` says whether a quantity or date stands in it, `attributed` whether somebody is reported
    to have said it, `question` whether its sentence asks, `quoted` whether it stands in a
    quotation, `personal` whether its sentence opens with what the speaker feels, `names_role`
    whether it says who or what its subject is.
    """
    run = range(*span)
    lower = [tagged.tokens[i].lower for i in run]
    word_count = sum(tagged.tokens[i].is_word for i in run)
    short = word_count <= _LEAST_WORDS + _pronouns(lower) - 2 * _acts(tagged, run)
    if short and not number and not attributed and not names_role:
        return "not_checkable"
    if quoted and not number and tagged.tags[run[0]] == "pron":
        return "not_checkable"
    if question and not number:
        return "rhetorical_question"
    if personal or is_personal(text):
        return "opinion"
    if attributed:
        return ""
    return _own_voice(tagged, run, text, number=number, names_role=names_role)


def _acts(tagged: Tagged, run: range) -> bool:
    """Tell a short deed or event, "trains stopped", from "it is": a full verb and a noun."""
    does = any(
        tagged.tags[i] == "verb" and tagged.tokens[i].lower not in words.BE | {"had", "has", "have"}
        for i in run
    )
    passive = any(tagged.tags[i] == "part" for i in run) or any(
        tagged.tags[i] == "ing" and tagged.tokens[i].lower in words.INCREASE | words.DECREASE
        for i in run
    )
    own = any(tagged.tokens[i].lower in {"you", "us", "me", "that", "this"} for i in run)
    said = any(tagged.tokens[i].lower in words.REPORTING for i in run)
    return (does or passive) and not own and not said


def _own_voice(tagged: Tagged, run: range, text: str, *, number: bool, names_role: bool) -> str:
    """Return why a passage that nobody is reported to have said is no claim."""
    lower = [tagged.tokens[i].lower for i in run]
    if lower[0] in {"if", "unless"}:
        return "not_checkable"
    if may_be(tagged, run):
        return "prediction"
    if tagged.tags[run[0]] == "base" and all(t == "coord" for t in tagged.tags[: run[0]]):
        return "call_to_action"
    if number:
        if foretells(tagged, run):
            return "prediction"
        return "opinion" if judges_at_once(tagged, run) else ""
    factual = _FACTUAL_TAGS & {tagged.tags[i] for i in run}
    if not factual and not _telling(tagged, run) and not names_role:
        return "not_checkable"
    if lower[0] in _COMMANDS or _is_norm(tagged, run, text):
        return "call_to_action"
    if is_prediction(tagged, run) or EXPECTED.search(text):
        return "prediction"
    return "opinion" if is_opinion(tagged, run, lower) else ""


def _telling(tagged: Tagged, run: range) -> bool:
    """A phrase without a verb that still tells something: "its main rival", "despite the rain"."""
    lower = {tagged.tokens[i].lower for i in run}
    framed = tagged.tokens[run[0]].lower == "with"
    return framed or bool(lower & (words.SUPERLATIVES | {"despite", "rival", "than"}))


def _is_norm(tagged: Tagged, run: range, text: str) -> bool:
    """What should be, in the main verb of the passage and not in a question inside it."""
    match = _NORMATIVE.search(text)
    if not match:
        return False
    before = [
        i for i in run if tagged.tokens[i].start < tagged.tokens[run[0]].start + match.start()
    ]
    return not any(tagged.tags[i] in {"verb", "rel", "sub"} for i in before)


def _pronouns(lower: list[str]) -> int:
    """A short passage about "it" or "us" says even less."""
    return int(bool({*lower} & (words.SUBJECT_PRONOUNS | words.OBJECT_PRONOUNS)))
