from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims import drafting, linking, marking, sealing, showing, workflow
from claims.models import Claim, Evidence, Published, VerdictVersion
from factcheck.accounts.models import User
from factcheck.errors import FactcheckError
from sources import describing
from sources.anchoring import Grid
from sources.models import ExtractedTable
from tests import factories
from tests.factories import AT
from tests.sources.test_verifying import forge

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


@pytest.fixture
def table() -> ExtractedTable:
    return factories.table()


def attach(claim: Claim, table: ExtractedTable, by: User, **given: Any) -> Evidence:
    values = {"row": 2, "column": 1, "exact": "36 %", "stance": "refutes", "note": " as shown "}
    given = {"is_primary": True} | given
    return linking.attach_cell(claim=claim, table=table, by=by, at=AT, **{**values, **given})


def test_a_cell_is_attached_with_what_heads_it(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    item = attach(claim, table, checker)
    assert (item.exact, item.row, item.column, item.note) == ("36 %", 2, 1, "as shown")
    assert (item.row_headers, item.column_headers) == (["Bolivia"], ["Share", "2019"])
    assert (item.table_sha256, item.extracted) == (table.sha256, table.extracted)
    assert (item.start, item.end, item.is_cell) == (None, None, True)
    assert linking.verify(item)
    assert attach(claim, table, checker) == item


def test_a_covered_place_is_the_cell_that_covers_it(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    item = attach(claim, table, checker, row=1, column=0, exact="Country")
    assert (item.row, item.column) == (0, 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"exact": "63 %"}, "quote_not_in_capture"),
        ({"row": 9}, "quote_not_in_capture"),
        ({"column": 9}, "quote_not_in_capture"),
        ({"stance": "proves"}, "evidence_stance_unknown"),
    ],
)
def test_a_cell_that_is_not_there_is_refused(
    claim: Claim, table: ExtractedTable, checker: User, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(FactcheckError) as caught:
        attach(claim, table, checker, **given)
    assert caught.value.code == code
    assert not Evidence.objects.exists()


def test_an_empty_or_endless_cell_is_no_quote(claim: Claim, checker: User) -> None:
    grid = Grid("", (("a", "b"), ("", "x" * 2001)))
    table = factories.table(grid=grid)
    with pytest.raises(linking.QuoteEmptyError):
        attach(claim, table, checker, row=1, column=0, exact="")
    with pytest.raises(linking.QuoteTooLongError):
        attach(claim, table, checker, row=1, column=1, exact="x" * 2001)


def test_a_claim_that_was_left_out_takes_no_cell(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    with pytest.raises(linking.ClaimDismissedError):
        attach(claim, table, checker)


INSERT = (
    "INSERT INTO claims_evidence (id, claim_id, extracted_id, exact, prefix, suffix, text_sha256, "
    'stance, note, created_by_id, created_at, table_id, "row", "column", row_headers, '
    "column_headers, table_sha256) "
    "SELECT gen_random_uuid(), claim_id, extracted_id, {exact}, '', '', text_sha256, 'supports', "
    "'', created_by_id, now(), table_id, {row}, \"column\", '[]', '[]', {digest} "
    "FROM claims_evidence WHERE id = %s"
)


@pytest.mark.parametrize(
    "forged",
    [
        {"exact": "'63 %%'"},
        {"row": '"row" + 1'},
        {"row": "99"},
        {"digest": "repeat('0', 64)"},
    ],
)
def test_the_database_refuses_a_forged_cell(
    claim: Claim, table: ExtractedTable, checker: User, forged: dict[str, str]
) -> None:
    item = attach(claim, table, checker)
    whole = {"exact": "exact", "row": '"row"', "digest": "table_sha256"}
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="not the cell"), transaction.atomic():
            cursor.execute(INSERT.format(**{**whole, **forged}), [item.pk])
        cursor.execute(INSERT.format(**whole), [item.pk])


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"start": 1, "end": 2}, "claims_evidence_is_passage_or_cell"),
        ({"row": None}, "claims_evidence_is_passage_or_cell"),
        ({"column": None}, "claims_evidence_is_passage_or_cell"),
        ({"prefix": "x"}, "claims_evidence_is_passage_or_cell"),
        ({}, "claims_evidence_cell_attached_once"),
    ],
)
def test_evidence_is_a_passage_or_a_cell(
    claim: Claim,
    table: ExtractedTable,
    checker: User,
    values: dict[str, Any],
    constraint: str,
) -> None:
    item = attach(claim, table, checker)
    fields = {field.attname: getattr(item, field.attname) for field in Evidence._meta.fields}
    del fields["id"]
    # A row or column that is not there is refused by the trigger before the constraint is asked.
    refused = pytest.raises((IntegrityError, DatabaseError), match=f"{constraint}|not the cell")
    with refused, transaction.atomic():
        Evidence.objects.create(**{**fields, **values})


def test_a_passage_has_nothing_of_a_cell(checker: User) -> None:
    item = factories.evidence(on=factories.claim(), by=checker)
    fields = {field.attname: getattr(item, field.attname) for field in Evidence._meta.fields}
    fields |= {"stance": "context", "row": 1}
    del fields["id"]
    with pytest.raises(IntegrityError, match="is_passage_or_cell"), transaction.atomic():
        Evidence.objects.create(**fields)


def draft(claim: Claim, by: User) -> VerdictVersion:
    version = drafting.start_draft(claim=claim, by=by, at=AT)
    factories.declared(version, by=by)
    return factories.write(
        version,
        by=by,
        rating=factories.rating().pk,
        summary="The table gives another number.",
        what_we_found="It says 36 % for 2019.",
    )


def test_a_verdict_that_rests_on_a_cell_is_sealed_approved_and_published(
    claim: Claim, table: ExtractedTable, checker: User, editor: User
) -> None:
    item = attach(claim, table, checker)
    source = table.extracted.capture.source
    for field, value in (("author", "Ana Rojas"), ("published_on", "2019-03-05")):
        describing.confirm(source=source, field=field, value=value, by=checker, at=AT)
    version = draft(claim, checker)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert version.manifest is not None
    (sealed,) = version.manifest["evidence"]
    assert sealed["quote"]["exact"] == "36 %"
    assert sealed["quote"]["start"] is None
    assert sealed["cell"] == {
        "table": 1,
        "caption": "Poverty",
        "row": 2,
        "column": 1,
        "row_headers": ["Bolivia"],
        "column_headers": ["Share", "2019"],
        "table_sha256": table.sha256,
    }
    assert sealed["capture"]["author"] == "Ana Rojas"
    workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    version = workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    row = Published.objects.get(verdict=version.verdict)
    assert '"row_headers":["Bolivia"]' in row.body
    (cited,) = showing._conclusion(version.manifest or {})["citation"]
    assert (cited["text"], cited["author"], cited["datePublished"]) == (
        "36 %",
        {"name": "Ana Rojas"},
        "2019-03-05",
    )
    with pytest.raises(linking.EvidenceSealedError):
        linking.remove(evidence=item, by=checker, at=AT)


def test_a_cell_that_was_changed_in_the_archive_no_longer_verifies(
    claim: Claim, table: ExtractedTable, checker: User, editor: User
) -> None:
    attach(claim, table, checker)
    version = draft(claim, checker)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    forge("UPDATE sources_extractedtable SET rows = jsonb_set(rows, '{2,1}', '\"63 \"')")
    assert sealing.unverified(sealing.live_evidence(claim))
    with pytest.raises(workflow.UnverifiedEvidenceError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def test_what_a_document_says_of_itself_is_not_published(checker: User, editor: User) -> None:
    extracted = factories.extracted_text()
    source = extracted.capture.source
    describing.confirm(source=source, field="title", value="", by=checker, at=AT)
    claim = factories.claim()
    linking.attach(
        claim=claim,
        extracted=extracted,
        start=0,
        end=6,
        exact="Annual",
        stance="context",
        note="",
        is_primary=True,
        by=checker,
        at=AT,
    )
    version = draft(claim, checker)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert version.manifest is not None
    assert extracted.title
    assert version.manifest["evidence"][0]["capture"]["title"] == ""


def test_a_file_is_cited_by_its_digest() -> None:
    capture = {
        "title": "Poverty",
        "final_url": "urn:sha256:" + "0" * 64,
        "file_name": "poverty.csv",
    }
    cited = showing._citation({"capture": capture, "quote": {"exact": "36 %"}})
    assert cited == {
        "@type": "CreativeWork",
        "name": "Poverty",
        "identifier": "urn:sha256:" + "0" * 64,
        "text": "36 %",
    }
