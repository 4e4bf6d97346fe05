"""What the check-worthiness model sees of a sentence: pieces of its words and surface marks."""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from claims.extraction.english import words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[%$€£?!\"“]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER_WORD: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    hundred thousand million billion trillion half third quarter percent dozen double
    triple""".split()
)
_FIRST: Final = frozenset("i me my mine i'm i've i'll i'd".split())
_WE: Final = frozenset("we us our ours we're we've we'll we'd".split())
_YOU: Final = frozenset("you your yours you're you've you'll".split())
_NEGATIONS: Final = frozenset("not no never none nobody nothing don't didn't isn't wasn't".split())
_BUCKETS: Final = (5, 9, 14, 20, 28)
_LONG: Final = 60


def words_of(text: str) -> list[str]:
    """Return the sentence's words in lower case, each number as "0", at most sixty."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        found.append("0" if word[0].isdigit() else word.lower().replace("’", "'"))
        if len(found) >= _LONG:
            break
    return found


def pieces_of(words: list[str]) -> list[str]:
    """Return the words, their pairs (with the sentence's ends), beginnings and endings.

    Beginnings and endings let "unemployed" and "employers" share what was learned of "employment".
    """
    found = list(words)
    found += (f"{first} {second}" for first, second in itertools.pairwise(["^", *words, "$"]))
    found += (piece for word in words for piece in _parts(word))
    return found


def pieces_of_word(word: str) -> tuple[str, ...]:
    """Return a word, its beginnings and its ending."""
    return (word, *_parts(word))


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    cuts = ((3, f"~{word[-3:]}"), (4, f"{word[:4]}~"), (6, f"{word[:6]}~"))
    return tuple(part for least, part in cuts if len(word) > least)


def marks_of(text: str, words: list[str]) -> list[str]:
    """Return the names of the surface marks that hold for `text`, whose words are `words`."""
    return list(_surface(text, words, set(words)))


def _surface(text: str, lower: list[str], seen: set[str]) -> Iterator[str]:
    numbers = sum(word == "0" or word in _NUMBER_WORD for word in lower)
    yield f"numbers{min(numbers, 3)}"
    yield f"length{sum(len(lower) > bucket for bucket in _BUCKETS)}"
    names = len(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))
    yield f"names{min(names, 4)}"
    checks = {
        "percent": "%" in seen or "percent" in seen,
        "money": bool(seen & {"$", "€", "£", "dollars", "euros"}),
        "year": bool(_YEAR.search(text)),
        "first": bool(seen & _FIRST),
        "we": bool(seen & _WE),
        "you": bool(seen & _YOU),
        "question": "?" in seen,
        "shout": "!" in seen,
        "modal": bool(seen & words.MODALS),
        "not": bool(seen & _NEGATIONS),
        "superlative": bool(seen & words.SUPERLATIVES),
        "says": bool(seen & words.REPORTING),
        "moves": bool(seen & (words.INCREASE | words.DECREASE)),
        "than": "than" in seen,
        "past": any(word.endswith("ed") for word in lower) or bool(seen & {"was", "were", "had"}),
        "will": bool(seen & {"will", "going", "we'll", "i'll"}),
        "norm": bool(seen & {"should", "must", "need", "let", "let's"}),
    }
    yield from (name for name, holds in checks.items() if holds)
