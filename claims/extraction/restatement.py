"""A claim in a sentence of its own: only words of the article, and dates worked out from it."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.antecedents import Discourse
from claims.extraction.attributions import Attribution
from claims.extraction.english import nouns, verbs, words
from claims.extraction.passage import Passage
from claims.extraction.records import Span
from claims.extraction.reshaping import Draft, Reshaping
from claims.extraction.rewording import Rewording

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
    draft = Reshaping(discourse, context.at, context.pieces).draft(passage)
    tokens = discourse.reads[context.at].tagged.tokens
    named = said is not None and _names(draft, tokens, said)
    lead = Rewording(discourse, context.at)
    who = _speaker(context, said, lead if named else rewording)
    body = _written(discourse, context.at, draft, rewording)
    if draft.beside:
        body = f"{body} (beside: “{rewording.run(*draft.beside)}”)"
    first = draft.parts[0]
    tag = "" if isinstance(first, str) else discourse.reads[context.at].tagged.tags[first[0]]
    plain = tag in _PLAIN
    text = body
    if said is not None and not named:
        text = _attributed(said, who, _lowered(discourse, body, plain=plain))
    borrowed = tuple((tokens[a].start, tokens[b - 1].end) for a, b in draft.borrowed)
    left = _once([*rewording.left, *draft.missing])
    return Restated(sentence(text), left, borrowed, _once(rewording.bound), who)


def _written(discourse: Discourse, at: int, draft: Draft, rewording: Rewording) -> str:
    """Write the draft; words that began the sentence are lowered where others go before."""
    parts: list[str] = []
    for part in draft.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        words_ = rewording.run(*part)
        moved = parts and part[0] == 0
        plain = discourse.reads[at].tagged.tags[0] in _PLAIN
        parts.append(_lowered(discourse, words_, plain=plain) if moved else words_)
    return " ".join(parts)


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _names(draft: Draft, tokens: tuple[object, ...], said: Attribution) -> bool:
    """Tell whether the draft names the speaker itself."""
    return any(
        not isinstance(part, str)
        and tokens[part[0]].start <= said.start < tokens[part[1] - 1].end
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
        return f"According to {who}, {lowered}"
    return f"{_upper(who)} {_TELLS.get(said.verb, said.verb)} that {lowered}"


def _quotation(exact: str, said: Attribution | None, who: str) -> str:
    if said is None:
        return sentence(exact)
    marked = exact if exact[0] in '"“«' else f"“{exact}”"
    if marked[-2:-1] == ",":
        marked = f"{marked[:-2]}.{marked[-1]}"
    if said.verb == "according to":
        return sentence(f"According to {who}: {marked}")
    return sentence(f"{_upper(who)} {_TELLS.get(said.verb, said.verb)}: {marked}")


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
