"""Whether a past form is the verb of its clause or a participle."""

from collections.abc import Sequence
from typing import Final

from claims.extraction.english import verbs, words
from claims.extraction.tags import Tag
from claims.extraction.tokens import Token
from claims.extraction.verb_forms import guess

_ONLY_SUBJECTS: Final = frozenset("i he she we they who".split())


def past_reading(
    tokens: Sequence[Token], at: int, tags: list[Tag], readings: frozenset[str]
) -> Tag | None:
    """A past form is finite unless "by" follows it or a finite verb already governs its clause."""
    if "D" not in readings:
        return "part"
    if "N" not in readings:
        return "verb"
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if _behind_subject(tokens, tags):
        return "verb"
    if _inside_insertion(tokens, tags) or _describes(tokens, at, tags):
        return "part"
    if at and tokens[at - 1].text == ",":
        listed = "verb" in tags and (_takes_object(tokens, at + 1) or _in_list(tokens, at))
        if listed or _main_verb_missing(tokens, tags):
            return "verb"
    if tags and tags[-1] in {"noun", "name"} and _main_verb_missing(tokens, tags):
        return "part" if following == "by" else "verb"
    if following == "by" and not subject_needs_verb(tokens, tags):
        return "part"
    return "verb" if subject_needs_verb(tokens, tags) else "part"


def _behind_subject(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Spot "they soon dropped": right before stands a pronoun that can only be a subject."""
    at = len(tags) - 1
    while at > 0 and tags[at] == "adv":
        at -= 1
    if at < 0 or tags[at] != "pron":
        return False
    if tokens[at].lower in _ONLY_SUBJECTS:
        return True
    first = at == 0 or tags[at - 1] in {"mark", "coord", "sub", "rel"}
    return first and tokens[at].lower in {"it", "you", "this", "that", "these", "those"}


def _describes(tokens: Sequence[Token], at: int, tags: list[Tag]) -> bool:
    """Spot "and desperately needed fuel": an adverb and a participle before their noun."""
    if len(tags) < 2 or tags[-1] != "adv" or tags[-2] not in {"coord", "det", "adj", "prep"}:
        return False
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    closed = words.DETERMINERS | words.PREPOSITIONS | words.OBJECT_PRONOUNS | words.ADVERBS
    return (
        tokens[at - 1].lower.endswith("ly")
        and following[0].isalpha()
        and following not in (closed | {"to", "that"})
    )


def _inside_insertion(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Spot "The panel, in an alert issued": a phrase between a subject and its verb."""
    for at in range(len(tags) - 1, 0, -1):
        if tags[at] in {"verb", "aux", "rel", "sub", "coord"}:
            return False
        if tokens[at].text == ",":
            waits = not any(tag_ in {"verb", "aux"} for tag_ in tags[:at])
            return waits and tags[at + 1 : at + 2] == ["prep"] and tags[at - 1] in {"noun", "name"}
    return False


def _takes_object(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an object stands there: "cut poverty, doubled its spending and won"."""
    following = tokens[at] if at < len(tokens) else None
    return following is not None and (
        following.lower in words.DETERMINERS - {"no"}
        or following.lower in words.OBJECT_PRONOUNS
        or following.text[0].isdigit()
    )


def _in_list(tokens: Sequence[Token], at: int) -> bool:
    """Spot "held hearings, called witnesses, and drafted": another deed follows behind "and"."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if following in words.PREPOSITIONS or not following[0].isalpha():
        return False
    for i in range(at + 1, min(len(tokens) - 1, at + 12)):
        if tokens[i].text in {".", ";", ":"}:
            return False
        if tokens[i].lower == "and":
            after = tokens[i + 1].lower
            return bool((verbs.FORMS.get(after) or guess(after)) & {"D"})
    return False


def _main_verb_missing(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Tell whether only relative clauses between commas had a verb: "Castro, who led, won"."""
    parts: list[list[Tag]] = [[]]
    for token, tag_ in zip(tokens, tags, strict=False):
        if token.text in {";", ":"}:
            parts = [[]]
        elif token.text == ",":
            parts.append([])
        else:
            parts[-1].append(tag_)
    first = bool(parts[0]) and parts[0][-1] in {"noun", "name", "pron"}
    here = len(parts) > 1 and bool({*parts[-1]} & {"noun", "name", "pron"})
    opens = parts[0][:1] in (["part"], ["ing"], ["sub"], ["prep"])
    own = [_own_words(part) for part in parts if part[:1] not in (["sub"], ["part"], ["ing"])]
    hidden = sum(map(len, own)) < sum(map(len, parts))
    verbless = not any(tag_ in {"verb", "aux"} for part in own for tag_ in part)
    return (first or (here and opens)) and hidden and verbless


def _own_words(part: list[Tag]) -> list[Tag]:
    """Return what stands before a relative clause."""
    return part[: part.index("rel")] if "rel" in part else part


def subject_needs_verb(tokens: Sequence[Token], tags: list[Tag]) -> bool:
    """Tell whether a subject stands before with no finite verb of its own yet."""
    seen_subject = False
    for tag_, token in zip(reversed(tags), reversed(tokens[: len(tags)]), strict=True):
        if tag_ in {"verb", "aux"}:
            return False
        if token.text in {";", ":"}:
            return seen_subject
        if tag_ in {"sub", "rel"}:
            return True
        if tag_ == "coord":
            return _finite_before(tags)
        if tag_ == "mark" and seen_subject:
            continue
        if tag_ in {"noun", "name", "pron", "num", "obj"}:
            seen_subject = True
    return seen_subject


def _finite_before(tags: list[Tag]) -> bool:
    """Tell whether what "and" joins on to is a finite verb, not an infinitive."""
    for at in range(len(tags) - 1, -1, -1):
        tag_ = tags[at]
        if tag_ in {"verb", "aux"}:
            return True
        if tag_ == "part" and not (at and tags[at - 1] in {"det", "adj", "base"}):
            return "aux" in tags
        if tag_ == "base" and not (at + 1 < len(tags) and tags[at + 1] == "part"):
            return False
    return True
