"""The article as one whole: who and what it speaks of, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.extraction import quotations
from claims.extraction.layout import Read
from claims.extraction.mentions import People, people, runs
from claims.extraction.noun_phrases import Phrase, phrases
from claims.extraction.records import Span
from claims.extraction.short_forms import ShortForms, short_forms


@dataclass(frozen=True, slots=True)
class Referent:
    """What a pronoun stands for: a phrase of a sentence; `rule` says how it was found."""

    sentence: int
    phrase: Phrase
    rule: str


@dataclass(slots=True)
class Discourse:
    """The article's sentences, the people it names, and the noun phrases of each sentence.

    `paragraphs` has the number of each sentence's paragraph, -1 where it is none of the article's
    prose: a heading, a caption.
    """

    text: str
    reads: Sequence[Read]
    people: People
    paragraphs: Sequence[int]
    common: frozenset[str]
    short_forms: ShortForms
    _phrases: dict[int, tuple[Phrase, ...]] = field(default_factory=dict)
    _quoted: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    found: dict[tuple[int, int], "Referent | None"] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, reads: Sequence[Read], paragraphs: Sequence[int]) -> "Discourse":
        """Read who and what is spoken of in the sentences."""
        mentions = [(read.tagged, mention) for read in reads for mention in runs(read.tagged)]
        known = people(mentions)
        common = frozenset(t.text for read in reads for t in read.tagged.tokens)
        forms = short_forms(text, reads, mentions, known)
        return cls(text, reads, known, paragraphs, common, forms)

    def phrases(self, at: int) -> tuple[Phrase, ...]:
        """Return the noun phrases of sentence `at`."""
        if at not in self._phrases:
            self._phrases[at] = phrases(self.reads[at].tagged, self.people)
        return self._phrases[at]

    def is_quoted(self, at: int, place: int) -> bool:
        """Tell whether the place in sentence `at` lies in somebody's own words."""
        number = self.paragraphs[at]
        key = number if number >= 0 else -1 - at
        if key not in self._quoted:
            spans = [self.reads[at].span]
            if number >= 0:
                both = zip(self.reads, self.paragraphs, strict=True)
                spans = [read.span for read, paragraph in both if paragraph == number]
            inside = quotations.quotations(self.text, spans[0][0], spans[-1][1])
            self._quoted[key] = tuple((q.start, q.end) for q in inside)
        return any(start <= place < end for start, end in self._quoted[key])

    def before(self, at: int) -> int:
        """Return the sentence before this one in the article's prose, or -1."""
        return next((i for i in range(at - 1, -1, -1) if self.paragraphs[i] >= 0), -1)

    def is_common(self, word: str) -> bool:
        """Tell a word that the article writes in lower case elsewhere, so that it is no name."""
        lowered = word.lower()
        return lowered != word and lowered in self.common
