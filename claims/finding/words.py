"""The words of a claim that are worth looking for, and the words of a text that match them."""

import re
from collections.abc import Iterator
from typing import Final

import snowballstemmer

from claims.extraction.english import words as english

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_POSSESSIVE: Final = re.compile(r"['’](?:s|S)?$")
# A stem keeps the head of its word, so only words with such a head are worth stemming.
_HEAD: Final = 3
# They say nothing of what a text is about.
STOP_WORDS: Final = (
    english.DETERMINERS
    | english.PREPOSITIONS
    | english.AUXILIARIES
    | english.COORDINATORS
    | english.SUBJECT_PRONOUNS
    | english.OBJECT_PRONOUNS
    | frozenset({"to", "not", "that", "which", "who", "whom", "than", "as", "if", "there"})
    | frozenset({"here", "also", "so", "such", "s", "t", "says", "said"})
)
_LANGUAGES: Final = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip


class Stemmer:
    """Snowball's stemmer of one language; words of any other are taken as they are."""

    def __init__(self, language: str) -> None:
        name = _LANGUAGES.get(language.lower()[:2])
        self._stem = snowballstemmer.stemmer(name).stemWord if name else str
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the stem of a word in lower case."""
        found = self._known.get(word)
        if found is None:
            bare = _POSSESSIVE.sub("", word)
            found = self._known[word] = bare if bare[:1].isdigit() else str(self._stem(bare))
        return found


def lowered(text: str) -> str:
    """Return the text in lower case with every offset kept."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words and numbers of a text."""
    return _WORD.finditer(text)


class Terms:
    """The stems of a claim, each with a number, and a pattern for the words that may have them."""

    def __init__(self, claim: str, language: str = "en") -> None:
        self._stemmer = Stemmer(language)
        low = lowered(claim)
        kept = [m.group() for m in words_of(low) if m.group() not in STOP_WORDS]
        # A claim of nothing but small words is looked for by these.
        kept = kept or [m.group() for m in words_of(low)]
        self.stems: tuple[str, ...] = tuple(dict.fromkeys(map(self._stemmer, kept)))
        self._numbers = {stem: number for number, stem in enumerate(self.stems)}
        self._seen: dict[str, int] = {}
        heads = sorted({re.escape(stem[:_HEAD]) for stem in self.stems})
        self._pattern = re.compile(rf"(?<![\w])(?:{'|'.join(heads)})[\w'’.,]*") if heads else None

    def hits(self, low: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (term, start, end) for each word of `low[start:end]` that the claim has, too."""
        if self._pattern is None:
            return
        seen = self._seen
        for match in self._pattern.finditer(low, start, end):
            word = match.group()
            term = seen.get(word)
            if term is None:
                term = seen[word] = self._term(word)
            if term >= 0:
                yield term, match.start(), match.start() + len(word.rstrip("'’.,"))

    def _term(self, word: str) -> int:
        first = _WORD.match(word)
        return self._numbers.get(self._stemmer(first.group()), -1) if first else -1

    def number(self, word: str) -> int:
        """Return the number of the term that a word of the claim became; -1 where it is none."""
        return self._numbers.get(self._stemmer(lowered(word)), -1)
