"""Passages that are no sentences put into the shape of one, with words of the article."""

import itertools
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.antecedents import Discourse
from claims.extraction.english import nouns, verbs, words
from claims.extraction.lookahead import FINITE, clause_ahead, has_finite, has_own_finite
from claims.extraction.noun_phrases import Phrase, main_verb, subject_of
from claims.extraction.passage import Passage
from claims.extraction.pleonastic import is_pleonastic
from claims.extraction.subjects import (
    follows_hearer,
    hung_on,
    needs_subject,
    subject_run,
)
from claims.extraction.tags import Tagged
from claims.extraction.verb_forms import has_verb_form, is_past

Run = tuple[int, int]
Part = Run | str
_LEADING_ON: Final = frozenset("until before unless".split())
_STRIPPED: Final = frozenset("after when as since once because although though while".split())
_MIND: Final = frozenset("remember recall note consider imagine remind".split())
_MOST_JOINED: Final = 45
_FREE: Final = frozenset("in during by from with since until after before without".split())
_OBJECTS: Final = frozenset({"det", "obj", "num", "name", "noun", "adj"})
_STATES: Final = frozenset("based known located called named situated owned".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence to be: runs of tokens and words between them.

    `missing` says what it lacks; `borrowed` are the runs that the passage itself leaves out;
    `beside` is a clause to be quoted behind it where nothing better is certain.
    """

    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    borrowed: tuple[Run, ...] = ()
    beside: Run | None = None

    def holds(self, at: int) -> bool:
        """Tell whether the token at `at` is written."""
        return any(not isinstance(p, str) and p[0] <= at < p[1] for p in self.parts)


@dataclass(frozen=True, slots=True)
class Reshaping:
    """A sentence of the discourse whose passages are drafted."""

    discourse: Discourse
    at: int
    pieces: list[Passage]

    @property
    def tagged(self) -> Tagged:
        return self.discourse.reads[self.at].tagged

    @property
    def known(self) -> tuple[Phrase, ...]:
        return self.discourse.phrases(self.at)

    def draft(self, passage: Passage) -> Draft:
        """Return the passage as a sentence, or as near to one as is certain."""
        return (
            self._cleft(passage)
            or self._told_to_mind(passage)
            or self._from_the_start(passage)
            or self._noun_with_clause(passage)
            or self._hanging(passage)
            or self._clause(passage)
        )

    def _cleft(self, passage: Passage) -> Draft | None:
        """Keep "It was in 2019 that they closed" together."""
        if not is_pleonastic(self.tagged, passage.first) or passage.last >= len(self.tagged):
            return None
        rest = next((p for p in self.pieces if 0 <= p.first - passage.last <= 1), None)
        if rest is None or self.tagged.tokens[passage.last].lower != "that":
            return None
        return Draft(((passage.first, rest.last),))

    def _clause(self, passage: Passage) -> Draft:
        passage = self._stripped(passage)
        run = (passage.first, passage.last)
        if not needs_subject(self.tagged, passage):
            return self._object_relative(passage) or Draft((run,))
        subject = subject_run(self.tagged, self.known, passage)
        if subject is None:
            return self._unsure(passage)
        if subject[0] >= passage.first:
            return Draft((run,))
        link: tuple[Part, ...] = ()
        first = self._first_word(passage)
        hung = passage.role in {"participle", "relative"} and not self._is_main_verb(first)
        if self.tagged.tags[first] == "part" and hung:
            link = (self._be(subject),)
        elif self._two_verbs(passage):
            link = (passage.joint,)
        elif self._governed(first):
            link = self._governor(passage.first)
        return Draft((subject, *link, run), borrowed=(subject,))

    def _unsure(self, passage: Passage) -> Draft:
        """Write a passage whose subject is not certain with the clause before it, if it can be."""
        run = (passage.first, passage.last)
        if passage.role == "relative":
            noun = hung_on(self.tagged, self.known, passage)
            if noun is None:
                return Draft((run,), missing=("subject",))
            whole = (noun[0], passage.last)
            return Draft((whole,), missing=("context",), borrowed=(noun,))
        host = self._host(passage)
        if host is None or host[1] > passage.first or passage.last - host[0] > _MOST_JOINED:
            return Draft((run,), missing=("subject",))
        whole = Passage(host[0], passage.last, self._role(host), "")
        if needs_subject(self.tagged, whole):
            return Draft((run,), missing=("subject",))
        return replace(self._clause(whole), borrowed=(host,))

    def _first_word(self, passage: Passage) -> int:
        at = passage.first
        while at < passage.last - 1 and self.tagged.tags[at] in {"adv", "coord"}:
            at += 1
        return at

    def _governed(self, at: int) -> bool:
        """Tell "was kept and then transferred" from "was fined and left the town"."""
        if self.tagged.tags[at] == "base":
            return True
        follows = self.tagged.tags[at + 1] if at + 1 < len(self.tagged) else "mark"
        return self.tagged.tags[at] == "part" and follows not in _OBJECTS

    def _governor(self, at: int) -> tuple[Part, ...]:
        """Return the "was" of "was asked and then arrested", which governs the second verb too."""
        for i in range(at - 1, -1, -1):
            if self.tagged.tags[i] == "aux":
                return ((i, i + 1),)
            if self.tagged.tags[i] in {"verb", "mark", "sub", "rel"}:
                return ()
        return ()

    def _two_verbs(self, passage: Passage) -> bool:
        """Spot "who were tried spent six years": the verb of the main clause stands behind."""
        if passage.role != "relative" or passage.joint not in {"who", "which", "that"}:
            return False
        finite = [i for i in range(passage.first, passage.last) if self.tagged.tags[i] in FINITE]
        finite += [i for i in range(passage.first, passage.last) if is_past(self.tagged, i)]
        for before, after in itertools.pairwise(sorted(finite)):
            between = self.tagged.tags[before + 1 : after]
            parted = set(between) & {"mark", "coord", "sub", "rel", "pron", "prep", "noun"}
            if "prep" in parted and not parted & {"mark", "coord", "sub", "rel", "pron"}:
                return True
        return False

    def _stripped(self, passage: Passage) -> Passage:
        """Leave off the word that hung a clause on another one: "when Tesk extended its zone"."""
        word = self.tagged.tokens[passage.first].lower
        rest = replace(passage, first=passage.first + 1)
        before = self.tagged.tags[passage.first - 1] if passage.first else "mark"
        again = before == "coord" and word in words.REPORTING
        if (again or (word == "that" and before != "mark")) and clause_ahead(
            self.tagged, passage.first + 1
        ):
            return rest
        if self.tagged.tags[passage.first] != "sub" or word not in _STRIPPED:
            return passage
        commas = [i for i in range(rest.first, rest.last) if self.tagged.tokens[i].text == ","]
        if any(self._verbs_in(i, rest.last) for i in commas):
            return passage
        verbs_ = (i for i in range(rest.first, rest.last) if self.tagged.tags[i] in FINITE)
        past = (i for i in range(rest.first, rest.last) if is_past(self.tagged, i))
        verb = next(verbs_, next(past, -1))
        subject = subject_of(self.tagged, self.known, verb) if verb >= 0 else None
        begins = subject.first if isinstance(subject, Phrase) else subject
        return rest if begins == rest.first else passage

    def _verbs_in(self, first: int, last: int) -> bool:
        """Tell whether a finite verb stands there, also one that was read as a participle."""
        return has_finite(self.tagged, first, last) or any(
            is_past(self.tagged, i) for i in range(first, last)
        )

    def _told_to_mind(self, passage: Passage) -> Draft | None:
        """Spot "Remember that the government found £37 billion"."""
        if self.tagged.tokens[passage.first].lower not in _MIND:
            return None
        for i in range(passage.last - 2, passage.first, -1):
            if self.tagged.tokens[i].lower == "that" and clause_ahead(self.tagged, i + 1):
                before = self.tagged.tokens[i - 1]
                if before.text == "," or i == passage.first + 1:
                    return Draft(((i + 1, passage.last),))
        return None

    def _from_the_start(self, passage: Passage) -> Draft | None:
        """Take up the opening adverb of "Then came April", without which the verb leads."""
        if not passage.first or self.tagged.tags[passage.first] not in FINITE:
            return None
        before = self.tagged.tags[: passage.first]
        if set(before) <= {"adv", "mark"} and before[-1] == "adv":
            return Draft(((before.index("adv"), passage.last),))
        return None

    def _noun_with_clause(self, passage: Passage) -> Draft | None:
        """Make a sentence of a noun phrase and what is said of it."""
        phrase = self._leading_phrase(passage)
        if phrase is None or phrase.last >= passage.last:
            return None
        noun, at = (phrase.first, phrase.last), phrase.last
        comma = self.tagged.tokens[at].text == ","
        at += comma
        if at >= passage.last:
            return None
        if self.tagged.tags[at] == "rel":
            return self._relative(passage, noun, at)
        if self._of_which(at, passage.last):
            return Draft(((at + 2, passage.last), (at, at + 1), noun))
        if not comma and self.tagged.tags[at] == "pron":
            return self._contact(passage, noun, at)
        if comma and self._passive(passage, at):
            return Draft((noun, self._be(noun, at), (at, passage.last)))
        if not comma or has_finite(self.tagged, at, passage.last):
            return None
        return self._apposition(passage, noun, at)

    def _of_which(self, at: int, last: int) -> bool:
        """Spot ", of which only Norland is a member"."""
        relative = self.tagged.tokens[at + 1].lower if at + 1 < len(self.tagged) else ""
        if self.tagged.tags[at] != "prep" or relative not in {"which", "whom"}:
            return False
        inside = self.tagged.tags[at + 2 : last]
        there = self.tagged.tokens[at + 2].lower == "there" if at + 2 < last else True
        whole = "mark" not in inside and inside[-1:] in {("noun",), ("adj",), ("part",)}
        return whole and not there and bool(set(inside) & FINITE)

    def _passive(self, passage: Passage, at: int) -> bool:
        """Tell ", closed by the court in 2011" where nothing else in the passage is finite."""
        if has_finite(self.tagged, at + 1, passage.last):
            return False
        readings = verbs.FORMS.get(self.tagged.tokens[at].lower, frozenset())
        follows = self.tagged.tags[at + 1] if at + 1 < passage.last else "mark"
        misread = self.tagged.tags[at] == "verb" and "N" in readings and follows == "prep"
        return self.tagged.tags[at] == "part" or misread

    def _leading_phrase(self, passage: Passage) -> Phrase | None:
        """Return the noun phrase that the passage begins with, with what hangs on it."""
        found = next((p for p in self.known if p.first == passage.first), None)
        while found and found.last + 1 < passage.last:
            if self.tagged.tags[found.last] != "prep":
                break
            tied = next((p for p in self.known if p.first == found.last + 1), None)
            if tied is None:
                break
            found = replace(found, last=tied.last)
        return found

    def _relative(self, passage: Passage, noun: Run, at: int) -> Draft | None:
        """"The plant, which closed in 2011" or "the loan that they took last spring"."""
        if self.tagged.tokens[at].lower == "whose" and self._one_verb(at, passage.last):
            owned = next((p for p in self.known if p.first == at + 1), None)
            if owned is None or self.tagged.tags[owned.last] not in FINITE:
                return None
            return Draft((noun, "'s", (at + 1, passage.last)))
        if self.tagged.tokens[at].lower not in {"who", "which", "that"}:
            return None
        if has_own_finite(self.tagged, noun[1], at) or at + 1 >= passage.last:
            return None
        verb = at + 1
        while verb < passage.last - 1 and self.tagged.tags[verb] == "adv":
            verb += 1
        finite = [i for i in range(at, passage.last) if self.tagged.tags[i] in FINITE]
        if self.tagged.tags[verb] in FINITE:
            outside = has_own_finite(self.tagged, passage.first, passage.last)
            whole = self._one_verb(at, passage.last) or self.tagged.tokens[at - 1].text == ","
            if outside or not whole or self._goes_on(verb, passage.last):
                return None
            return Draft((noun, (at + 1, passage.last)))
        return self._contact(passage, noun, at + 1) if len(finite) == 1 else None

    def _one_verb(self, first: int, last: int) -> bool:
        """Tell whether a stretch has one verb group only, so that no main clause hides in it."""
        groups = 0
        for i in range(first, last):
            if self.tagged.tags[i] in FINITE or is_past(self.tagged, i):
                before = next(
                    (self.tagged.tags[j] for j in range(i - 1, first - 1, -1)
                     if self.tagged.tags[j] != "adv"), "mark",
                )  # fmt: skip
                groups += before not in {"aux", "coord", "sub", "pron"}
        return groups <= 1

    def _goes_on(self, verb: int, last: int) -> bool:
        """Tell whether a verb behind a comma takes the main clause up again."""
        return any(
            self.tagged.tokens[i - 1].text in {",", "—", "–"}
            and (self.tagged.tags[i] in FINITE or is_past(self.tagged, i))
            for i in range(verb + 1, last)
        )

    def _contact(self, passage: Passage, noun: Run, at: int) -> Draft | None:
        """"The loan they took last spring" is "they took the loan last spring"."""
        verb = at
        while verb < passage.last and self.tagged.tags[verb] not in FINITE:
            verb += 1
        end = verb + 1
        while end < passage.last and self.tagged.tags[end] in {"adv", "part"}:
            end += 1
        if verb >= passage.last or has_finite(self.tagged, end, passage.last):
            return None
        if self.tagged.tags[verb] == "aux" and self.tagged.tags[end - 1] != "part":
            return None
        subject = range(at, verb)
        if not all(self.tagged.tags[i] in {"pron", "det", "noun", "name", "adj", "adv"} for i in subject):
            return None
        if not self._object_is_missing(end, passage):
            return None
        rest: tuple[Part, ...] = ((end, passage.last),) if end < passage.last else ()
        return Draft(((at, end), noun, *rest))

    def _object_is_missing(self, at: int, passage: Passage) -> bool:
        """Tell that nothing at `at` is the verb's object, nor a preposition left without one."""
        if at >= passage.last or self.tagged.tags[at] in {"mark", "adj"}:
            return True
        if self._is_dated(at):
            return True
        if self.tagged.tags[at] != "prep" or at + 1 >= passage.last:
            return False
        plain = self.tagged.tokens[at].lower in _FREE
        return (
            (plain and self.tagged.tags[at + 1] not in {"prep", "mark"})
            or self._is_dated(at + 1)
            or self.tagged.tags[at + 1] == "obj"
        )

    def _is_dated(self, at: int) -> bool:
        start = self.tagged.tokens[at].start
        return any(d.start <= start < d.end for d in self.discourse.reads[self.at].dates)

    def _object_relative(self, passage: Passage) -> Draft | None:
        """"(The wall,) which the county had declared safe": the noun is the verb's object."""
        if passage.role != "relative" or passage.joint not in {"which", "that", "whom"}:
            return None
        noun = hung_on(self.tagged, self.known, passage)
        if noun is None or follows_hearer(self.tagged, passage):
            return None
        draft = self._contact(passage, noun, passage.first)
        if draft is None:
            draft = Draft(((noun[0], passage.last),), missing=("context",))
        return replace(draft, borrowed=(noun,))

    def _apposition(self, passage: Passage, noun: Run, at: int) -> Draft | None:
        """"Christine Lagarde, the bank's first woman president" is a sentence without its verb."""
        named = self.tagged.tags[noun[1] - 1] == "name"
        run = range(at, passage.last)
        flat = not any(self.tagged.tags[i] in {"mark", "rel", "sub"} for i in run)
        if not (named and flat and self.tagged.tags[at] in {"det", "name", "noun", "adj"}):
            return None
        if any(self.tagged.tokens[i].text == "," for i in run):
            return None
        if self._tells_now():
            return Draft((noun, "is", (at, passage.last)))
        return Draft(((passage.first, passage.last),), missing=("context",))

    def _tells_now(self) -> bool:
        """Tell a sentence whose persons hold their offices as it speaks: "said", "has", "is"."""
        verb = main_verb(self.tagged)
        if verb < 0:
            return False
        word = self.tagged.tokens[verb].lower
        now = {"is", "are", "has", "have", "says", "will"}
        return word in words.REPORTING or word in now

    def _be(self, noun: Run, at: int = -1) -> str:
        """Return the form of "be" that fits: "was closed", "are based"."""
        head = noun[1] - 1
        found = next((p for p in self.known if p.first == noun[0]), None)
        plural = found.plural if found else nouns.is_plural(self.tagged.tokens[head].lower)
        stays = 0 <= at and self.tagged.tokens[at].lower in _STATES and self._tells_now()
        if stays:
            return "are" if plural else "is"
        return "were" if plural else "was"

    def _hanging(self, passage: Passage) -> Draft | None:
        """Write a passage without a verb of its own with the clause that it hangs on."""
        if self._stands(passage):
            return None
        apposed = self._apposed(passage)
        if apposed:
            return apposed
        host = self._host(passage)
        if host is None:
            return Draft(((passage.first, passage.last),), missing=("context",))
        first, last = min(host[0], passage.first), max(host[1], passage.last)
        if last - first > _MOST_JOINED:
            return Draft(((passage.first, passage.last),), beside=host)
        whole = Passage(first, last, self._role(host), passage.joint)
        draft = self._noun_with_clause(whole) or self._clause(whole)
        outside = (host,) if host[1] <= passage.first or passage.last <= host[0] else ()
        return replace(draft, borrowed=(*draft.borrowed, *outside))

    def _apposed(self, passage: Passage) -> Draft | None:
        """Spot the "a baker" of "said Hamid Orun, a baker": told of the name before it."""
        at = passage.first
        if not at or self.tagged.tokens[at - 1].text != "," or self.tagged.tags[at] != "det":
            return None
        named = next((p for p in self.known if p.last == at - 1), None)
        phrase = next((p for p in self.known if p.first == at), None)
        if not named or not phrase or not (named.name or named.maybe_human) or not phrase.human:
            return None
        noun = (named.first, named.last)
        run = (at, passage.last)
        if self._tells_now():
            return Draft((noun, "is", run), borrowed=(noun,))
        return Draft((noun, ",", run), missing=("context",), borrowed=(noun,))

    def _stands(self, passage: Passage) -> bool:
        """Tell a passage that has a finite verb, or a participle that its subject can take."""
        if passage.first and self.tagged.tokens[passage.first].lower in _LEADING_ON:
            return False
        if passage.role == "main" and has_verb_form(self.tagged, passage.first, passage.last):
            return True
        if has_finite(self.tagged, passage.first, passage.last):
            return True
        main = passage.role not in {"participle", "apposition", "with"}
        if (main or self._is_main_verb(passage.first)) and any(
            is_past(self.tagged, i) for i in range(passage.first, passage.last)
        ):
            return True
        first = self.tagged.tags[self._first_word(passage)]
        if passage.role == "participle" and first == "part":
            return subject_run(self.tagged, self.known, passage) is not None
        return first == "base" and passage.first == 0

    def _is_main_verb(self, at: int) -> bool:
        """Tell a past form that has to be the main verb, for the sentence has no other."""
        passives = [
            i
            for i in range(at)
            if self.tagged.tags[i] in FINITE
            and self.tagged.tokens[i - 1].text == ","
            and self.tagged.tokens[i + 1].lower in {"by", "in"}
        ]
        if not is_past(self.tagged, at):
            return False
        others = (i for i in range(len(self.tagged)) if self.tagged.tags[i] in FINITE)
        return all(i in passives for i in others)

    def _role(self, host: Run) -> str:
        found = next((p for p in self.pieces if p.first == host[0]), None)
        return found.role if found else "main"

    def _host(self, passage: Passage) -> Run | None:
        """Return the clause beside the passage: a passage of its own, or what lies between."""
        before = [p for p in self.pieces if p.last <= passage.first]
        if before and self._touch(before[-1].last, passage.first) and self._verbal(before[-1]):
            return before[-1].first, before[-1].last
        start = self._boundary_before(passage.first)
        if has_own_finite(self.tagged, start, passage.first):
            return start, passage.first
        after = [p for p in self.pieces if p.first >= passage.last]
        if after and self._touch(passage.last, after[0].first) and self._verbal(after[0]):
            return after[0].first, after[0].last
        return None

    def _verbal(self, piece: Passage) -> bool:
        return has_verb_form(self.tagged, piece.first, piece.last)

    def _touch(self, last: int, first: int) -> bool:
        between = self.tagged.tags[last:first]
        return len(between) <= 2 and set(between) <= {"mark", "coord", "prep"}

    def _boundary_before(self, at: int) -> int:
        """Return where the stretch before begins: behind a semicolon, a quotation or the start."""
        read = self.discourse.reads[self.at]
        for i in range(at - 1, -1, -1):
            token = self.tagged.tokens[i]
            if token.text in {";", ":"} or any(s <= token.start < e for s, e in read.quoted):
                return i + 1
        start = 0
        while start < at and self.tagged.tags[start] in {"mark", "coord"}:
            start += 1
        return start
