"""BERT's uncased tokenizer: a text in lower case, without accents, cut into known pieces."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

_LONGEST_WORD: Final = 100
_IDEOGRAPHS: Final = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPiece:
    """Turns a text into the numbers of its pieces, with the marks of beginning and end.

    `vocabulary` maps pieces to numbers; a piece inside a word begins with "##". It has to hold
    [CLS], [SEP] and [UNK].
    """

    def __init__(self, vocabulary: Mapping[str, int], longest: int = 128) -> None:
        self._vocabulary = vocabulary
        self._longest = longest
        self._unknown = vocabulary["[UNK]"]
        self._known: dict[str, list[int]] = {}

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of the pieces, at most `longest` of them."""
        ids: list[int] = []
        for word in _words(text):
            if len(ids) >= self._longest - 2:
                break
            ids += self._pieces(word)
        kept = ids[: self._longest - 2]
        return [self._vocabulary["[CLS]"], *kept, self._vocabulary["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> list[int]:
        """Take the longest known piece again and again; a word with an unknown rest is unknown."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        ids: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self._vocabulary:
                    ids.append(self._vocabulary[piece])
                    start = end
                    break
            else:
                return [self._unknown]
        return ids


def _words(text: str) -> Iterator[str]:
    """Yield words and single marks of the cleaned text."""
    word: list[str] = []
    for char in unicodedata.normalize("NFD", _clean(text).lower()):
        category = unicodedata.category(char)
        if category == "Mn":
            continue
        alone = _is_mark(char, category) or _is_ideograph(char)
        if (alone or char.isspace()) and word:
            yield "".join(word)
            word = []
        if alone:
            yield char
        elif not char.isspace():
            word.append(char)
    if word:
        yield "".join(word)


def _clean(text: str) -> str:
    kept = (" " if char.isspace() else char for char in text if char not in "\0\ufffd")
    return "".join(c for c in kept if c == " " or unicodedata.category(c)[0] != "C")


def _is_mark(char: str, category: str) -> bool:
    return category[0] == "P" or (
        char.isascii() and char.isprintable() and not char.isalnum() and char != " "
    )


def _is_ideograph(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _IDEOGRAPHS)
