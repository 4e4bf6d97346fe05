"""Blocks of an article: paragraphs, headings, datelines, bylines, captions, list items."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from claims.extraction.english.words import MONTHS, WEEKDAYS

BlockKind = Literal["paragraph", "heading", "dateline", "byline", "caption", "boilerplate"]

_BREAK = re.compile(r"[ \t\u00a0]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])+[ \t\u00a0]*")
_BLANK = re.compile(r"\n[ \t\u00a0]*\n|\r\n[ \t\u00a0]*\r\n|\u2029")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(WEEKDAYS)
_DATELINE = re.compile(
    rf"(?:(?:updated|published|posted):?\s)?(?:on\s)?(?:(?:{_DAY}),?\s)?"
    rf"(?:(?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s"
    rf"(?:{_MONTH})\.?,?\s\d{{4}}|\d{{4}}-\d\d-\d\d)(?:[,|·-]?\s*\d{{1,2}}[:.]\d\d.{{0,12}})?\.?",
    re.IGNORECASE,
)
# A date or a place and a dash that opens a paragraph: "Monday, May 4, 2015 …", "LA PAZ (Wire) – …".
_DATE_LEAD = re.compile(
    rf"(?:(?:{_DAY}),\s)(?:(?:{_MONTH})\s\d{{1,2}},\s\d{{4}}|\d{{1,2}}\s(?:{_MONTH})\s\d{{4}})\s",
    re.IGNORECASE,
)
_LEAD_DAY = (
    rf"(?:,?\s(?:(?:{_DAY}),?\s)?(?:(?i:{_MONTH})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?"
    rf"|\d{{1,2}}\s(?i:{_MONTH})\.?(?:,?\s\d{{4}})?))"
)
_PLACE_LEAD = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:,\s[A-Z][\w. ]{1,20}?)?"
    rf"{_LEAD_DAY}?(?:\s\([\w ./]{{2,20}}\))?\s?[–—-]{{1,2}}\s"
    rf"|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?{_LEAD_DAY}?\s\([A-Za-z/ ]{{2,12}}\)\s[–—-]{{1,2}}\s"
    rf"|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?{_LEAD_DAY}\s?[–—-]{{1,2}}\s"
)
_BYLINE = re.compile(
    r"(?:by|from|words|text|photo|photos|photograph|editor|reporting by)[:\s]\s?[A-Z].{1,60}",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:image|photo|picture|file photo|credit|caption|figure \d+)\b[:.]", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"(?:subscribe|sign up|read more|share this|follow us|advertisement|all rights reserved|"
    r"copyright|©|cookies?|related (?:news|articles|stories)|click here|sources?$|this article)\b",
    re.IGNORECASE,
)
# An entry of a list of sources: a title in quotation marks, a dash, and who published it.
_REFERENCE = re.compile(r"[\"“][^\"”]{5,160}[\"”]\.?\s[—–-]\s.{3,80}")
_LIST_MARK = re.compile(r"(?:[-*•‣·–]|\d{1,2}[.)])\s+")
_END = '.!?…:;"”’»)'
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_MAX_HEADING_WORDS: Final = 18
_MAX_CAPTION_WORDS: Final = 14
_LONGEST_LINE: Final = 80
_LONGER: Final = 1.6


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with nothing but white space around it, and what part it plays."""

    start: int
    end: int
    kind: BlockKind
    paragraph: int


def blocks(text: str) -> list[Block]:
    """Divide `text` into blocks: at blank lines if it has any, and at each line end otherwise."""
    found: list[Block] = []
    hard = not _BLANK.search(text)
    for number, (start, end) in enumerate(_pieces(text, hard=hard)):
        for kind, first, last in _parts(text, start, end, is_first=not found):
            found.append(Block(first, last, kind, number))
    return found


def _pieces(text: str, *, hard: bool) -> list[tuple[int, int]]:
    """Return the trimmed pieces between breaks; wrapped lines of one paragraph stay together."""
    spans, begin = [], 0
    for match in _BREAK.finditer(text):
        if hard or _is_blank(match.group()) or _line_stands_alone(text, begin, match):
            spans.append((begin, match.start()))
            begin = match.end()
    spans.append((begin, len(text)))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def _is_blank(gap: str) -> bool:
    return len(re.findall(r"\r\n|[\n\r\u2028\x0b\x0c\x85]", gap)) > 1 or "\u2029" in gap


def _line_stands_alone(text: str, begin: int, gap: re.Match[str]) -> bool:
    """A line that is a heading or a list item ends at its own line end."""
    following = text[gap.end() : gap.end() + 6]
    if _LIST_MARK.match(following) or _HEADING_MARK.match(text[begin : begin + 8]):
        return True
    line = text[begin : gap.start()].strip()
    if len(line) >= _LONGEST_LINE or not line:
        return False
    return bool(_DATELINE.fullmatch(line)) or _leads_longer_line(text, line, gap.end())


def _leads_longer_line(text: str, line: str, start: int) -> bool:
    """Tell a heading set right above its paragraph from the wrapped line of a paragraph."""
    following = text[start : start + 4 * _LONGEST_LINE]
    cut = _BREAK.search(following)
    length = cut.start() if cut else len(following)
    short = len(line.split()) <= _MAX_CAPTION_WORDS and line[-1] not in _END + ",-–—"
    return short and length > _LONGER * len(line) and not following[:1].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _parts(text: str, start: int, end: int, *, is_first: bool) -> list[tuple[BlockKind, int, int]]:
    """Name a piece's part; a dateline or caption that opens a paragraph is cut from it."""
    for mark in (_HEADING_MARK, _LIST_MARK):
        marked = mark.match(text, start, end)
        if marked and marked.end() < end:
            kind: BlockKind = "heading" if mark is _HEADING_MARK else "paragraph"
            return [(kind, marked.end(), end)]
    if _DATELINE.fullmatch(text, start, end):
        return [("dateline", start, end)]
    lead = _DATE_LEAD.match(text, start, end) or _PLACE_LEAD.match(text, start, end)
    if lead and lead.end() < end and end - lead.end() > 40:
        cut = _trim(text, *lead.span())
        return [("dateline", *cut), *_parts(text, lead.end(), end, is_first=is_first)]
    return [(_kind(text[start:end], is_first=is_first), start, end)]


def _kind(piece: str, *, is_first: bool) -> BlockKind:
    count = len(piece.split())
    short = count <= _MAX_HEADING_WORDS
    ended = piece[-1] in _END
    if short and _BYLINE.fullmatch(piece) and not ended:
        return "byline"
    if _REFERENCE.fullmatch(piece) or (short and _BOILERPLATE.match(piece)):
        return "boilerplate"
    if short and not ended and (is_first or _looks_like_heading(piece, count)):
        return "heading"
    if short and (_CAPTION.search(piece) or _is_caption(piece, count)):
        return "caption"
    return "paragraph"


def _is_caption(piece: str, count: int) -> bool:
    """A short noun phrase with a full stop and no verb, in its own paragraph."""
    from claims.extraction.english.verbs import FORMS  # noqa: PLC0415
    from claims.extraction.english.words import AUXILIARIES  # noqa: PLC0415

    if count > _MAX_CAPTION_WORDS or piece[-1] != "." or any(c in piece for c in '"“”?!'):
        return False
    words = [word.strip(".,;:").lower() for word in piece.split()]
    finite = any(word in AUXILIARIES or FORMS.get(word, frozenset()) & {"D", "Z"} for word in words)
    return not finite and count > 2 and not any(c.isdigit() for c in piece)


def _looks_like_heading(piece: str, count: int) -> bool:
    return count <= _MAX_HEADING_WORDS and piece[-1] not in ",-–—" and piece[0] not in '"“'
