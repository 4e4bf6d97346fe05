"""A claim in a sentence of its own: only words of the article, and dates worked out from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from claims.extraction.attributions import Attribution
from claims.extraction.english import words
from claims.extraction.layout import Read
from claims.extraction.mentions import People, antecedent
from claims.extraction.passage import Passage
from claims.extraction.records import Span
from claims.extraction.subjects import needs_subject, subject_for

_OPEN: Final = frozenset(
    """he she it they this these those his her its their him them hers theirs i me my mine we us our
    ours you your""".split()
)
_HE: Final = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_TELLS: Final = {"told": "said", "tells": "says", "tell": "say"}
# Verbs that a that-clause can follow; after the others the report is put as "according to".
_TAKES_THAT: Final = (
    words.SAYING
    | {"find", "finds", "found", "show", "shows", "showed", "concerned", "worried"}
    | {"think", "thinks", "thought", "confident", "convinced", "afraid", "alarmed"}
) - frozenset("accuse describe call ask quote".split())
_CLOSED: Final = words.DETERMINERS | words.PREPOSITIONS | words.SUBJECT_PRONOUNS - {"i"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXACT = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Context:
    """The article around a claim: its sentences, the one at hand, its passages, its people."""

    text: str
    reads: Sequence[Read]
    at: int
    pieces: list[Passage]
    known: People


@dataclass(frozen=True, slots=True)
class Restated:
    """The restated claim, and the words in it that could not be resolved.

    `borrowed` is where in the article the subject stands that the passage itself leaves out.
    """

    text: str
    unresolved: tuple[str, ...]
    borrowed: tuple[Span, ...] = ()


def restate(
    context: Context, passage: Passage, span: Span, said: Attribution | None, *, quoted: bool
) -> Restated:
    """Return the claim `span` as a sentence. What is not certain stays as the article has it."""
    read = context.reads[context.at]
    if said:
        said = replace(said, who=full_speaker(context, said))
    if quoted:
        exact = " ".join(context.text[slice(*span)].split())
        return Restated(_quotation(exact, said), ())
    body = _resolved(context, passage, span)
    missing: tuple[str, ...] = ()
    borrowed: tuple[Span, ...] = ()
    if needs_subject(read.tagged, passage):
        subject = subject_for(read.tagged, passage, context.pieces)
        if subject:
            tokens = read.tagged.tokens
            borrowed = ((tokens[subject[0]].start, tokens[subject[1] - 1].end),)
            join = ": " if read.tagged.tags[passage.first] == "ing" else " "
            body = f"{_phrase(context, *subject)}{join}{body}"
        else:
            missing = ("subject",)
    elif not _has_verb(read, passage):
        beside = _beside(context, passage)
        body = f"{body} (beside: “{beside}”)" if beside else body
        missing = () if beside else ("context",)
    unresolved = tuple(dict.fromkeys([*_left(body), *missing]))
    return Restated(_sentence(_attributed(context.text, body, said, span)), unresolved, borrowed)


def _beside(context: Context, passage: Passage) -> str:
    """Return the clause of the sentence that a passage without a verb hangs on, or nothing."""
    read = context.reads[context.at]
    before = [p for p in context.pieces if p.last <= passage.first and _has_verb(read, p)]
    after = [p for p in context.pieces if p.first >= passage.last and _has_verb(read, p)]
    if not before and not after:
        return ""
    piece = before[-1] if before else after[0]
    return _phrase(context, piece.first, piece.last)


def full_speaker(context: Context, said: Attribution | None) -> str:
    """Return the speaker with the name in full where that is certain, else as written."""
    if said is None:
        return ""
    pronoun = _HE.get(said.who.lower())
    if pronoun:
        return antecedent(pronoun, context.reads, context.at, context.known) or said.who
    return context.known.full(said.who) or said.who


def _has_verb(read: Read, passage: Passage) -> bool:
    verbs = {"verb", "aux", "part", "ing", "base"}
    return any(read.tagged.tags[i] in verbs for i in range(passage.first, passage.last))


def _phrase(context: Context, first: int, last: int) -> str:
    tokens = context.reads[context.at].tagged.tokens
    return _resolved(
        context, Passage(first, last, "main"), (tokens[first].start, tokens[last - 1].end)
    )


def _resolved(context: Context, passage: Passage, span: Span) -> str:
    """Return the passage's words with names in full, pronouns resolved and dates worked out."""
    read = context.reads[context.at]
    parts: list[str] = []
    at = span[0]
    edits = sorted([*_name_edits(context, passage), *_date_edits(context.text, read, span)])
    for start, end, replacement in edits:
        if start < at or end > span[1]:
            continue
        parts += [context.text[at:start], replacement]
        at = end
    parts.append(context.text[at : span[1]])
    return " ".join("".join(parts).split())


def _name_edits(context: Context, passage: Passage) -> list[tuple[int, int, str]]:
    tagged = context.reads[context.at].tagged
    edits = []
    for i in range(passage.first, passage.last):
        token = tagged.tokens[i]
        pronoun = _HE.get(token.lower)
        if pronoun and tagged.tags[i] in {"pron", "obj", "det"}:
            name = antecedent(pronoun, context.reads, context.at, context.known)
            follows = i + 1 < len(tagged) and tagged.tags[i + 1] in {"noun", "adj", "num"}
            owns = token.lower == "his" or (token.lower == "her" and follows)
            if name and not _named_here(context, name):
                edits.append((token.start, token.end, f"{name}'s" if owns else name))
        elif tagged.tags[i] == "name" or i == 0:
            full = _expanded(context, i)
            if full:
                edits.append((token.start, token.end, full))
    return edits


def _named_here(context: Context, name: str) -> bool:
    """A name that the sentence itself uses is not what its pronoun has to be filled with."""
    tokens = context.reads[context.at].tagged.tokens
    return any(token.text == name.rsplit(maxsplit=1)[-1] for token in tokens)


def _expanded(context: Context, at: int) -> str:
    """Return the full name for a last name that stands alone, or an empty string."""
    tagged = context.reads[context.at].tagged
    word = tagged.tokens[at].text
    bare = re.sub(r"['’]s?$", "", word)
    full = context.known.full(bare)
    alone = not (at and tagged.tags[at - 1] == "name") and not (
        at + 1 < len(tagged) and tagged.tags[at + 1] == "name"
    )
    first_word = at == 1 and tagged.tokens[0].text == full.split(" ")[0]
    return full + word[len(bare) :] if full and alone and not first_word else ""


def _date_edits(text: str, read: Read, span: Span) -> list[tuple[int, int, str]]:
    """Put the worked-out date behind a relative one: "on Tuesday (5 May 2015)"."""
    edits = []
    for found in read.dates:
        inside = span[0] <= found.start and found.end <= span[1]
        if inside and found.iso and not _EXACT.search(text[found.start : found.end]):
            edits.append((found.end, found.end, f" ({_readable(found.iso)})"))
    return edits


def _readable(iso: str) -> str:
    about = "about " if iso.endswith("~") else ""
    parts = [_day(part) for part in iso.rstrip("~").split("/")]
    return about + " to ".join(parts)


def _day(iso: str) -> str:
    if not _DAY.fullmatch(iso):
        return iso
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def _left(body: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z]+", body) if word.lower() in _OPEN]


def _attributed(text: str, body: str, said: Attribution | None, span: Span) -> str:
    """Keep who says it, unless the passage names the speaker itself."""
    if said is None or span[0] <= said.start < span[1]:
        return body
    if said.verb == "according to" or said.verb.split()[-1] not in _TAKES_THAT:
        return f"According to {said.who}, {_lowered(text, body)}"
    return f"{_upper(said.who)} {_TELLS.get(said.verb, said.verb)} that {_lowered(text, body)}"


def _quotation(exact: str, said: Attribution | None) -> str:
    if said is None:
        return _sentence(exact)
    marked = exact if exact[0] in '"“«' else f"“{exact}”"
    if said.verb == "according to":
        return _sentence(f"According to {said.who}: {marked}")
    return _sentence(f"{_upper(said.who)} {_TELLS.get(said.verb, said.verb)}: {marked}")


def _lowered(text: str, body: str) -> str:
    """Lower the first letter of a plain word, never of a name."""
    first = body.split(" ", 1)[0].lower()
    return body[:1].lower() + body[1:] if first in _CLOSED or _is_common(text, first) else body


def _is_common(text: str, word: str) -> bool:
    """Tell a word that the article writes in lower case elsewhere, so that it is no name."""
    return bool(word) and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _upper(body: str) -> str:
    return body[:1].upper() + body[1:]


def _sentence(body: str) -> str:
    body = _upper(body.rstrip(" ,;:-–—"))
    return body if body.endswith((".", "!", "?", "”", '"', "»")) else body + "."
