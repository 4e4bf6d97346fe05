import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Citation, Claim, Evidence
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources.models import ExtractedTable, Source
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


@pytest.fixture
def table(claim: Claim, checker: User) -> ExtractedTable:
    """A table of a source that the claim's article cites."""
    table = factories.table()
    source = table.extracted.capture.source
    Citation.objects.create(
        article=claim.article, source=source, added_by=checker, added_at=factories.AT
    )
    return table


def address(claim: Claim, table: ExtractedTable, cell: str = "2-1") -> str:
    return f"/claims/{claim.pk}/cells/?table={table.pk}&cell={cell}"


CELL = {"row": "2", "column": "1", "exact": "36 %", "stance": "supports", "note": ""}


def test_the_claim_s_page_leads_to_the_tables(
    desk: Desk, checker: User, claim: Claim, table: ExtractedTable
) -> None:
    page = said(desk(checker).get(f"/claims/{claim.pk}/"))
    assert f'href="/claims/{claim.pk}/cells/?table={table.pk}"' in page
    assert "Poverty (4 × 3)" in page


def test_a_cell_is_chosen_and_attached(
    desk: Desk, checker: User, claim: Claim, table: ExtractedTable
) -> None:
    client = desk(checker)
    page = said(client.get(address(claim, table)))
    assert "Bolivia · Share · 2019: " in page
    assert 'name="exact" value="36 %"' in page
    assert "cell=2-1#chosen" in page
    answer = client.post(address(claim, table), CELL)
    item = Evidence.objects.get()
    assert answer.headers["Location"].endswith(f"#evidence-{item.pk}")
    page = said(client.get(answer.headers["Location"]))
    assert "The cell is attached; its text was verified." in page
    assert "Bolivia · Share · 2019: " in page
    place = f"?table={table.pk}&cell=2-1#chosen"
    assert f"/sources/captures/{table.extracted.capture_id}/{place}" in page


def test_without_a_choice_the_page_says_how_to_choose(
    desk: Desk, checker: User, claim: Claim, table: ExtractedTable
) -> None:
    page = said(desk(checker).get(address(claim, table, "99-99")))
    assert "No cell is chosen yet" in page
    assert "Attach as evidence" not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stance": ""}, TEXTS["evidence_stance_unknown"]),
        ({"exact": "63 %"}, TEXTS["quote_not_in_capture"]),
    ],
)
def test_a_refused_cell_comes_back_with_its_words(  # noqa: PLR0917
    desk: Desk,
    checker: User,
    claim: Claim,
    table: ExtractedTable,
    change: dict[str, str],
    words: str,
) -> None:
    answer = desk(checker).post(address(claim, table), {**CELL, "note": "typed", **change})
    assert answer.status_code == 422
    assert words in said(answer)
    assert "typed" in said(answer)
    assert not Evidence.objects.exists()


def test_a_cell_asks_for_its_claim(
    desk: Desk, checker: User, claim: Claim, table: ExtractedTable
) -> None:
    client = desk(checker)
    page = said(client.get(f"/cells/{table.pk}/claims/?cell=2-1"))
    assert claim.text in page
    assert f"/claims/{claim.pk}/cells/?table={table.pk}&cell=2-1#chosen" in page
    assert "No claim to choose from" in said(client.get(f"/cells/{table.pk}/claims/?words=zebra"))


def test_more_claims_take_no_more_queries(
    desk: Desk, checker: User, claim: Claim, table: ExtractedTable, count_queries: Count
) -> None:
    client, place = desk(checker), f"/cells/{table.pk}/claims/"
    one = count_queries(client, place)
    for _ in range(3):
        Citation.objects.create(
            article=factories.article(),
            source=table.extracted.capture.source,
            added_at=factories.AT,
        )
    assert count_queries(client, place) == one


def test_who_may_not_check_attaches_nothing(
    desk: Desk, claim: Claim, table: ExtractedTable
) -> None:
    client = desk(factories.person("admin"))
    assert client.post(address(claim, table), CELL).status_code == 403
    assert client.get("/claims/x/cells/").status_code == 404


def test_readers_see_the_cell_with_its_headings(
    desk: Desk, checker: User, editor: User, claim: Claim, table: ExtractedTable
) -> None:
    desk(checker).post(address(claim, table), CELL)
    version = factories.published(by=checker, editor=editor, on=claim)
    page = said(desk(editor).get(f"/verdicts/{version.verdict_id}/"))
    assert "Bolivia · Share · 2019: " in page
    assert "(table “Poverty”)" in page
    checks = said(desk(editor).get(f"/versions/{version.pk}/"))
    assert "Stands in the archive: “36 %”" in checks
    assert f"?table={table.pk}&cell=2-1#chosen" in checks


@pytest.mark.parametrize("place", ["claims", "articles"])
def test_a_file_is_given_as_a_source(  # noqa: PLR0917
    desk: Desk, checker: User, claim: Claim, place: str, settings: object, tmp_path: object
) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    pk = claim.pk if place == "claims" else claim.article_id
    client = desk(checker)
    file = SimpleUploadedFile("poverty.csv", b"year,share\n2019,36\n")
    answer = client.post(f"/{place}/{pk}/files/", {"file": file, "title": "Poverty"}, follow=True)
    assert "The file is kept." in said(answer)
    source = Source.objects.get(kind="file")
    assert claim.article.citations.get().source == source
    assert "waiting to be read" in said(answer)


@pytest.mark.parametrize("place", ["claims", "articles"])
def test_a_refused_file_comes_back_with_words_and_title(
    desk: Desk, checker: User, claim: Claim, place: str
) -> None:
    pk = claim.pk if place == "claims" else claim.article_id
    client = desk(checker)
    file = SimpleUploadedFile("poverty.exe", b"MZ\x90\x00")
    answer = client.post(f"/{place}/{pk}/files/", {"file": file, "title": "Poverty"})
    assert answer.status_code == 422
    assert TEXTS["upload_unsupported"] in said(answer)
    assert 'value="Poverty"' in said(answer)
    missing = client.post(f"/{place}/{pk}/files/", {})
    assert TEXTS["upload_missing"] in said(missing)
    assert not Source.objects.exists()
