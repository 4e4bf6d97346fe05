"""What must hold for every restatement, whatever the article says."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import ClaimSpan, split
from claims.extraction.english.words import AUXILIARIES, MONTHS
from claims.extraction.misread_verbs import has_verb_form
from claims.extraction.pleonastic import is_pleonastic
from claims.extraction.tagging import tag
from claims.extraction.tokens import tokens
from tests.claims.extraction.golden_articles import FOLDER, load

DEMO = (FOLDER.parents[3] / "factcheck" / "demo" / "article.txt").read_text("utf-8")
ARTICLES = [*(path.stem for path in sorted(FOLDER.glob("*.txt"))), "demo"]
PUBLISHED = date(2021, 3, 15)
# What a restatement may add: articles, forms of "be", the report, and the words of a date.
_ADDED = """the is are was were s said says say that according to about beside"""
ADDED = frozenset(_ADDED.split()) | frozenset(MONTHS)
_LEFT = """i me my we us our you your he him his she her it its they them their theirs"""
PRONOUNS = frozenset(_LEFT.split())
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
WORD = re.compile(r"[^\W\d_]+")


def _text(name: str) -> str:
    return DEMO if name == "demo" else load(name).text


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _check(text: str, claim: ClaimSpan, sentence: str) -> None:
    known = set(_words(text)) | ADDED
    assert [word for word in _words(claim.text) if word not in known] == [], claim.text
    open_ = {word.lower() for word in (*claim.unresolved, *claim.bound)}
    idle = _pleonastic(sentence)
    for word in _words(QUOTED.sub("", claim.text)):
        if word in PRONOUNS and not (word == "it" and idle):
            assert word in open_ or word == "us", (word, claim.text)
    assert not claim.text[0].islower()
    assert claim.text[-1] in ".!?…”\"»’'", claim.text
    if not {"subject", "context"} & set(claim.unresolved) and "quotation" not in claim.kinds:
        assert _has_verb(claim.text), claim.text


def _pleonastic(sentence: str) -> bool:
    tagged = tag(list(tokens(sentence, 0, len(sentence))))
    return any(is_pleonastic(tagged, i) for i in range(len(tagged)))


def _has_verb(text: str) -> bool:
    tagged = tag(list(tokens(text, 0, len(text))))
    return has_verb_form(tagged, 0, len(tagged)) or any(
        token.lower in AUXILIARIES or tag_ == "base"
        for token, tag_ in zip(tagged.tokens, tagged.tags, strict=True)
    )


def _check_all(text: str) -> None:
    result = split(text, published_on=PUBLISHED)
    for claim in result.claims:
        sentence = result.sentences[claim.sentence]
        _check(text, claim, text[sentence.start : sentence.end])


@pytest.mark.parametrize("name", ARTICLES)
def test_nothing_is_invented_or_forgotten(name: str) -> None:
    _check_all(_text(name))


_SUBJECTS = st.sampled_from(
    [
        "The trust", "Ana Costa", "The mayor of Orlin, Carlo Renzi,", "She", "It", "They", "He",
        "The workers", "The governor of the bank, who was appointed in 2018,", "Its director",
        "The plant, closed by the court in 2011,", "Two of them", "The company (Orlin Water)",
        "Officials", "The European Central Bank (ECB)", "The ECB", "The bank",
    ]
)  # fmt: skip
_DEEDS = st.sampled_from(
    [
        "spent £38 million on nurses", "said that it had closed 40 schools", "was built in 1990",
        "told the council that they would pay 3 million", "has led it since 2019",
        "fell from 60% to 36%, the lowest rate since 2009", "promised 40 homes in May",
        "opened 12 shops, which cost 4 million, and closed 30", "denied that he had paid her",
        "cut its staff by a third last year, selling 14 sites", "put the figure at 140 million",
    ]
)  # fmt: skip
_ENDS = st.sampled_from(
    [".", ", officials said.", ", according to the report.", ' after "a hard year".',
     "; it is clear that prices rose by 5%.", " and won 51% of the vote in March."]
)  # fmt: skip
_SENTENCES = st.tuples(_SUBJECTS, _DEEDS, _ENDS).map(
    lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"
)


@settings(max_examples=120, deadline=None)
@given(sentences=st.lists(_SENTENCES, min_size=1, max_size=5))
@example(sentences=["The trust spent £38 million.", "It spent £41 million on nurses."])
def test_nothing_is_invented_in_made_up_articles(sentences: list[str]) -> None:
    _check_all("A heading\n\n" + " ".join(sentences))
