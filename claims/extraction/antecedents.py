"""What a pronoun stands for, where that is certain enough to be put in its place."""

from typing import Final

from claims.extraction.discourse import Discourse, Referent
from claims.extraction.english import nouns, words
from claims.extraction.fitting import could_fit, fits, gender, names_another
from claims.extraction.lookahead import FINITE
from claims.extraction.noun_phrases import Phrase, is_body, main_verb, named_before, subject_of
from claims.extraction.pleonastic import is_pleonastic
from claims.extraction.tags import Tagged

KINDS: Final = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she",
    "it": "it", "its": "it", "they": "they", "them": "they", "their": "they",
}  # fmt: skip
_OWNERS: Final = frozenset("his her its their".split())
_FAR: Final = 3
_APART: Final = frozenset({",", "as", "than"})
_LEADS: Final = frozenset({"adv", "coord", "mark", "prep", "num", "det", "adj", "noun", "name"})


def owns(tagged: Tagged, i: int) -> bool:
    """Tell "her" in "her plan" from "her" in "saw her"."""
    owned = i + 1 < len(tagged) and tagged.tags[i + 1] in {"noun", "name", "adj", "num", "ing"}
    word = tagged.tokens[i].lower
    return owned and word in _OWNERS and (word != "her" or tagged.tags[i] == "det")


def is_subject(tagged: Tagged, i: int) -> bool:
    """Tell whether the pronoun at `i` is the subject of a verb that follows."""
    at = i + 1
    while at < len(tagged) and tagged.tags[at] == "adv":
        at += 1
    return tagged.tags[i] == "pron" and at < len(tagged) and tagged.tags[at] in FINITE


def referent(discourse: Discourse, at: int, i: int) -> Referent | None:
    """Return what the pronoun at token `i` of sentence `at` stands for, or None."""
    key = (at, i)
    if key not in discourse.found:
        discourse.found[key] = None  # a pronoun that leads back to itself stands for nothing
        discourse.found[key] = _referent(discourse, at, i)
    return discourse.found[key]


def _referent(discourse: Discourse, at: int, i: int) -> Referent | None:
    tagged = discourse.reads[at].tagged
    kind = KINDS.get(tagged.tokens[i].lower)
    if kind is None or is_pleonastic(tagged, i) or discourse.paragraphs[at] < 0:
        return None
    if discourse.is_quoted(at, tagged.tokens[i].start):
        return None
    found = _inside(discourse, at, i, kind) or _earlier(discourse, at, i, kind)
    if found is None and kind == "it":
        return _led(discourse, at, i)
    if found is None and kind in {"he", "she"} and tagged.tags[i] in {"pron", "det"}:
        return _only_person(discourse, at, i, kind)
    return found


def _inside(discourse: Discourse, at: int, i: int, kind: str) -> Referent | None:
    """Look for the subject of the clause that a pronoun stands in or depends on."""
    tagged = discourse.reads[at].tagged
    known = discourse.phrases(at)
    verb = next((j for j in range(i - 1, -1, -1) if tagged.tags[j] in FINITE), -1)
    owner, nominative = owns(tagged, i), is_subject(tagged, i)
    if verb < 0 or not (owner or nominative):
        return None
    subject = subject_of(tagged, known, verb)
    if isinstance(subject, int):
        return _chained(discourse, at, subject, kind)
    if subject and subject.human:
        subject = named_before(tagged, known, subject) or subject
    if subject is None or subject.last > i or not fits(discourse, at, subject, kind):
        personal = nominative and kind in {"he", "she"}
        return _only_here(discourse, at, i, kind) if personal else None
    if _is_loose(discourse, at, subject, i, kind):
        return None
    if _rivalled(discourse, at, subject, range(verb, i), kind):
        return None
    return Referent(at, subject, "owner" if owner else "clause")


def _is_loose(discourse: Discourse, at: int, subject: Phrase, i: int, kind: str) -> bool:
    """Tell a subject that may be one of several, or a pronoun that is compared or listed."""
    tagged = discourse.reads[at].tagged
    if tagged.tokens[i - 1].lower in _APART or _holds_another(discourse, at, subject, kind):
        return True
    lead = subject.first - (subject.first > 0)
    if kind == "they" and _listed(discourse, at, subject, kind):
        return True
    whose = owns(tagged, i) and "whose" in {token.lower for token in tagged.tokens[lead:i]}
    return tagged.tags[lead] == "coord" or whose


def _rivalled(discourse: Discourse, at: int, subject: Phrase, span: range, kind: str) -> bool:
    """Tell whether something else in the clause may be meant as well as its subject.

    `span` runs from the clause's verb to the pronoun.
    """
    verb, i = span.start, span.stop
    tagged = discourse.reads[at].tagged
    known = discourse.phrases(at)
    nominative = is_subject(tagged, i)
    says = nominative and tagged.tokens[verb].lower in words.SAYING
    between = [p for p in known if verb < p.first and p.last <= i]
    if says and kind == "it":
        between, says = [p for p in known if p.last <= subject.first], False
    if nominative and tagged.tags[i - 1] == "coord":
        between = [p for p in known if p.last <= i and p.first != subject.first]
        if set(tagged.tags[: subject.first]) & FINITE:
            return True
    if subject.name:
        between = [p for p in between if p.name or not p.human]
    if says:
        return False
    if any(could_fit(discourse, at, p, kind) for p in between):
        return True
    return kind in {"he", "she"} and names_another(discourse, at, i, verb)


def _holds_another(discourse: Discourse, at: int, subject: Phrase, kind: str) -> bool:
    """Tell "the homes of participants": the plural may as well be the one inside."""
    if kind in {"he", "she"}:
        return False
    tagged = discourse.reads[at].tagged
    inside = [p for p in discourse.phrases(at) if subject.head < p.first and p.last <= subject.last]
    if is_body(tagged, subject):  # "the museum at the university", but not "the Bank of Spain"
        return any(is_body(tagged, p) for p in inside)
    return any(could_fit(discourse, at, p, kind) for p in inside)


def _listed(discourse: Discourse, at: int, subject: Phrase, kind: str) -> bool:
    """Tell whether the subject is only the last of a list: "women, men, children left"."""
    tagged = discourse.reads[at].tagged
    if not subject.first or tagged.tokens[subject.first - 1].text != ",":
        return False
    before = [p for p in discourse.phrases(at) if p.last == subject.first - 1]
    return any(could_fit(discourse, at, p, kind) for p in before)


def _only_here(discourse: Discourse, at: int, i: int, kind: str) -> Referent | None:
    """Take the only phrase before it in the sentence, if that is the main clause's subject."""
    tagged = discourse.reads[at].tagged
    known = [p for p in discourse.phrases(at) if p.last <= i]
    could = [p for p in known if could_fit(discourse, at, p, kind)]
    subject = subject_of(tagged, discourse.phrases(at), main_verb(tagged))
    if len(could) != 1 or not _same(could[0], subject) or not fits(discourse, at, could[0], kind):
        return None
    return Referent(at, could[0], "only here")


def _same(phrase: Phrase, other: Phrase | int | None) -> bool:
    return isinstance(other, Phrase) and phrase.first == other.first


def _chained(discourse: Discourse, at: int, i: int, kind: str) -> Referent | None:
    """A pronoun after the same pronoun stands for the same."""
    same = KINDS.get(discourse.reads[at].tagged.tokens[i].lower) == kind
    found = referent(discourse, at, i) if same else None
    return Referent(found.sentence, found.phrase, "chain") if found else None


def _earlier(discourse: Discourse, at: int, i: int, kind: str) -> Referent | None:
    """Look into the sentence before for a pronoun that opens this one's main clause."""
    here = discourse.reads[at].tagged
    before = discourse.before(at)
    if before < 0:
        return None
    if kind in {"he", "she"} and _is_speaker(here, i):
        return _last_speaker(discourse, at, before, kind)
    known = discourse.phrases(at)
    if _fronted(here, i):
        return None
    opening = all(tag_ in _LEADS for tag_ in here.tags[:i])
    if not opening or not (is_subject(here, i) or owns(here, i)):
        return None
    verb = main_verb(here)
    if verb < i or any(could_fit(discourse, at, p, kind) for p in known if p.last <= i):
        return None
    near = discourse.paragraphs[before] == discourse.paragraphs[at]
    found = _in_sentence(discourse, before, kind, acts=_acts(here, verb))
    return found if near or (found and found.phrase.name) else None


def _led(discourse: Discourse, at: int, i: int) -> Referent | None:
    """Spot the "it" of "She has led it since 2019" where one body alone was spoken of."""
    tagged = discourse.reads[at].tagged
    if i < 2 or tagged.tokens[i - 1].lower not in nouns.LEADING:
        return None
    found: dict[str, Referent] = {}
    for back in range(at, max(-1, at - _FAR), -1):
        if discourse.paragraphs[back] != discourse.paragraphs[at]:
            break
        read = discourse.reads[back].tagged
        for p in discourse.phrases(back):
            if back == at and p.last > i:
                continue
            if is_body(read, p) and read.tags[p.first] in {"det", "name"}:
                word = nouns.bare(read.tokens[p.head].lower)
                found.setdefault(word, Referent(back, p, "led"))
    return next(iter(found.values())) if len(found) == 1 else None


def _only_person(discourse: Discourse, at: int, i: int, kind: str) -> Referent | None:
    """Take the only person named around a pronoun: here before it, or in the sentence before."""
    if _fronted(discourse.reads[at].tagged, i):
        return None
    here = [p for p in discourse.phrases(at) if p.last <= i]
    could = [p for p in here if could_fit(discourse, at, p, kind)]
    if could:
        same = len({p.name for p in could}) == 1 and bool(could[0].name)
        sure = same and not names_another(discourse, at, i, could[0].last)
        return Referent(at, could[0], "only here") if sure else None
    before = discourse.before(at)
    if before < 0:
        return None
    could = [p for p in discourse.phrases(before) if could_fit(discourse, before, p, kind)]
    named = {p.name for p in could if p.name}
    if len(named) != 1 or any(not p.name for p in could):
        return None
    if gender(discourse, discourse.reads[before].tagged, could[-1]) != kind:
        return None
    if names_another(discourse, at, i) or names_another(discourse, before, could[-1].first):
        return None
    return Referent(before, could[-1], "only before")


def _fronted(tagged: Tagged, i: int) -> bool:
    """Tell "On his website, Costa wrote": who is meant may follow."""
    verb = main_verb(tagged)
    return owns(tagged, i) and any(tagged.tokens[j].text == "," for j in range(i, max(i, verb)))


def _is_speaker(tagged: Tagged, i: int) -> bool:
    """Spot the "he" of a tag behind a quotation: "…," he said."""
    behind = i > 0 and tagged.tokens[i - 1].text in {'"', "”", "’", "»"}
    return behind and i + 1 < len(tagged) and tagged.tokens[i + 1].lower in words.SAYING


def _last_speaker(discourse: Discourse, at: int, before: int, kind: str) -> Referent | None:
    """Return who was the last to be quoted, in this paragraph or the one before."""
    for back in range(before, max(-1, before - _FAR), -1):
        if 0 <= discourse.paragraphs[back] < discourse.paragraphs[at] - 1:
            return None
        said = discourse.reads[back].said
        if said is None:
            continue
        tagged = discourse.reads[back].tagged
        for p in discourse.phrases(back):
            starts = tagged.tokens[p.first].start, tagged.tokens[p.last - 1].end
            if said.start <= starts[0] < said.end and fits(discourse, back, p, kind):
                return Referent(back, p, "speaker")
        at_pronoun = next((j for j, t in enumerate(tagged.tokens) if t.start == said.start), -1)
        return _chained(discourse, back, at_pronoun, kind) if at_pronoun >= 0 else None
    return None


def _in_sentence(discourse: Discourse, at: int, kind: str, *, acts: bool) -> Referent | None:
    tagged = discourse.reads[at].tagged
    known = discourse.phrases(at)
    verb = main_verb(tagged)
    subject = subject_of(tagged, known, verb) if verb > 0 else None
    if isinstance(subject, int):
        return _chained(discourse, at, subject, kind)
    if subject is None or not fits(discourse, at, subject, kind):
        return None
    if subject.first > 0 and tagged.tags[subject.first - 1] == "coord":
        return None
    others = [p for p in known if p.first > subject.first or p.last < subject.first]
    others = [p for p in others if could_fit(discourse, at, p, kind)]
    body = is_body(tagged, subject)
    plain = tagged.tags[subject.first] in {"det", "name", "num"}
    if kind == "it" and not (plain or body):
        return None
    if subject.name:
        others = [p for p in others if p.maybe_human or (p.name and p.name != subject.name)]
    elif kind == "it" and acts and body:
        others = [p for p in others if p.maybe_human or is_body(tagged, p)]
    if others or (acts and kind in {"it", "they"} and not (body or subject.human)):
        return None
    return Referent(at, subject, "named" if subject.name else "body" if body else "subject")


def _acts(tagged: Tagged, verb: int) -> bool:
    """Tell a verb whose subject decides and does: "it spent", "it has said", not "it was built"."""
    run = [tagged.tokens[j].lower for j in range(verb, min(len(tagged), verb + 3))]
    passive = run[0] in words.BE and "ing" not in tagged.tags[verb : verb + 3]
    return not passive and any(w in nouns.DEEDS or w in words.REPORTING for w in run)
