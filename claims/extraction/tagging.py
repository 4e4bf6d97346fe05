"""A light part-of-speech guess for each word: closed classes, verb forms and their neighbours.

It stands in for a trained tagger because clauses only need verbs, joints and names told apart.
"""

from collections.abc import Sequence
from typing import Final

from claims.extraction.english import verbs, words
from claims.extraction.tags import Tag, Tagged
from claims.extraction.tokens import Token
from claims.extraction.verb_forms import NO_VERBS, guess
from claims.extraction.verb_tags import governor, verb_reading

_ADJECTIVE_ENDINGS: Final = (
    "ous",
    "ful",
    "ive",
    "ical",
    "able",
    "ible",
    "less",
    "ish",
    "ary",
    "al",
)
_ADJECTIVES: Final = frozenset(
    """new old good bad big small large great high low long short early late young poor rich
    free full own other last next past previous former current recent main major minor
    first second third many few several public private local national foreign federal
    military senior top key whole entire same different certain likely human open strong
    weak hard soft easy clear true false real key single common important severe heavy
    light white black red green blue hot cold dead alive wrong right left average total
    better worse""".split()
)
_MOSTLY_ADJECTIVES: Final = frozenset(
    """complete clear open free close own present correct separate secure slow welcome
    direct subject perfect equal content""".split()
)
# Nouns that end as adjectives do.
_NOUNS: Final = frozenset(
    """medal hospital capital festival arrival approval proposal trial journal signal material
    individual criminal professional animal metal deal goal seal canal rival mural withdrawal
    removal survival revival denial burial refusal dismissal appraisal rehearsal disposal
    renewal betrayal portrayal cathedral carnival interval terminal referral potential
    executive initiative objective detective motive archive incentive perspective native
    narrative representative alternative relative collective directive explosive olive
    secretary library diary salary anniversary boundary summary documentary commentary
    dictionary burglary monastery missionary mercenary territory adversary beneficiary
    table cable vegetable constable stable rubbish fish dish finish parish""".split()
)
_NUMBER_WORDS: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion trillion dozen half couple hundreds thousands
    millions billions dozens""".split()
)


def tag(tokens: Sequence[Token]) -> Tagged:
    """Tag a sentence's words from left to right."""
    tags: list[Tag] = []
    for position, token in enumerate(tokens):
        tags.append(_closed(tokens, position, tags) or _open(tokens, position, tags, token))
    _find_missing_verbs(tokens, tags)
    return Tagged(tuple(tokens), tuple(tags))


def _find_missing_verbs(tokens: Sequence[Token], tags: list[Tag]) -> None:
    """Where a stretch between full stops has no finite verb, take its likeliest "noun" for one."""
    start = 0
    for at in range(len(tokens) + 1):
        if at < len(tokens) and tokens[at].text not in {".", ";", ":", "?", "!"}:
            continue
        if not any(tag_ in {"verb", "aux", "base"} for tag_ in tags[start:at]):
            for i in range(start + 1, at):
                readings = verbs.FORMS.get(tokens[i].lower, frozenset())
                after_noun = tags[i - 1] in {"noun", "name", "pron"}
                if tags[i] == "noun" and after_noun and readings & {"Z", "D"} and i + 1 < at:
                    tags[i] = "verb"
                    break
        start = at + 1


# Words of one reading only; the order settles what belongs to two classes.
_CLASSES: Final[tuple[tuple[frozenset[str], Tag], ...]] = (
    (_NUMBER_WORDS, "num"),
    (words.AUXILIARIES, "aux"),
    (frozenset({"to"}), "to"),
    (words.COORDINATORS, "coord"),
    (words.RELATIVES | {"what", "how", "why"}, "rel"),
    (words.SUBORDINATORS, "sub"),
    (words.PREPOSITIONS, "prep"),
    (words.SUBJECT_PRONOUNS - words.DETERMINERS, "pron"),
    (words.OBJECT_PRONOUNS, "obj"),
    (words.DETERMINERS, "det"),
    (words.ADVERBS, "adv"),
)
_ONE_READING: Final[dict[str, Tag]] = {
    word: tag_ for members, tag_ in reversed(_CLASSES) for word in members
}


_BE_FORMS: Final[dict[str, Tag]] = {"be": "base", "been": "part", "being": "ing"}


def _closed(tokens: Sequence[Token], at: int, tags: list[Tag]) -> Tag | None:
    """Return the tag of a word from a closed class, or None for an open one."""
    token, word = tokens[at], tokens[at].lower
    if not token.is_word:
        return "noun" if token.text in "%$€£¥#" else "mark"
    if word in {"may", "march"} and token.is_capital and at:
        return "name"
    if token.text[0].isdigit():
        return "num"
    if word in {"that", "once", "so", "as", "after", "before", "since", "until"}:
        return _joining(tokens, at, tags)
    if word in _BE_FORMS:
        return _BE_FORMS[word]
    known = _ONE_READING.get(word)
    if word in {"have", "do"} and _infinitive(tokens, tags):
        return "base"
    if word == "her":
        following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
        owns = following[0].isalpha() and following not in _ONE_READING
        return "det" if owns else "obj"
    return _determiner(tokens, at) if known == "det" else known


def _infinitive(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Tell whether "to" or a modal governs this place: "to have", "would have"."""
    for at in range(len(tags) - 1, max(-1, len(tags) - 4), -1):
        if tags[at] == "to":
            return True
        if tags[at] == "aux":
            return tokens[at].lower in words.MODALS | {"did", "does", "don't", "didn't"}
        if tags[at] not in {"adv", "pron", "name"} or (tags[at] != "adv" and at < len(tags) - 1):
            return False
    return False


def _joining(tokens: Sequence[Token], at: int, tags: list[Tag]) -> Tag:
    """Tell joining words from the prepositions and adverbs of the same form."""
    word = tokens[at].lower
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word == "that":
        return _that(tokens, at, tags)
    if word == "as" and (following == "of" or (at and tokens[at - 1].lower == "such")):
        return "prep"
    if word == "once":
        return "adv" if verbs.FORMS.get(following, frozenset()) & {"D", "N"} else "sub"
    if word == "so":
        purpose = following == "that" or _starts_clause(tokens, at + 1)
        return "sub" if purpose and following not in {"far", "many", "much"} else "adv"
    return "sub" if _starts_clause(tokens, at + 1) else "prep"


def _determiner(tokens: Sequence[Token], at: int) -> Tag:
    """Read "this rose" as a pronoun, "this year" a determiner."""
    if tokens[at].lower in {"this", "these", "those", "all", "both", "some"}:
        following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
        if following in words.AUXILIARIES or not following[0].isalnum():
            return "pron"
        readings = verbs.FORMS.get(following, frozenset())
        if readings & {"Z", "D"} and following not in verbs.NOUN_PRONE_FORMS:
            return "pron"
    return "det"


def _that(tokens: Sequence[Token], at: int, tags: list[Tag]) -> Tag:
    previous = tags[-1] if tags else "mark"
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if previous in {"verb", "part", "base", "ing", "noun", "name", "adj"}:
        return "rel"
    if following in words.AUXILIARIES:
        return "pron"
    return "det" if previous in {"prep", "mark", "coord", "sub"} else "rel"


def _starts_clause(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a subject and its verb follow within a few words (bounded look-ahead)."""
    for place, token in enumerate(tokens[at : at + 9], start=at):
        if _strikes(tokens, place):
            return place > at
        if token.lower in {"and", "or"} or (not token.is_word and token.text not in "'\"%$"):
            return False
        if token.lower in words.AUXILIARIES:
            return True
        readings = verbs.FORMS.get(token.lower, frozenset())
        if readings & {"D", "Z"} and token.lower not in verbs.NOUN_PRONE_FORMS:
            return token is not tokens[at]
        if token.lower in words.SUBJECT_PRONOUNS - words.DETERMINERS:
            return True
    return False


# Past forms that look like nouns, and show themselves only by what they act on.
_HITS: Final = frozenset(
    "hit cut set put cost hurt shut split spread burst beat quit shed struck shot led".split()
)


def _strikes(tokens: Sequence[Token], at: int) -> bool:
    """Spot "a torrent hit a campsite": such a form between a noun and its object."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].lower in _HITS
        and following is not None
        and (following.lower in words.DETERMINERS or following.is_capital)
        and tokens[at - 1].lower not in words.DETERMINERS | words.PREPOSITIONS | {"to"}
    )


def _open(tokens: Sequence[Token], at: int, tags: list[Tag], token: Token) -> Tag:
    previous: Tag = tags[-1] if tags else "mark"
    if token.is_capital and ((at > 0 and tokens[at - 1].text not in '"“‘([:') or _is_name(token)):
        return "name"
    readings = verbs.FORMS.get(token.lower) or guess(token.lower)
    if token.lower in _MOSTLY_ADJECTIVES and previous != "pron" and governor(tags) is None:
        return "adj"
    if token.lower in NO_VERBS and governor(tags) is None:
        return "noun"
    if readings:
        verb = verb_reading(tokens, at, tags, readings, previous)
        if verb:
            return verb
    if token.lower.endswith("ly") and len(token.text) > 4:
        return "adv"
    if token.lower in _NOUNS:
        return "noun"
    if token.lower in _ADJECTIVES or token.lower.endswith(_ADJECTIVE_ENDINGS):
        return "adj"
    if token.is_capital and at == 0 and token.lower not in verbs.FORMS:
        return "noun"
    return "noun"


def _is_name(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1
