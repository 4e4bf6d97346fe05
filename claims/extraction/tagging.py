"""A light part-of-speech guess for each word: closed classes, verb forms and their neighbours.

It stands in for a trained tagger because clauses only need verbs, joints and names told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from claims.extraction.english import verbs, words
from claims.extraction.tokens import Token

Tag = Literal[
    "det", "prep", "coord", "sub", "rel", "pron", "obj", "aux", "verb", "base", "ing", "part",
    "to", "adv", "num", "noun", "adj", "name", "mark",
]  # fmt: skip

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
_PLURALS: Final = frozenset("police people men women children staff media troops few many".split())
_NO_VERBS: Final = frozenset(
    """morning evening during something anything nothing everything spring string king thing
    ceiling wing sibling wedding pudding building meeting housing clothing feeling hatred
    sacred naked wicked kindred""".split()
)
_MOSTLY_ADJECTIVES: Final = frozenset(
    """complete clear open free close own present correct separate secure slow welcome
    direct subject perfect equal content""".split()
)
_NUMBER_WORDS: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion trillion dozen half couple hundreds thousands
    millions billions dozens""".split()
)
_NOUN_BEFORE: Final = frozenset({"det", "adj", "prep", "num"})
_SIGNS_OF_OBJECT: Final = frozenset({"det", "num", "pron", "obj", "name", "to", "adv"})


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of one sentence with their tags, position by position."""

    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]

    def __len__(self) -> int:
        """Return the number of words and marks."""
        return len(self.tokens)


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
    return _determiner(tokens, at) if known == "det" else known


def _joining(tokens: Sequence[Token], at: int, tags: list[Tag]) -> Tag:
    """Tell joining words from the prepositions and adverbs of the same form."""
    word = tokens[at].lower
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word == "that":
        return _that(tokens, at, tags)
    if word == "once":
        return "adv" if verbs.FORMS.get(following, frozenset()) & {"D", "N"} else "sub"
    if word == "so":
        return "adv" if following in {"far", "many", "much"} else "sub"
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
    for token in tokens[at : at + 9]:
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


def _open(tokens: Sequence[Token], at: int, tags: list[Tag], token: Token) -> Tag:
    previous: Tag = tags[-1] if tags else "mark"
    if token.is_capital and ((at > 0 and tokens[at - 1].text not in '"“‘([:') or _is_name(token)):
        return "name"
    readings = verbs.FORMS.get(token.lower) or _guess(token.lower)
    if token.lower in _MOSTLY_ADJECTIVES and previous != "pron" and _governor(tags) is None:
        return "adj"
    if token.lower in _NO_VERBS and _governor(tags) is None:
        return "noun"
    if readings:
        verb = _verb(tokens, at, tags, readings, previous)
        if verb:
            return verb
    if token.lower.endswith("ly") and len(token.text) > 4:
        return "adv"
    if token.lower in _ADJECTIVES or token.lower.endswith(_ADJECTIVE_ENDINGS):
        return "adj"
    if token.is_capital and at == 0 and token.lower not in verbs.FORMS:
        return "noun"
    return "noun"


def _is_name(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1


def _guess(word: str) -> frozenset[str]:
    """Read an unknown word by its ending."""
    if len(word) > 4 and word.isalpha():
        if word.endswith("ed") and not word.endswith("eed") and word not in _NO_VERBS:
            return frozenset("DN")
        if word.endswith("ing") and word not in _NO_VERBS:
            return frozenset("G")
    return frozenset()


def _verb(
    tokens: Sequence[Token], at: int, tags: list[Tag], readings: frozenset[str], previous: Tag
) -> Tag | None:
    """Choose among a word's verb readings by what stands before and after it."""
    governor = _governor(tags)
    if readings == {"G"}:
        return None if previous in {"det", "adj"} and _noun_follows_not(tokens, at) else "ing"
    if governor == "aux":
        return _after_auxiliary(tokens, tags, readings)
    if governor == "to" and "B" in readings:
        return "base"
    if _stands_for_noun(tokens, at, previous):
        return None
    if _possessive(tokens, at) or _inside_noun_phrase(tokens, at, readings, previous):
        return "part" if "N" in readings and previous != "num" and "B" not in readings else None
    if _speaks(tokens, at, readings, previous):
        return "verb"
    if readings & {"D", "N"} and "B" not in readings:
        return _past(tokens, at, tags, readings)
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
    if previous in {"det", "prep"} or not readings & {"D", "Z"}:
        return True
    if tokens[at].lower in verbs.NOUN_PRONE_FORMS:
        return True
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    closed = following in words.PREPOSITIONS | words.DETERMINERS | {"to", "that", "up", "out"}
    return not (closed or not following[0].isalpha())


def _speaks(tokens: Sequence[Token], at: int, readings: frozenset[str], previous: Tag) -> bool:
    """Tell a saying verb behind its subject: "the ministry said"."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    said = tokens[at].lower in words.SAYING and "D" in readings and following != "by"
    return said and previous in {"noun", "name", "pron"}


def _noun_follows_not(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    return following in words.PREPOSITIONS or not following[0].isalnum()


def _possessive(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower.endswith(("'s", "s'"))


def _governor(tags: list[Tag]) -> Tag | None:
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


def _past(
    tokens: Sequence[Token], at: int, tags: list[Tag], readings: frozenset[str]
) -> Tag | None:
    """A past form is finite unless "by" follows it or a finite verb already governs its clause."""
    if "D" not in readings:
        return "part"
    if "N" not in readings:
        return "verb"
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if at and tokens[at - 1].text == ",":
        listed = _takes_object(tokens, at + 1) and "verb" in tags
        if listed or _main_verb_missing(tokens, tags):
            return "verb"
    if following == "by" and not _subject_needs_verb(tokens, tags):
        return "part"
    return "verb" if _subject_needs_verb(tokens, tags) else "part"


def _takes_object(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an object stands there: "cut poverty, doubled its spending and won"."""
    following = tokens[at] if at < len(tokens) else None
    return following is not None and (
        following.lower in words.DETERMINERS - {"no"}
        or following.lower in words.OBJECT_PRONOUNS
        or following.text[0].isdigit()
    )


def _main_verb_missing(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Tell whether only relative clauses between commas had a verb: "Castro, who led, won"."""
    parts: list[list[Tag]] = [[]]
    for token, tag_ in zip(tokens, tags, strict=False):
        if token.text in {";", ":"}:
            parts = [[]]
        elif token.text == ",":
            parts.append([])
        else:
            parts[-1].append(tag_)
    subject = bool(parts[0]) and parts[0][-1] in {"noun", "name", "pron"}
    plain = [part for part in parts if "rel" not in part[:2]]
    return (
        subject
        and len(plain) < len(parts)
        and not any(tag_ in {"verb", "aux"} for part in plain for tag_ in part)
    )


def _subject_needs_verb(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Tell whether a subject stands before with no finite verb of its own yet."""
    seen_subject = False
    for tag_, token in zip(reversed(tags), reversed(tokens[: len(tags)]), strict=True):
        if tag_ in {"verb", "aux"}:
            return False
        if token.text in {";", ":"}:
            return seen_subject
        if tag_ in {"sub", "rel"}:
            return True
        if tag_ == "coord":
            return _finite_before(tags)
        if tag_ == "mark" and seen_subject:
            continue
        if tag_ in {"noun", "name", "pron", "num", "obj"}:
            seen_subject = True
    return seen_subject


def _finite_before(tags: list[Tag]) -> bool:
    """Tell whether what "and" joins on to is a finite verb, not an infinitive."""
    for at in range(len(tags) - 1, -1, -1):
        tag_ = tags[at]
        if tag_ in {"verb", "aux"}:
            return True
        if tag_ == "part" and not (at and tags[at - 1] in {"det", "adj"}):
            return "aux" in tags
        if tag_ == "base":
            return False
    return True


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
    if previous in {"verb", "part", "base"} and "Z" not in readings:
        return None
    if "B" in readings and "Z" not in readings and "D" not in readings:
        return _plain_present(tokens, at, tags, previous)
    if word in verbs.NOUN_PRONE_FORMS:
        sign = following is not None and (
            following.lower in words.DETERMINERS
            or following.lower in {"to", "that", "not", "by", "with"}
            or following.text[0].isdigit()
            or following.text in "$€£"
            or (following.lower.endswith("ly") and len(following.text) > 4)
        )
        return "verb" if sign and _subject_needs_verb(tokens, tags) else None
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
        free = _subject_needs_verb(tokens, tags)
        return "verb" if free and (word not in verbs.NOUN_PRONE or _object(tokens, at)) else None
    if previous == "name" and word not in verbs.NOUN_PRONE and _object(tokens, at):
        return "verb" if _subject_needs_verb(tokens, tags) else None
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
    return following in words.DETERMINERS or following in {"to", "that", "more", "less"}
