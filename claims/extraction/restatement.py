"""A claim in a sentence of its own: only words of the article, and dates worked out from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.extraction.attributions import Attribution
from claims.extraction.discourse import Discourse
from claims.extraction.english import nouns, verbs, words
from claims.extraction.passage import Passage
from claims.extraction.records import Span
from claims.extraction.reshaping import draft
from claims.extraction.rewording import Rewording
from claims.extraction.scene import Draft, Scene
from claims.extraction.tokens import Token

_TELLS: Final = {"told": "said", "tells": "says", "tell": "say"}
# Verbs that a that-clause can follow; after the others the report is put as "according to".
_TAKES_THAT: Final = (
    words.SAYING
    | {"find", "finds", "found", "show", "shows", "showed", "concerned", "worried"}
    | {"think", "thinks", "thought", "confident", "convinced", "afraid", "alarmed"}
) - frozenset("accuse describe call ask quote".split())
_CLOSED: Final = words.DETERMINERS | words.PREPOSITIONS | words.SUBJECT_PRONOUNS - {"i"}
_PLAIN: Final = frozenset({"num", "det", "prep", "adv", "pron", "adj", "part", "ing"})
_ENDS: Final = (".", "!", "?", "…")
_OPENERS: Final = '"“«„'
_LEAST_QUOTED: Final = 3
_CLOSERS: Final = "\"”»’'"


@dataclass(frozen=True, slots=True)
class Context:
    """The article around a claim: its sentences, the one at hand and its passages."""

    discourse: Discourse
    at: int
    pieces: list[Passage]


@dataclass(frozen=True, slots=True)
class Restated:
    """The restated claim, and the words in it that could not be resolved.

    `borrowed` is where in the article the words stand that the passage itself leaves out;
    `bound` are the pronouns in it whose meaning stands in it too; `claimant` is who says so.
    """

    text: str
    unresolved: tuple[str, ...]
    borrowed: tuple[Span, ...] = ()
    bound: tuple[str, ...] = ()
    claimant: str = ""


def restate(
    context: Context, passage: Passage, span: Span, said: Attribution | None, *, quoted: bool
) -> Restated:
    """Return the claim `span` as a sentence. What is not certain stays as the article has it."""
    discourse = context.discourse
    rewording = Rewording(discourse, context.at)
    if quoted:
        exact = " ".join(discourse.text[slice(*span)].split())
        who = _speaker(context, said, rewording)
        return Restated(_quotation(exact, said, who), _once(rewording.left), claimant=who)
    drafted = draft(Scene(discourse, context.at, context.pieces), passage)
    tokens = discourse.reads[context.at].tagged.tokens
    named = said is not None and _names(drafted, tokens, said)
    lead = Rewording(discourse, context.at)
    who = _speaker(context, said, lead if named else rewording)
    body = _written(discourse, context.at, drafted, rewording)
    if drafted.beside:
        body = f"{body} (beside: “{rewording.run(*drafted.beside)}”)"
    text = body = _balanced(body)
    if said is not None and not named:
        text = _attributed(said, who, _lowered_start(discourse, context.at, drafted, body))
    borrowed = tuple((tokens[a].start, tokens[b - 1].end) for a, b in drafted.borrowed)
    left = _once([*rewording.left, *drafted.missing])
    return Restated(sentence(text), left, borrowed, _once(rewording.bound), who)


def _balanced(body: str) -> str:
    """Close a quotation that the passage cuts off before its end."""
    open_marks = body.count("“") > body.count("”") or body.count('"') % 2
    if not open_marks:
        return body
    closer = "”" if body.count("“") > body.count("”") else '"'
    if body.endswith(closer):
        return ("“" if closer == "”" else closer) + body
    return f"{body.rstrip(' ,;:')}{closer}"


def _written(discourse: Discourse, at: int, draft: Draft, rewording: Rewording) -> str:
    """Write the draft; words that began the sentence are lowered where others go before."""
    parts: list[str] = []
    for part in draft.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        words_ = rewording.run(*part)
        moved = parts and part[0] == 0
        parts.append(_lowered_start(discourse, at, Draft((part,)), words_) if moved else words_)
    return " ".join(parts).replace(" 's ", "'s ").replace(" , ", ", ")


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _names(draft: Draft, tokens: Sequence[Token], said: Attribution) -> bool:
    """Tell whether the draft names the speaker itself."""
    return any(
        not isinstance(part, str) and tokens[part[0]].start <= said.start < tokens[part[1] - 1].end
        for part in draft.parts
    )


def _speaker(context: Context, said: Attribution | None, rewording: Rewording) -> str:
    """Return the speaker with the name in full where that is certain, else as written."""
    if said is None:
        return ""
    reads, at = context.discourse.reads, context.at
    if not reads[at].span[0] <= said.start < reads[at].span[1]:
        at = next(i for i, read in enumerate(reads) if read.span[0] <= said.start < read.span[1])
    return rewording.person(at, (said.start, said.end))


def _attributed(said: Attribution, who: str, lowered: str) -> str:
    """Keep who says it."""
    if said.verb == "according to" or said.verb.split()[-1] not in _TAKES_THAT:
        first = who.split(" ", 1)[0].lower()
        inner = who[:1].lower() + who[1:] if first in words.DETERMINERS else who
        return f"According to {inner}, {lowered}"
    who = _closed(who)
    return f"{_upper(who)} {_TELLS.get(said.verb, said.verb)} that {lowered}"


def _closed(who: str) -> str:
    """Close the apposition of "the mayor of Salina, Giulia Costa," before a verb."""
    return f"{who}," if who.count(",") == 1 else who


def _marked(exact: str) -> str:
    """Put the quotation marks round a quotation that the sentence cuts off, and a stop in it."""
    if exact[0] not in _OPENERS or exact[-1] not in _CLOSERS or len(exact) < _LEAST_QUOTED:
        whole = exact.strip(_OPENERS + _CLOSERS) if exact[:1] not in _OPENERS else exact[1:]
        exact = f"“{whole.rstrip(_CLOSERS)}”"
    return f"{exact[:-2]}.{exact[-1]}" if exact[-2] == "," else exact


def _quotation(exact: str, said: Attribution | None, who: str) -> str:
    if said is None:
        return sentence(_marked(exact))
    marked = _marked(exact)
    who = _closed(who)
    if said.verb == "according to":
        return sentence(f"According to {who}: {marked}")
    return sentence(f"{_upper(who)} {_TELLS.get(said.verb, said.verb)}: {marked}")


def _lowered_start(discourse: Discourse, at: int, draft: Draft, body: str) -> str:
    """Lower the first letter of words that begin the article's sentence, if that is plain."""
    first = draft.parts[0]
    if isinstance(first, str):
        return body
    tags = discourse.reads[at].tagged.tags
    if not body.startswith(discourse.reads[at].tagged.tokens[first[0]].text):
        return body
    following = tags[first[0] + 1] if first[0] + 1 < len(tags) else "mark"
    tag = tags[first[0]]
    if following == "name" and tag in {"noun", "adj", "name"}:
        return body
    return _lowered(discourse, body, plain=tag in _PLAIN)


def _lowered(discourse: Discourse, body: str, *, plain: bool) -> str:
    """Lower the first letter of a plain word, never of a name."""
    first = body.split(" ", 1)[0]
    word = first.lower()
    known = word in _CLOSED or word in nouns.PEOPLE or word in verbs.FORMS
    plain = (plain or known) and not _named(discourse, first) and word != "i"
    return body[:1].lower() + body[1:] if plain or discourse.is_common(first) else body


def _named(discourse: Discourse, word: str) -> bool:
    return bool(discourse.people.full(word))


def _upper(body: str) -> str:
    return body[:1].upper() + body[1:]


def sentence(body: str) -> str:
    """Give the words a capital letter and an end."""
    body = _upper(body.rstrip(" ,;:-–—"))
    if body.endswith(_ENDS):
        return body
    bare = body.rstrip(_CLOSERS)
    if bare != body and bare.endswith((*_ENDS, ",")):
        return body
    return body + "."
