"""How to put what a pronoun or a short name stands for into words of the article."""

from typing import Final

from claims.extraction.discourse import Discourse, Referent
from claims.extraction.english import words
from claims.extraction.noun_phrases import full_extent
from claims.extraction.tags import Tagged

_MOST: Final = 9
# A phrase that begins so cannot be taken up with "the", or needs a pronoun resolved itself.
_NOT_AGAIN: Final = (
    words.POSSESSIVES
    | words.OBJECT_PRONOUNS
    | frozenset("no neither each every any another such what which either".split())
    | frozenset("this that these those several many few some all both other".split())
)
_INDEFINITE: Final = frozenset({"a", "an"})
_FIGURES: Final = frozenset({"num"})


def name_of(discourse: Discourse, found: Referent) -> str:
    """Return the words for a referent, or nothing where the article has none to repeat."""
    if found.phrase.name:
        return found.phrase.name
    tagged = discourse.reads[found.sentence].tagged
    first = found.phrase.first
    last = full_extent(tagged, discourse.phrases(found.sentence), found.phrase)
    last = max(last, found.phrase.last)
    if tagged.tags[last - 1] == "num" and last - 1 > found.phrase.head:
        last = found.phrase.head + 1  # "a woman of 81" is "the woman"
    if last - first > _MOST or _is_unclear(tagged, first, last):
        last = found.phrase.head + 1
        if last - first > _MOST or _is_unclear(tagged, first, last):
            return ""
    start, end = tagged.tokens[first].start, tagged.tokens[last - 1].end
    written = " ".join(discourse.text[start:end].split())
    written = _bare_owner(tagged, last - 1, written)
    return _definite(discourse, found.sentence, first, written)


def _is_unclear(tagged: Tagged, first: int, last: int) -> bool:
    run = range(first, last)
    return tagged.tokens[first].lower in _NOT_AGAIN or any(
        tagged.tags[i] in {"pron", "obj", "mark", "verb", "aux"}
        or tagged.tokens[i].lower in words.POSSESSIVES
        for i in run
    )


def _bare_owner(tagged: Tagged, at: int, written: str) -> str:
    """Leave the mark of the owner off: "the bank's" is "the bank"."""
    if tagged.tokens[at].lower.endswith("'s"):
        return written[:-2]
    return written[:-1] if tagged.tokens[at].lower.endswith("s'") else written


def _definite(discourse: Discourse, sentence: int, first: int, written: str) -> str:
    """Take up "a review" as "the review", and lower a word that only began a sentence."""
    tagged = discourse.reads[sentence].tagged
    head, _, rest = written.partition(" ")
    if head.lower() in _INDEFINITE and rest:
        return f"the {rest}"
    if head.lower() == "the":
        return f"the {rest}"
    if tagged.tags[first] in _FIGURES and rest:
        return f"the {head.lower()} {rest}"
    if first == 0 and tagged.tags[0] != "name" and discourse.is_common(head):
        return f"{head[:1].lower()}{head[1:]}{' ' * bool(rest)}{rest}"
    return written


def owned(name: str) -> str:
    """Return the name as an owner: "the trust's", "the workers'"."""
    return f"{name}'" if name.endswith("s") and name[:4] == "the " else f"{name}'s"


def short(discourse: Discourse, found: Referent, name: str) -> str:
    """Return how somebody or something is named the second time in one sentence."""
    if found.phrase.name:
        return name.rsplit(" ", 1)[-1]
    tagged = discourse.reads[found.sentence].tagged
    head = found.phrase.head
    first = head + 1
    while first > found.phrase.first and tagged.tags[first - 1] == "name":
        first -= 1
    own = " ".join(token.text for token in tagged.tokens[first : head + 1])
    return own if first > found.phrase.first and name.endswith(own) and own else name
