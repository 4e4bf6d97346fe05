"""Tags from closed classes and endings alone, for languages that have no tagger of their own.

What is in no class is a noun or, with a capital inside a sentence, a name. That is enough to find
what a number counts and which way a measure moved.
"""

from collections.abc import Sequence
from functools import cache

from claims.extraction.tags import Tag, Tagged
from claims.extraction.tokens import Token
from claims.extraction.vocabulary import Vocabulary


def tag_plainly(tokens: Sequence[Token], words: Vocabulary) -> Tagged:
    """Tag a sentence's words, each by itself."""
    known = _known(words)
    endings = words.classes.verb_endings
    tags = tuple(_tag(token, at, known, endings) for at, token in enumerate(tokens))
    return Tagged(tuple(tokens), tags)


@cache
def _known(words: Vocabulary) -> dict[str, Tag]:
    classes = words.classes
    pairs: tuple[tuple[frozenset[str], Tag], ...] = (
        (classes.adjectives, "adj"),
        (classes.adverbs, "adv"),
        (classes.auxiliaries, "aux"),
        (classes.pronouns, "pron"),
        (classes.prepositions, "prep"),
        (classes.determiners, "det"),
        (classes.subordinators, "sub"),
        (classes.coordinators, "coord"),
        (frozenset({*words.numbers.cardinals, *words.numbers.magnitudes}), "num"),
        (words.changes.verbs, "verb"),
    )
    return {word: tag for members, tag in pairs for word in members}


def _tag(token: Token, at: int, known: dict[str, Tag], verb_endings: tuple[str, ...]) -> Tag:
    if not token.is_word:
        return "noun" if token.text in "%$€£¥#" else "mark"
    if token.text[0].isdigit():
        return "num"
    if tag := known.get(token.lower):
        return tag
    if token.is_capital and at:
        return "name"
    return "verb" if verb_endings and token.lower.endswith(verb_endings) else "noun"
