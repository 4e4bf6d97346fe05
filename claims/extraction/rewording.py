"""Words of a sentence written so that they can be read alone: names, pronouns and dates."""

from dataclasses import dataclass, field
from typing import Final

from claims.extraction.antecedents import KINDS, owns, referent
from claims.extraction.dates_in_words import addition
from claims.extraction.discourse import Discourse
from claims.extraction.english import nouns
from claims.extraction.naming import name_of, owned, short
from claims.extraction.pleonastic import is_pleonastic
from claims.extraction.records import Span

_OTHERS: Final = frozenset(
    """hers theirs i me my mine myself we us our ours ourselves you your yours yourself
    yourselves""".split()
)
_POINTING: Final = frozenset("this these those that".split())
_ENUMERATED: Final = frozenset({"former", "latter"})
_OPENERS: Final = '"“«„'
_PRONOUNS: Final = frozenset(KINDS) | _OTHERS
_TELLING: Final = frozenset(KINDS) | _OTHERS | _POINTING | _ENUMERATED | {"the"}
_PHRASE_TAGS: Final = frozenset({"noun", "name", "adj", "num"})
Edit = tuple[int, int, str]


@dataclass(slots=True)
class Rewording:
    """Writes runs of one sentence's words; remembers whom it named and what it left open.

    Nothing inside a quotation is ever changed.

    `left` are the words that stay unresolved, `bound` those whose meaning stands in the same
    wording: "its" in "The city closed its port".
    """

    discourse: Discourse
    at: int
    left: list[str] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    _written: set[int] = field(default_factory=set)

    def run(self, first: int, last: int) -> str:
        """Return the sentence's words from token `first` up to and without `last`, reworded."""
        tokens = self.discourse.reads[self.at].tagged.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        edits = sorted([*self._words(first, last), *self._dates(start, end)])
        parts: list[str] = []
        done = start
        for begin, stop, words in edits:
            if begin >= done:
                parts += [self.discourse.text[done:begin], words]
                done = stop
        parts.append(self.discourse.text[done:end])
        return " ".join("".join(parts).split())

    def person(self, sentence: int, span: Span) -> str:
        """Return a speaker's name in full where that is certain; a pronoun left is noted."""
        other = self if sentence == self.at else Rewording(self.discourse, sentence)
        tokens = self.discourse.reads[sentence].tagged.tokens
        inside = [i for i, token in enumerate(tokens) if span[0] <= token.start < span[1]]
        if not inside:
            return ""
        who = other.run(inside[0], inside[-1] + 1)
        if other is not self:
            self.left += other.left
            self.named |= other.named
        return nouns.bare(who)

    def _words(self, first: int, last: int) -> list[Edit]:
        found: list[Edit] = []
        bare = self._without_mark(first)
        for i in range(first, last):
            token = self.discourse.reads[self.at].tagged.tokens[i]
            told = token.is_capital or token.lower.partition("'")[0] in _TELLING
            if told and self.discourse.is_quoted(self.at, token.start):
                self._quote(i, bare=bare)
            elif told:
                edit = self._word(i)
                if edit:
                    found.append(edit)
            self._written.add(i)
        return found

    def _without_mark(self, first: int) -> bool:
        """Tell a run that begins inside a quotation, its opening mark left behind."""
        start = self.discourse.reads[self.at].tagged.tokens[first].start
        opens = self.discourse.text[start] in _OPENERS
        return self.discourse.is_quoted(self.at, start) and not opens

    def _quote(self, i: int, *, bare: bool) -> None:
        """Note a pronoun of somebody's own words where nothing shows that they are quoted."""
        tagged = self.discourse.reads[self.at].tagged
        word = tagged.tokens[i].lower.partition("'")[0]
        if bare and word in _PRONOUNS and not is_pleonastic(tagged, i):
            self.left.append(tagged.tokens[i].text[: len(word)])

    def _word(self, i: int) -> Edit | None:
        tagged = self.discourse.reads[self.at].tagged
        token, word = tagged.tokens[i], tagged.tokens[i].lower.partition("'")[0]
        if word in KINDS:
            return self._pronoun(i, word)
        if word in _OTHERS and not (word == "us" and token.text.isupper()):
            self.left.append(token.text.partition("'")[0].partition("’")[0])
            return None
        if word in _POINTING or word in _ENUMERATED:
            self._point(i, word)
            return None
        return self._short_form(i) or self._name(i)

    def _pronoun(self, i: int, word: str) -> Edit | None:
        tagged = self.discourse.reads[self.at].tagged
        token = tagged.tokens[i]
        if is_pleonastic(tagged, i):
            return None
        found = referent(self.discourse, self.at, i) if token.lower == word else None
        name = name_of(self.discourse, found) if found else ""
        if not found or not name:
            self.left.append(token.text[: len(word)])
            return None
        here = found.sentence == self.at and found.phrase.head in self._written
        if owns(tagged, i):
            if here or name in self.named:
                self.bound.append(token.text)
                return None
            self.named.add(name)
            return token.start, token.end, owned(name)
        again = here or name in self.named
        self.named.add(name)
        return token.start, token.end, short(self.discourse, found, name) if again else name

    def _point(self, i: int, word: str) -> None:
        """Note "this plan" and "the latter"; not "this year", "those of", "the former mayor"."""
        read = self.discourse.reads[self.at]
        token = read.tagged.tokens[i]
        dated = any(d.start <= token.start < d.end for d in read.dates)
        following = read.tagged.tags[i + 1] if i + 1 < len(read.tagged) else "mark"
        if word in _ENUMERATED:
            alone = i > 0 and read.tagged.tokens[i - 1].lower == "the"
            points = alone and following not in _PHRASE_TAGS
        else:
            points = read.tagged.tags[i] in {"det", "pron"} and following not in {"prep", "rel"}
        if points and not dated:
            self.left.append(token.text)

    def _name(self, i: int) -> Edit | None:
        """Put a last name that stands alone back in full, the first time."""
        tagged = self.discourse.reads[self.at].tagged
        token = tagged.tokens[i]
        opens = token.is_capital and (i == 0 or tagged.tags[i - 1] == "mark")
        if tagged.tags[i] != "name" and not opens:
            return None
        bare = nouns.bare(token.text)
        full = self.discourse.people.spelt_out(bare)
        beside = {tagged.tags[j] for j in (i - 1, i + 1) if 0 <= j < len(tagged)}
        if not full or bare not in full.split() or full in self.named:
            return None
        self.named.add(full)
        alone = "name" not in beside or (
            i and tagged.tokens[i - 1].lower.rstrip(".") in {"mr", "mrs", "ms"}
        )
        first_word = i == 1 and tagged.tokens[0].text == full.split(" ")[0]
        if not alone or first_word:
            return None
        return token.start, token.end, full + token.text[len(bare) :]

    def _short_form(self, i: int) -> Edit | None:
        """Spell out an acronym or "the bank" that the article has explained before."""
        tagged = self.discourse.reads[self.at].tagged
        forms = self.discourse.short_forms
        token = tagged.tokens[i]
        bare = nouns.bare(token.text)
        key, full = bare, forms.acronyms.get(bare, "")
        after = i + 1
        if token.lower == "the" and i + 1 < len(tagged):
            key = nouns.bare(tagged.tokens[i + 1].lower)
            full = forms.nouns.get(key, "")
            after, token = i + 2, tagged.tokens[i + 1]
            bare = nouns.bare(token.text)
        if not full or full.endswith("…") or forms.since[key] > token.start or full in self.named:
            return None
        compound = after < len(tagged) and (
            tagged.tags[after] in {"noun", "name"} or tagged.tokens[after].lower == "of"
        )
        if after == i + 2 and (compound and bare == token.text):
            return None
        self.named.add(full)
        return tagged.tokens[i].start, token.end, full + token.text[len(bare) :]

    def _dates(self, start: int, end: int) -> list[Edit]:
        """Put what a date means behind it: "on Tuesday (5 May 2015)", "in February 2024"."""
        found = []
        for date in self.discourse.reads[self.at].dates:
            inside = start <= date.start and date.end <= end
            words = addition(self.discourse.text, date)
            if inside and words and not self.discourse.is_quoted(self.at, date.start):
                owner = self.discourse.text[date.end : date.end + 2] in {"'s", "’s"}
                place = date.end + 2 * owner
                found.append((place, place, words))
        return found
