"""The database refuses, in raw SQL, what the product refuses in words."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims import linking, stakes, workflow
from claims.models import ArticleRevision, VerdictVersion
from claims.states import TRANSITIONS, VersionState
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def refused(sql: str, parameters: Sequence[Any] = (), *, state: str) -> str:
    """Run the statement, see it refused with the SQLSTATE and return the database's words."""
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    cause = caught.value.__cause__
    assert getattr(cause, "sqlstate", None) == state, cause
    return str(cause)


def insert_approval(version: VerdictVersion, editor: User, digest: str) -> tuple[str, list[Any]]:
    sql = (
        "INSERT INTO claims_approval (version_id, editor_id, digest, at) VALUES (%s, %s, %s, now())"
    )
    return sql, [version.pk, editor.pk, digest]


def superseded(by: User, editor: User) -> VerdictVersion:
    version = factories.published(by=by, editor=editor)
    factories.corrected(of=version, by=by, editor=editor)
    return version


def test_a_contributor_cannot_approve(editor: User) -> None:
    version = factories.in_review(by=editor)
    words = refused(*insert_approval(version, editor, version.digest), state="FC002")
    assert "nobody approves their own work" in words


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_only_an_editor_approves(checker: User, role: str) -> None:
    version = factories.in_review(by=checker)
    other = factories.person(role)
    words = refused(*insert_approval(version, other, version.digest), state="FC002")
    assert "only an editor approves" in words


def test_an_inactive_editor_cannot_approve(checker: User) -> None:
    version = factories.in_review(by=checker)
    gone = factories.person("editor", is_active=False)
    refused(*insert_approval(version, gone, version.digest), state="FC002")


def test_an_approval_names_the_digest_in_review(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    refused(*insert_approval(version, editor, "f" * 64), state="FC002")
    still_draft = factories.draft(by=checker)
    refused(*insert_approval(still_draft, editor, ""), state="FC002")


def test_nothing_is_published_without_an_approval(checker: User) -> None:
    version = factories.in_review(by=checker)
    update = "UPDATE claims_verdictversion SET state = %s WHERE id = %s"
    words = refused(update, ["approved", version.pk], state="FC002")
    assert "no approval by a second person" in words
    refused(update, ["published", version.pk], state="FC002")


@pytest.mark.parametrize("state", list(VersionState))
def test_the_trigger_holds_the_same_table_as_the_code(
    checker: User, editor: User, state: VersionState
) -> None:
    make = {
        VersionState.DRAFT: lambda: factories.draft(by=checker),
        VersionState.IN_REVIEW: lambda: factories.in_review(by=checker),
        VersionState.APPROVED: lambda: factories.approved(by=checker, editor=editor),
        VersionState.PUBLISHED: lambda: factories.published(by=checker, editor=editor),
        VersionState.SUPERSEDED: lambda: superseded(checker, editor),
        VersionState.WITHDRAWN: lambda: factories.withdrawn(
            of=factories.published(by=checker, editor=editor), editor=editor
        ),
        VersionState.ABANDONED: lambda: factories.abandoned(by=checker),
    }
    version = make[state]()
    for target in VersionState:
        if target != state and target not in TRANSITIONS[state]:
            update = "UPDATE claims_verdictversion SET state = %s WHERE id = %s"
            words = refused(update, [target, version.pk], state="FC002")
            assert f"does not go from {state} to {target}" in words


def test_a_version_that_needs_two_approvals_is_not_approved_by_one(
    checker: User, editor: User
) -> None:
    version = factories.draft(by=checker)
    stakes.add(claim=version.verdict.claim, stake=factories.stake(), by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    assert version.state == VersionState.IN_REVIEW
    update = "UPDATE claims_verdictversion SET state = %s WHERE id = %s"
    refused(update, ["approved", version.pk], state="FC002")
    refused(update, ["published", version.pk], state="FC002")
    fewer = "UPDATE claims_verdictversion SET approvals_required = 1 WHERE id = %s"
    refused(fewer, [version.pk], state="FC001")
    other = factories.person("editor")
    version = workflow.approve(version=version, digest=version.digest, by=other, at=AT)
    assert version.state == VersionState.APPROVED


def test_evidence_may_go_while_a_later_version_is_written(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    item = version.verdict.claim.evidence.get()
    remove = "UPDATE claims_evidence SET removed_at = now(), removed_by_id = %s WHERE id = %s"
    refused(remove, [checker.pk, item.pk], state="FC002")
    VerdictVersion.objects.create(
        verdict=version.verdict, number=2, created_by=checker, created_at=AT, updated_at=AT
    )
    linking.remove(evidence=item, by=checker, at=AT)
    item.refresh_from_db()
    assert item.removed_at == AT


def test_when_a_version_was_published_never_changes(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    refused(
        "UPDATE claims_verdictversion SET state = 'superseded', published_at = now() WHERE id = %s",
        [version.pk],
        state="FC001",
    )


def test_a_version_starts_as_a_draft(checker: User) -> None:
    claim = factories.claim()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_verdict (id, claim_id, created_at) "
            "VALUES (gen_random_uuid(), %s, now()) RETURNING id",
            [claim.pk],
        )
        (verdict_id,) = cursor.fetchone()
    refused(
        "INSERT INTO claims_verdictversion (id, verdict_id, number, state, summary, reasoning, "
        "revision, digest, created_by_id, created_at, updated_at) "
        "VALUES (gen_random_uuid(), %s, 1, 'published', '', '', 1, '', %s, now(), now())",
        [verdict_id, checker.pk],
        state="FC002",
    )


@pytest.mark.parametrize("column", ["summary", "reasoning", "digest"])
def test_a_submitted_version_never_changes(checker: User, column: str) -> None:
    version = factories.in_review(by=checker)
    sql = f"UPDATE claims_verdictversion SET {column} = 'forged' WHERE id = %s"
    refused(sql, [version.pk], state="FC001")


def test_words_cannot_change_along_with_the_state(checker: User, editor: User) -> None:
    version = factories.approved(by=checker, editor=editor)
    sql = "UPDATE claims_verdictversion SET state = 'published', summary = 'forged' WHERE id = %s"
    refused(sql, [version.pk], state="FC002")


def test_nobody_joins_a_sealed_version(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    refused(
        "INSERT INTO claims_versioncontributor (version_id, person_id, at) VALUES (%s, %s, now())",
        [version.pk, editor.pk],
        state="FC002",
    )


def test_a_contributor_cannot_be_forgotten(checker: User) -> None:
    version = factories.in_review(by=checker)
    sql = "DELETE FROM claims_versioncontributor WHERE version_id = %s"
    refused(sql, [version.pk], state="FC001")


def test_evidence_quotes_the_archived_text(checker: User) -> None:
    item = factories.evidence(on=factories.claim(), by=checker)
    insert = (
        'INSERT INTO claims_evidence (id, claim_id, extracted_id, start, "end", exact, prefix, '
        "suffix, text_sha256, stance, note, created_by_id, created_at, row_headers, "
        "column_headers, table_sha256) "
        'SELECT gen_random_uuid(), claim_id, extracted_id, start, "end", %s, prefix, suffix, '
        "text_sha256, 'refutes', '', created_by_id, now(), '[]', '[]', '' "
        "FROM claims_evidence WHERE id = %s"
    )
    refused(insert, ["14,200 passengers", item.pk], state="FC003")
    with connection.cursor() as cursor:
        cursor.execute(insert, [item.exact, item.pk])


def test_evidence_never_changes_and_sealed_evidence_stays(checker: User) -> None:
    version = factories.in_review(by=checker)
    item = version.verdict.claim.evidence.get()
    refused("UPDATE claims_evidence SET note = 'x' WHERE id = %s", [item.pk], state="FC001")
    refused("DELETE FROM claims_evidence WHERE id = %s", [item.pk], state="FC001")
    words = refused(
        "UPDATE claims_evidence SET removed_at = now(), removed_by_id = %s WHERE id = %s",
        [checker.pk, item.pk],
        state="FC002",
    )
    assert "a submitted verdict rests on this evidence" in words


def test_an_appearance_quotes_the_article(checker: User) -> None:
    claim = factories.claim()
    sql = "UPDATE claims_appearance SET exact = 'forged' WHERE claim_id = %s"
    refused(sql, [claim.pk], state="FC003")


@pytest.mark.parametrize(
    "table",
    [
        "claims_articlerevision",
        "claims_verdictversion",
        "claims_versioncontributor",
        "claims_approval",
        "claims_changesrequest",
        "claims_evidence",
        "claims_published",
        "claims_changecounter",
        "audit_event",
        "audit_link",
    ],
)
def test_append_only_tables_refuse_truncate(table: str) -> None:
    refused(f"TRUNCATE {table} CASCADE", state="FC001")


def test_a_revision_of_an_article_never_changes() -> None:
    revision = ArticleRevision.objects.get(article=factories.article())
    sql = "UPDATE claims_articlerevision SET text = 'forged' WHERE id = %s"
    refused(sql, [revision.pk], state="FC001")
    refused("DELETE FROM claims_articlerevision WHERE id = %s", [revision.pk], state="FC001")


def test_publications_are_numbered_without_holes(checker: User, editor: User) -> None:
    factories.published(by=checker, editor=editor)
    refused("UPDATE claims_changecounter SET value = value + 2", state="FC002")
    refused("UPDATE claims_changecounter SET value = 0", state="FC002")
    refused("UPDATE claims_published SET seq = seq", state="FC002")
    refused("DELETE FROM claims_published", state="FC001")


CHECKS = [
    ("UPDATE claims_claim SET text = ''", "claims_claim_text_given"),
    (
        "UPDATE claims_claim SET check_worthiness = 1.5",
        "claims_claim_check_worthiness_between_0_and_1",
    ),
    ("UPDATE claims_claim SET state = 'dismissed'", "claims_claim_dismissed_with_reason"),
    ("UPDATE claims_claim SET origin = 'person'", "claims_claim_person_named"),
    ("UPDATE claims_claim SET origin = 'oracle'", "claims_claim_origin_known"),
    ("UPDATE claims_article SET state = 'lost'", "claims_article_state_known"),
    ("UPDATE claims_article SET state = 'waiting'", "claims_article_waits_for_something"),
    ("UPDATE claims_article SET title = ''", "claims_article_title_given"),
    (
        "UPDATE claims_sentence SET disposition = 'dismissed', reason = ''",
        "claims_sentence_dismissed_with_reason",
    ),
    ('UPDATE claims_sentence SET "end" = start', "claims_sentence_has_length"),
    ('UPDATE claims_quantity SET "end" = start', "claims_quantity_has_length"),
    ("UPDATE claims_quantity SET comparator = '<>'", "claims_quantity_comparator_known"),
    ("UPDATE accounts_user SET role = 'owner'", "accounts_user_role_known"),
    (
        "UPDATE claims_verdictversion SET digest = 'x' WHERE state = 'draft'",
        "claims_version_sealed_whole",
    ),
]


@pytest.mark.parametrize(("sql", "constraint"), CHECKS)
def test_check_constraints_hold(checker: User, sql: str, constraint: str) -> None:
    factories.draft(by=checker, with_evidence=False)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_article_is_in_a_known_language() -> None:
    article = factories.article()
    sql = "UPDATE claims_article SET language = 'tlh' WHERE id = %s"
    assert "claims_article_language_known" in refused(sql, [article.pk], state="23514")


def test_one_form_brings_in_one_article_of_a_person(checker: User) -> None:
    key = "7d1c9f0e-0000-4000-8000-000000000000"
    factories.article(by=checker, key=key)
    other = factories.article(by=checker)
    sql = "UPDATE claims_article SET intake_key = %s WHERE id = %s"
    words = refused(sql, [key, other.pk], state="23505")
    assert "claims_article_brought_in_once" in words
