from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims import reusing
from claims.linking import ClaimDismissedError
from claims.marking import dismiss
from claims.models import Claim, SeenBefore
from claims.reusing import NotDecidedError
from claims.versions import StateChangedError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

SAME = "In 2019 the ferry to Lismore carried 41,200 passengers."
CONTRARY = "In 2019 the ferry to Lismore carried 14,200 passengers."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def actions(claim: Claim) -> list[str]:
    events = Event.objects.filter(target_id=str(claim.pk), action__startswith="earlier.")
    return list(events.order_by("id").values_list("action", flat=True))


def test_an_empty_draft_starts_from_the_earlier_verdict(claim: Claim, checker: User) -> None:
    earlier = factories.earlier(SAME, rating="mostly TRUE", summary="The board says so.")
    version = reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    assert version.rating == factories.rating("mostly-true")
    assert version.summary == "The board says so."
    assert version.what_we_found == (
        f"Starting point: Other Desk rated “{SAME}” “mostly TRUE” ({earlier.url})."
    )
    assert SeenBefore.objects.get().relation == "same"
    assert actions(claim) == ["earlier.confirmed"]


def test_a_rating_of_another_scale_is_left_to_the_person(claim: Claim, checker: User) -> None:
    earlier = factories.earlier(SAME, rating="Four Pinocchios")
    version = reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    assert version.rating is None
    assert "Four Pinocchios" in version.what_we_found


def test_words_that_stand_in_the_draft_are_never_touched(claim: Claim, checker: User) -> None:
    draft = factories.draft(by=checker, on=claim)
    version = reusing.take_up(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)
    assert (version.summary, version.what_we_found) == (draft.summary, draft.what_we_found)


def test_nothing_is_copied_from_a_claim_with_another_number(claim: Claim, checker: User) -> None:
    version = reusing.take_up(claim=claim, earlier=factories.earlier(CONTRARY), by=checker, at=AT)
    assert (version.rating, version.summary, version.what_we_found) == (None, "", "")
    assert SeenBefore.objects.get().relation == "contrary_number"


def test_taking_up_twice_is_no_error(claim: Claim, checker: User) -> None:
    earlier = factories.earlier(SAME)
    first = reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    again = reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    assert again.revision == first.revision
    assert actions(claim) == ["earlier.confirmed"]


def test_a_decision_can_be_changed_and_taken_back(claim: Claim, checker: User) -> None:
    earlier = factories.earlier(SAME)
    reusing.set_aside(claim=claim, earlier=earlier, by=checker, at=AT)
    reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    reusing.reconsider(claim=claim, earlier=earlier, by=checker, at=AT)
    assert not SeenBefore.objects.exists()
    assert actions(claim) == ["earlier.dismissed", "earlier.confirmed", "earlier.reconsidered"]
    with pytest.raises(NotDecidedError):
        reusing.reconsider(claim=claim, earlier=earlier, by=checker, at=AT)


def test_a_submitted_verdict_takes_nothing_up(checker: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(StateChangedError):
        reusing.take_up(
            claim=version.verdict.claim, earlier=factories.earlier(SAME), by=checker, at=AT
        )
    assert not SeenBefore.objects.exists()


def test_a_dismissed_claim_is_decided_on_no_more(claim: Claim, checker: User) -> None:
    dismiss(claim=claim, reason="trivial", by=checker, at=AT)
    with pytest.raises(ClaimDismissedError):
        reusing.set_aside(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)


def test_an_admin_decides_nothing(claim: Claim, admin: User) -> None:
    earlier = factories.earlier(SAME)
    for verb in (reusing.take_up, reusing.set_aside, reusing.reconsider):
        with pytest.raises(NotAllowedError):
            verb(claim=claim, earlier=earlier, by=admin, at=AT)


def test_what_was_taken_up_is_sealed_and_published(
    claim: Claim, checker: User, editor: User
) -> None:
    earlier = factories.earlier(CONTRARY)
    aside = factories.earlier(SAME)
    reusing.take_up(claim=claim, earlier=earlier, by=checker, at=AT)
    reusing.set_aside(claim=claim, earlier=aside, by=checker, at=AT)
    version = factories.published(by=checker, editor=editor, on=claim)
    assert version.manifest is not None
    assert version.manifest["seen_before"] == [
        {
            "text": CONTRARY,
            "rating": "False",
            "reviewer": "Other Desk",
            "url": earlier.url,
            "reviewed_on": None,
            "relation": "contrary_number",
            "own": False,
        }
    ]


@pytest.mark.parametrize("changes", [{"decision": "maybe"}, {"relation": "cousin"}])
def test_the_database_refuses_nonsense(
    claim: Claim, checker: User, changes: dict[str, Any]
) -> None:
    reusing.set_aside(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeenBefore.objects.update(**changes)


def test_a_decision_stands_once(claim: Claim, checker: User) -> None:
    row = reusing.set_aside(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_draft_goes_on_from_what_was_taken_up(claim: Claim, checker: User) -> None:
    version = reusing.take_up(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)
    saved = factories.write(
        version, by=checker, rating=factories.rating("false").pk, summary="Our own words."
    )
    assert saved.summary == "Our own words."
