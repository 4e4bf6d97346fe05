"""Sentence boundaries by marks alone, for languages that have no trained splitter.

A sentence ends at a full stop, question or exclamation mark, with the closing marks behind it,
where a new one seems to begin. A full stop after an abbreviation, an initial or a lone number
ends none.
"""

import re
from typing import Final

from claims.extraction.records import Span
from claims.extraction.vocabulary import SentenceWords

_CLOSERS: Final = "\"'”’»›)\\]"
# The end of one sentence and the beginning of the next; the latter is only looked at.
_BOUNDARY: Final = re.compile(
    rf"(?P<stop>[.!?…]+|[。！？।])[{_CLOSERS}]*(?P<note>\[\d+\])?(?:\s+|(?<=[。！？]))(?P<next>[^\s])"
)
_INITIAL: Final = re.compile(r"(?:^|[\s(.«“\"])[^\W\d_]\.$")
_LIST_MARK: Final = re.compile(r"\d{1,3}\.")
_ORDINAL: Final = re.compile(r"(?:^|\s)\d{1,3}\.$")
_HEAD: Final = 24


def plain_sentences(text: str, start: int, end: int, words: SentenceWords) -> list[Span]:
    """Return the trimmed sentence spans of `text[start:end]`, in order and without overlaps."""
    spans: list[Span] = []
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        if match.start("next") >= end or not _ends(text, begin, match, words):
            continue
        spans.append((begin, match.start("next")))
        begin = match.start("next")
    spans.append((begin, end))
    trimmed = (_trim(text, *span) for span in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _ends(text: str, begin: int, match: re.Match[str], words: SentenceWords) -> bool:
    """Tell a full stop that ends a sentence from one of an abbreviation."""
    if match["next"].islower():
        return False
    if match["stop"] != ".":
        return True
    head = text[max(begin, match.start() - _HEAD) : match.end("stop")]
    if words.closing.search(head):
        return bool(words.opens.match(text, match.start("next")))
    if words.abbreviated.search(head) or _INITIAL.search(head):
        return False
    first = match.end("stop") - len(head) <= begin and _LIST_MARK.fullmatch(head.strip())
    return not (first or (words.ordinal_stop and _ORDINAL.search(head)))


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
