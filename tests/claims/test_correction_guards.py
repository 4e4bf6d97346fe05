"""The database refuses what nobody was told of, in raw SQL too."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims import workflow
from claims.models import (
    VerdictVersion,
)
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_correcting import at_commit
from tests.claims.test_guards import refused
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


def refused_at_commit(sql: str, parameters: list[Any]) -> str:
    """Run the statement, which stands until the commit, and return the words of the refusal."""

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            at_commit()

    with pytest.raises(DatabaseError) as caught:
        run()
    return str(caught.value)


UPDATE = "UPDATE claims_verdictversion SET state = %s WHERE id = %s"


def test_raw_sql_does_not_withdraw_alone(live: VerdictVersion, editor: User) -> None:
    words = refused(UPDATE, ["withdrawn", live.pk], state="FC002")
    assert "two editors" in words
    workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    refused(UPDATE, ["withdrawn", live.pk], state="FC002")
    confirm = "UPDATE claims_withdrawal SET confirmed_by_id = %s, confirmed_at = now()"
    refused(confirm, [editor.pk], state="23514")
    words = refused(confirm, [factories.person("admin").pk], state="FC002")
    assert "only an editor" in words
    words = refused(UPDATE, ["superseded", live.pk], state="FC002")
    assert "proposed" in words


def test_raw_sql_does_not_supersede_without_a_later_version(live: VerdictVersion) -> None:
    words = refused_at_commit(UPDATE, ["superseded", live.pk])
    assert "by a later one only" in words


def test_raw_sql_does_not_publish_what_partners_are_not_told(checker: User, editor: User) -> None:
    version = factories.approved(by=checker, editor=editor)
    publish = (
        "UPDATE claims_verdictversion SET state = 'published', published_by_id = %s,"
        " published_at = now() WHERE id = %s"
    )
    assert "partners were not told" in refused_at_commit(publish, [editor.pk, version.pk])


def test_raw_sql_does_not_change_a_rating_as_a_typing_error(
    live: VerdictVersion, checker: User
) -> None:
    draft = factories.correction(of=live, by=checker, kind="typo")
    sealed = dict(live.manifest or {})
    sealed["rating"] = sealed["rating"] | {"code": "false"}
    sealed["correction"] = {
        "kind": "typo",
        "note": draft.correction_note,
        "replaces": 1,
        "after_withdrawal": False,
    }
    seal = (
        "UPDATE claims_verdictversion SET state = 'in_review', manifest = %s, digest = 'x',"
        " submitted_by_id = %s, submitted_at = now() WHERE id = %s"
    )
    words = refused(seal, [json.dumps(sealed), checker.pk, draft.pk], state="FC002")
    assert "another rating is a change of the verdict" in words
    sealed["correction"]["replaces"] = 7
    words = refused(seal, [json.dumps(sealed), checker.pk, draft.pk], state="FC002")
    assert "was not made to replace" in words


def test_a_draft_is_not_given_up_by_raw_sql(checker: User) -> None:
    draft = factories.draft(by=checker)
    assert "with a reason" in refused(UPDATE, ["abandoned", draft.pk], state="FC002")


@pytest.mark.parametrize(
    "table", ["claims_change", "claims_withdrawal", "claims_reviewmark", "claims_abandonment"]
)
def test_the_record_of_changes_is_not_deleted(
    live: VerdictVersion, checker: User, editor: User, table: str
) -> None:
    workflow.mark_under_review(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    factories.abandoned(by=checker)
    refused(f"DELETE FROM {table}", state="FC001")
