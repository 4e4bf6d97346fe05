import pytest

from claims import matching, reusing
from claims.models import Claim, VerdictVersion
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

SAME = "In 2019 the ferry to Lismore carried 41,200 passengers."
CONTRARY = "In 2019 the ferry to Lismore carried 14,200 passengers."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def relations(claim: Claim) -> dict[str, str]:
    return {m.earlier.text: m.comparison.relation for m in matching.of_claim(claim)}


def test_what_says_the_same_stands_above_what_is_contrary(claim: Claim) -> None:
    factories.earlier(CONTRARY)
    factories.earlier(SAME)
    found = matching.of_claim(claim)
    assert [(m.earlier.text, m.comparison.relation) for m in found] == [
        (SAME, "same"),
        (CONTRARY, "contrary_number"),
    ]


def test_what_shares_a_word_or_two_is_not_shown(claim: Claim) -> None:
    factories.earlier("Nine passengers of a bus were hurt.")
    assert relations(claim) == {}


def test_a_decision_is_remembered_and_shown_last(claim: Claim, checker: User) -> None:
    aside = factories.earlier(SAME)
    factories.earlier(CONTRARY)
    reusing.set_aside(claim=claim, earlier=aside, by=checker, at=AT)
    assert [m.earlier.text for m in matching.of_claim(claim)] == [CONTRARY, SAME]
    assert matching.of_claim(claim)[-1].dismissed


def test_what_was_decided_on_is_shown_whatever_the_claim_says_now(
    claim: Claim, checker: User
) -> None:
    reusing.set_aside(
        claim=claim, earlier=factories.earlier("Rain fell on Oban."), by=checker, at=AT
    )
    assert relations(claim) == {"Rain fell on Oban.": "related"}


def published(claim: Claim, code: str, *, text: str, by: User, editor: User) -> VerdictVersion:
    """A published verdict of ours on another claim of the given words."""
    other = factories.article(by=by, text=text).claims.get()
    version = factories.draft(by=by, on=other)
    version = factories.write(version, by=by, rating=factories.rating(code).pk)
    return factories.published_from(version, by=by, editor=editor)


@pytest.mark.parametrize(
    ("before", "now", "contradicts"),
    [
        ("false", "true", True),
        ("true", "false", True),
        ("true", "mostly-true", False),
        ("true", "true", False),
        ("unproven", "true", False),
        ("true", "unproven", False),
    ],
)
def test_ratings_far_apart_on_the_same_proposition(
    claim: Claim, checker: User, editor: User, before: str, now: str, *, contradicts: bool
) -> None:
    published(claim, before, text=SAME, by=checker, editor=editor)
    found = matching.contradictions(claim, factories.rating(now))
    assert [item.earlier.text for item in found] == ([SAME] if contradicts else [])


def test_another_number_is_no_contradiction(claim: Claim, checker: User, editor: User) -> None:
    published(claim, "false", text=CONTRARY, by=checker, editor=editor)
    assert matching.contradictions(claim, factories.rating("true")) == []


def test_two_opposite_claims_cannot_both_be_true(checker: User, editor: User) -> None:
    ours = factories.article(by=checker, text="Fares rose by 12% in Lismore.").claims.get()
    published(ours, "true", text="Fares fell by 12% in Lismore.", by=checker, editor=editor)
    (found,) = matching.contradictions(ours, factories.rating("true"))
    assert found.opposite
    assert matching.contradictions(ours, factories.rating("false")) == []


def test_other_desks_are_not_contradicted(claim: Claim) -> None:
    factories.earlier(SAME, rating="False")
    assert matching.contradictions(claim, factories.rating("true")) == []
    assert matching.contradictions(claim, None) == []
