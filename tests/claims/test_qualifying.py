import pytest
from django.db import DatabaseError, connection, transaction

from claims import linking, marking, qualifying
from claims.models import Claim, Evidence
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.AT


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


@pytest.fixture
def item(claim: Claim, checker: User) -> Evidence:
    return factories.evidence(on=claim, by=checker)


def qualify(
    item: Evidence, by: User, strength: str = "strong", *, is_primary: bool | None = True
) -> Evidence:
    return qualifying.qualify(evidence=item, strength=strength, is_primary=is_primary, by=by, at=AT)


def test_nobody_has_said_anything_at_first(item: Evidence) -> None:
    assert (item.strength, item.is_primary) == ("", None)


def test_evidence_is_attached_with_what_is_said_of_it(claim: Claim, checker: User) -> None:
    item = factories.evidence(on=claim, by=checker, strength="weak", is_primary=False)
    assert (item.strength, item.is_primary) == ("weak", False)
    event = Event.objects.get(action="evidence.attached")
    assert (event.data["strength"], event.data["is_primary"]) == ("weak", False)


def test_saying_it_anew_puts_a_like_row_in_its_place(item: Evidence, editor: User) -> None:
    after = qualify(item, editor)
    assert (after.strength, after.is_primary, after.created_by) == ("strong", True, editor)
    item.refresh_from_db()
    assert (item.removed_by, item.strength) == (editor, "")
    same = ("claim_id", "extracted_id", "start", "end", "exact", "prefix", "suffix", "stance")
    assert [getattr(after, name) for name in same] == [getattr(item, name) for name in same]
    assert linking.verify(after)
    event = Event.objects.get(action="evidence.qualified")
    assert (event.target_id, event.data["replaces"]) == (str(after.pk), str(item.pk))


def test_saying_what_was_said_before_undoes_it(item: Evidence, checker: User) -> None:
    back = qualify(qualify(item, checker), checker, "", is_primary=None)
    assert (back.strength, back.is_primary) == ("", None)
    assert Evidence.objects.filter(removed_at=None).get() == back


def test_saying_the_same_changes_nothing(item: Evidence, checker: User) -> None:
    after = qualify(item, checker)
    assert qualify(after, checker) == after
    assert Event.objects.filter(action="evidence.qualified").count() == 1


@pytest.mark.parametrize(("stance", "strength"), [("supports", "certain"), ("context", "weak")])
def test_a_strength_that_is_none_is_refused(
    claim: Claim, checker: User, stance: str, strength: str
) -> None:
    item = factories.evidence(on=claim, by=checker, stance=stance)
    with pytest.raises(linking.StrengthError):
        qualify(item, checker, strength)
    with pytest.raises(linking.StrengthError):
        factories.evidence(on=claim, by=checker, stance=stance, strength=strength)


def test_context_may_be_primary(claim: Claim, checker: User) -> None:
    item = factories.evidence(on=claim, by=checker, stance="context", is_primary=True)
    assert item.is_primary


def test_what_is_gone_or_used_is_not_replaced(item: Evidence, checker: User, editor: User) -> None:
    qualify(item, checker)
    with pytest.raises(qualifying.EvidenceRemovedError):
        qualify(item, checker, "weak")
    summed = factories.calculation(by=checker).numbers.exclude(evidence=None).first()
    assert summed is not None
    assert summed.evidence is not None
    with pytest.raises(linking.EvidenceCalculatedError):
        qualify(summed.evidence, checker)
    sealed = factories.in_review(by=checker).verdict.claim.evidence.first()
    assert sealed is not None
    with pytest.raises(linking.EvidenceSealedError):
        qualify(sealed, editor)


def test_a_dismissed_claim_is_left_alone(item: Evidence, claim: Claim, checker: User) -> None:
    marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    with pytest.raises(linking.ClaimDismissedError):
        qualify(item, checker)


@pytest.mark.parametrize(
    "change", ["strength = 'certain'", "strength = 'weak'", "is_primary = true"]
)
def test_the_database_refuses_a_quality_that_changes(item: Evidence, change: str) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE claims_evidence SET {change} WHERE id = %s", [item.pk])
