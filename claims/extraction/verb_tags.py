"""Which reading a verb form has among its neighbours: finite, participle, or a noun after all."""

from collections.abc import Sequence
from typing import Final

from claims.extraction.english import verbs, words
from claims.extraction.english.numbers import NUMBERS
from claims.extraction.past_forms import past_reading, subject_needs_verb
from claims.extraction.tags import Tag
from claims.extraction.tokens import Token

_PLURALS: Final = frozenset("police people men women children staff media troops few many".split())


_NOUN_BEFORE: Final = frozenset({"det", "adj", "prep", "num"})


def verb_reading(
    tokens: Sequence[Token], at: int, tags: list[Tag], readings: frozenset[str], previous: Tag
) -> Tag | None:
    """Choose among a word's verb readings by what stands before and after it."""
    ruler = governor(tags)
    if readings == {"G"}:
        return None if previous in {"det", "adj"} and _noun_follows_not(tokens, at) else "ing"
    if ruler == "aux":
        return _after_auxiliary(tokens, tags, readings)
    if ruler == "to" and "B" in readings:
        return "base"
    if _stands_for_noun(tokens, at, previous):
        return None
    if _possessive(tokens, at) or _inside_noun_phrase(tokens, at, readings, previous):
        return "part" if "N" in readings and previous != "num" and "B" not in readings else None
    if _speaks(tokens, at, readings, previous):
        return "verb"
    if readings & {"D", "N"} and "B" not in readings:
        return past_reading(tokens, at, tags, readings)
    return _present(tokens, at, tags, readings, previous)


def _stands_for_noun(tokens: Sequence[Token], at: int, previous: Tag) -> bool:
    """Spot "the left", "the accused": a participle that is the noun itself."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    return previous == "det" and not (following[0].isalnum() and following not in words.AUXILIARIES)


def _inside_noun_phrase(
    tokens: Sequence[Token], at: int, readings: frozenset[str], previous: Tag
) -> bool:
    """Tell "a small united team" and "five set pieces" from "the wave six metres high swept"."""
    if previous not in _NOUN_BEFORE:
        return False
    if previous == "num" and "D" in readings and not readings & {"N", "B"}:
        return False
    if previous in {"det", "prep"} or not readings & {"D", "Z"}:
        return True
    if tokens[at].lower in verbs.NOUN_PRONE_FORMS:
        return True
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    closed = following in (
        words.PREPOSITIONS | words.DETERMINERS | words.OBJECT_PRONOUNS | {"to", "that", "up", "out"}
    )
    return not (closed or not following[0].isalpha())


def _speaks(tokens: Sequence[Token], at: int, readings: frozenset[str], previous: Tag) -> bool:
    """Tell a saying verb behind its subject: "the ministry said"."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    said = tokens[at].lower in words.SAYING and "D" in readings and following != "by"
    quoted = previous == "mark" and at > 0 and tokens[at - 1].text in '"”’»'
    return said and (previous in {"noun", "name", "pron"} or quoted)


def _noun_follows_not(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    return following in words.PREPOSITIONS or not following[0].isalnum()


def _possessive(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower.endswith(("'s", "s'"))


def governor(tags: list[Tag]) -> Tag | None:
    """Return the auxiliary or "to" that governs this place, looking past adverbs."""
    for tag_ in reversed(tags[-4:]):
        if tag_ in {"aux", "to"}:
            return tag_
        if tag_ != "adv":
            return None
    return None


def _after_auxiliary(
    tokens: Sequence[Token], tags: list[Tag], readings: frozenset[str]
) -> Tag | None:
    auxiliary = next(
        tokens[i].lower for i in range(len(tags) - 1, -1, -1) if tags[i] in {"aux", "to"}
    )
    if auxiliary in words.MODALS or auxiliary.startswith(("do", "did")):
        return "base" if "B" in readings else None
    if "N" in readings:
        return "part"
    return "base" if "B" in readings and auxiliary.endswith(("n't", "'ll", "'d")) else None


def _present(
    tokens: Sequence[Token], at: int, tags: list[Tag], readings: frozenset[str], previous: Tag
) -> Tag | None:
    """Decide between a present verb and a noun of the same form."""
    word = tokens[at].lower
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if previous in {"pron", "rel"}:
        return "verb"
    if "D" in readings and word not in verbs.NOUN_PRONE_FORMS:
        return "verb"
    acts = following is not None and (following.lower in words.DETERMINERS or following.is_capital)
    if "D" in readings and acts and previous in {"noun", "name"}:
        return "verb"
    if previous in {"verb", "part", "base"} and "Z" not in readings:
        return None
    if "B" in readings and "Z" not in readings and "D" not in readings:
        return _plain_present(tokens, at, tags, previous)
    if word in verbs.NOUN_PRONE_FORMS:
        sign = following is not None and (
            following.lower in words.DETERMINERS
            or following.lower in {"to", "that", "not", "by", "with", "up", "off", "out"}
            or following.text[0].isdigit()
            or following.text in "$€£"
            or (following.lower.endswith("ly") and len(following.text) > 4)
        )
        return "verb" if sign and subject_needs_verb(tokens, tags) else None
    return "verb" if previous in {"noun", "name", "adv", "mark", "coord"} else None


def _plain_present(tokens: Sequence[Token], at: int, tags: list[Tag], previous: Tag) -> Tag | None:
    """A bare form: an imperative at the start, a verb after a plural noun, else a noun."""
    word = tokens[at].lower
    if previous == "mark":
        following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
        if at == 0 and following in words.AUXILIARIES | words.PREPOSITIONS:
            return None
        objects = words.DETERMINERS | words.OBJECT_PRONOUNS | words.ADVERBS | {"to", "that", "it"}
        if at == 0 and word in verbs.NOUN_PRONE and following not in objects:
            return None
        return "base" if word not in verbs.NOUN_PRONE or at == 0 else None
    if previous == "adv":
        return "verb" if word not in verbs.NOUN_PRONE else None
    before = tokens[at - 1].lower if at else ""
    plural = before.endswith("s") or before in _PLURALS
    if previous in {"noun", "name"} and plural:
        free = subject_needs_verb(tokens, tags)
        return "verb" if free and (word not in verbs.NOUN_PRONE or _object(tokens, at)) else None
    if previous == "name" and word not in verbs.NOUN_PRONE and _object(tokens, at):
        return "verb" if subject_needs_verb(tokens, tags) else None
    if previous == "coord" and word not in verbs.NOUN_PRONE:
        return "base" if at == 1 or _infinitive_open(tags) else "verb"
    return None


def _infinitive_open(tags: list[Tag]) -> bool:
    """Tell whether the last verb before was an infinitive: "to suggest designs and determine"."""
    for tag_ in reversed(tags):
        if tag_ in {"verb", "aux"}:
            return False
        if tag_ in {"base", "to"}:
            return True
    return False


def _object(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    counted = (
        following[0].isdigit() or following in NUMBERS.cardinals or following in {"half", "twice"}
    )
    listed = following in words.DETERMINERS or following in {"to", "that", "more", "less"}
    return counted or listed
