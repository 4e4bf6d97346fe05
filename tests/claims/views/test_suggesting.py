import pytest
from django.test import Client

from claims import marking, shelving
from claims.finding import embedding
from claims.models import Citation, Claim, Evidence, SetAside
from claims.states import DismissalReason
from factcheck.accounts.models import User
from sources.anchoring import Grid
from sources.models import ExtractedTable, ExtractedText
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
SENTENCE = "In 2019 the Lismore ferry carried 39,800 passengers."
PAGE = f"Report\n\nThe board <b>met</b>. {SENTENCE} Fares to Lismore rose."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def cite(claim: Claim, by: User, text: str) -> ExtractedText:
    extracted = factories.extracted_text(text=text)
    Citation.objects.create(
        article=claim.article, source=extracted.capture.source, added_by=by, added_at=factories.AT
    )
    return extracted


@pytest.fixture
def text(claim: Claim, checker: User) -> ExtractedText:
    return cite(claim, checker, PAGE)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(claim: Claim, more: str = "") -> str:
    return f"/claims/{claim.pk}/passages/{more}"


def place(text: ExtractedText, **more: object) -> dict[str, object]:
    start = text.text.index(SENTENCE)
    return {"text": text.pk, "start": start, "end": start + len(SENTENCE), **more}


def test_the_claim_s_page_asks_for_them_later(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    page = said(client.get(f"/claims/{claim.pk}/"))
    assert f'hx-get="{address(claim)}" hx-trigger="load"' in page
    assert f'<a href="{address(claim)}">' in page


def test_a_suggestion_shows_what_agrees_and_what_is_contrary(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    page = said(client.get(address(claim), headers=HTMX))
    assert '<mark data-match="word">Lismore</mark>' in page
    assert '<mark data-match="contrary">39,800 passengers</mark>' in page
    assert "“39,800 passengers” here, “41,200 passengers” in the claim." in page
    assert "“2019” stands here, too." in page
    assert "archived 2 Mar 2026, 09:30" in page
    assert "<html" not in page


def test_without_javascript_it_is_a_page_of_its_own(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    page = client.get(address(claim))
    assert "<html" in page.text
    assert said(page).count(f'value="{SENTENCE}"') == 1
    assert "The board &lt;b&gt;met&lt;/b&gt;." in page.text


@pytest.mark.parametrize("stance", ["supports", "refutes", "context"])
def test_one_press_attaches_it_with_a_stance(
    claim: Claim, text: ExtractedText, client: Client, stance: str
) -> None:
    fields = place(text, exact=SENTENCE, stance=stance)
    assert client.post(f"/claims/{claim.pk}/evidence/", fields).status_code == 302
    assert (Evidence.objects.get().exact, Evidence.objects.get().stance) == (SENTENCE, stance)
    assert f'value="{SENTENCE}"' not in said(client.get(address(claim)))


def test_what_is_set_aside_is_listed_and_can_be_taken_back(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    page = client.post(address(claim, "aside/"), place(text), headers=HTMX)
    row = SetAside.objects.get()
    assert "set aside and will not be suggested again" in page.text
    assert f'name="number" value="{row.pk}"' in page.text
    assert f'value="{SENTENCE}"' not in page.text
    page = client.post(address(claim, "back/"), {"number": row.pk}, headers=HTMX)
    assert f'value="{SENTENCE}"' in page.text
    assert not SetAside.objects.exists()
    history = said(client.get(f"/claims/{claim.pk}/"))
    assert f"set a suggestion aside: “{SENTENCE}”" in history
    assert "let what was set aside be suggested again" in history


def test_without_javascript_the_answer_leads_back(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    answer = client.post(address(claim, "aside/"), place(text, next=address(claim)))
    assert answer["Location"] == address(claim)
    answer = client.post(address(claim, "aside/"), place(text, next="https://evil.example/"))
    assert answer["Location"] == f"/claims/{claim.pk}/#passages"


def test_a_passage_that_is_not_there_is_told(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    client.post(address(claim, "aside/"), place(text, end=10**6))
    assert not SetAside.objects.exists()
    assert "does not stand in the archived text" in said(client.get(address(claim)))


def test_empty_lists_say_why(claim: Claim, checker: User, client: Client) -> None:
    assert "No source yet" in said(client.get(address(claim)))
    source = factories.extracted_text(text="Whales sing.").capture.source
    citation = Citation.objects.create(
        article=claim.article, source=source, added_by=checker, added_at=factories.AT
    )
    assert "Nothing found" in said(client.get(address(claim)))
    other = factories.extracted_text(url="https://empty.example/")
    Citation.objects.filter(pk=citation.pk).delete()
    Citation.objects.create(
        article=claim.article,
        source=factories.capture(other.capture.source, b"no text").source,
        added_by=checker,
        added_at=factories.AT,
    )
    assert "Suggested passages" in said(client.get(address(claim)))


def test_a_source_without_a_text_is_waited_for(claim: Claim, checker: User, client: Client) -> None:
    text = factories.extracted_text()
    bare = type(text.capture.source).objects.create(
        url="https://bare.example/", created_at=factories.AT
    )
    Citation.objects.create(
        article=claim.article, source=bare, added_by=checker, added_at=factories.AT
    )
    assert "No archived text yet" in said(client.get(address(claim)))


def test_the_order_by_meaning_is_offered_and_named(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    assert "Order by meaning, too" in said(client.get(address(claim)))
    assert "figures and meaning" in said(client.get(f"{address(claim)}?by=meaning"))


def test_without_the_model_the_page_says_so(
    claim: Claim, text: ExtractedText, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedding.installed.cache_clear()
    monkeypatch.setattr(embedding, "MODEL", ("no_such_package_here", "model.onnx", ""))
    page = said(client.get(f"{address(claim)}?by=meaning"))
    embedding.installed.cache_clear()
    assert "No model for meaning is installed here." in page
    assert "Ordered by shared words and figures." in page


def test_an_altered_model_is_not_used_and_that_is_said(
    claim: Claim, text: ExtractedText, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedding.installed.cache_clear()
    monkeypatch.setattr(embedding, "MODEL", (*embedding.MODEL[:2], "0" * 64))
    page = said(client.get(f"{address(claim)}?by=meaning"))
    embedding.installed.cache_clear()
    assert "is not the one this release knows" in page


def test_who_may_not_check_sees_them_and_decides_nothing(
    claim: Claim, text: ExtractedText, admin: User, desk: Desk
) -> None:
    client = desk(admin)
    page = said(client.get(address(claim)))
    assert "39,800" in page
    assert "Beside the point" not in page
    assert client.post(address(claim, "aside/"), place(text)).status_code == 403
    assert client.post(address(claim, "back/"), {"number": 1}).status_code == 403


def test_a_claim_that_was_left_out_offers_nothing_to_decide(
    claim: Claim, text: ExtractedText, checker: User, client: Client
) -> None:
    marking.dismiss(claim=claim, reason=DismissalReason.OPINION, by=checker, at=factories.AT)
    assert "Beside the point" not in said(client.get(address(claim)))


def test_more_passages_take_no_more_queries(
    claim: Claim, text: ExtractedText, checker: User, client: Client, count_queries: Count
) -> None:
    start = text.text.index("Fares")
    shelving.set_aside(
        claim=claim, extracted=text, start=start, end=start + 5, by=checker, at=factories.AT
    )
    first = count_queries(client, address(claim))
    for number in range(3):
        other = cite(claim, checker, f"The Lismore ferry sailed {number} times in 2019.")
        shelving.set_aside(
            claim=claim, extracted=other, start=0, end=4 + number, by=checker, at=factories.AT
        )
    assert count_queries(client, address(claim)) == first


def test_a_long_list_is_folded_after_the_best(claim: Claim, checker: User, client: Client) -> None:
    years = ("2011", "2012", "2013", "2014", "2015", "2016", "2017")
    cite(claim, checker, "\n\n".join(SENTENCE.replace("2019", year) for year in years))
    page = said(client.get(address(claim), headers=HTMX))
    best, folded = page.split("<summary>3 further</summary>")
    assert (best.count("evidence suggestion"), folded.count("evidence suggestion")) == (4, 3)
    assert (page.count("<details"), page.count("</details>")) == (1, 1)


# Cells


@pytest.fixture
def table(claim: Claim, checker: User) -> ExtractedTable:
    grid = Grid(
        "Passengers <by year>",
        (("Ferry", "2018", "2019"), ("Lismore", "40,000", "41,200"), ("Oban", "9,100", "9,300")),
        1,
        1,
    )
    return factories.table(cite(claim, checker, "A table."), grid=grid)


def cell(table: ExtractedTable, **more: object) -> dict[str, object]:
    return {"table": table.pk, "cell": "1-2", **more}


def test_a_cell_is_shown_with_what_heads_it(
    claim: Claim, table: ExtractedTable, client: Client
) -> None:
    answer = client.get(address(claim), headers=HTMX)
    assert "&lt;by year&gt;</caption>" in answer.text
    first = said(answer).split('class="evidence suggestion"')[1]
    assert '<span><mark data-match="same">2019</mark></span>' in first
    assert '<mark data-match="word">Lismore</mark></th>' in first
    assert '<td dir="auto"><mark data-match="same">41,200</mark></td>' in first
    assert "“41,200” stands here, too: the claim says “41,200 passengers”." in first
    assert f"/claims/{claim.pk}/cells/?table={table.pk}&cell=1-2#chosen" in first
    assert f"?table={table.pk}&cell=1-2#chosen" in first
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("stance", ["supports", "refutes", "context"])
def test_one_press_attaches_a_cell_where_cells_are_attached(
    claim: Claim, table: ExtractedTable, client: Client, stance: str
) -> None:
    fields = {"row": 1, "column": 2, "exact": "41,200", "stance": stance}
    there = f"/claims/{claim.pk}/cells/?table={table.pk}&cell=1-2"
    assert client.post(there, fields).status_code == 302
    item = Evidence.objects.get()
    assert (item.exact, item.headings, item.stance) == ("41,200", ["Lismore", "2019"], stance)
    assert 'value="41,200"' not in said(client.get(address(claim)))


def test_a_cell_is_set_aside_and_taken_back(
    claim: Claim, table: ExtractedTable, client: Client
) -> None:
    page = client.post(address(claim, "aside/"), cell(table), headers=HTMX)
    row = SetAside.objects.get()
    assert "The cell is set aside" in page.text
    assert 'value="41,200"' not in page.text
    assert "Lismore · 2019: 41,200</blockquote>" in said(page)
    page = client.post(address(claim, "back/"), {"number": row.pk}, headers=HTMX)
    assert 'value="41,200"' in page.text
    history = said(client.get(f"/claims/{claim.pk}/"))
    assert "set a suggestion aside: “Lismore · 2019: 41,200”" in history


@pytest.mark.parametrize("wrong", ["9-9", "x", "", "1-2-3"])
def test_a_cell_that_is_not_there_is_told(
    claim: Claim, table: ExtractedTable, client: Client, wrong: str
) -> None:
    client.post(address(claim, "aside/"), cell(table, cell=wrong))
    assert not SetAside.objects.exists()
    assert "does not stand in the archived text" in said(client.get(address(claim)))


def test_who_may_not_check_sees_cells_and_decides_nothing(
    claim: Claim, table: ExtractedTable, admin: User, desk: Desk
) -> None:
    client = desk(admin)
    page = said(client.get(address(claim)))
    assert "41,200</mark>" in page
    assert "Take it" not in page
    assert client.post(address(claim, "aside/"), cell(table)).status_code == 403


def test_more_tables_take_no_more_queries(
    claim: Claim, table: ExtractedTable, checker: User, client: Client, count_queries: Count
) -> None:
    shelving.set_aside_cell(claim=claim, table=table, row=2, column=2, by=checker, at=factories.AT)
    first = count_queries(client, address(claim))
    for number in range(3):
        grid = Grid("", (("Ferry", "2019"), ("Lismore", f"41,20{number}"), ("Oban", "7")), 1, 1)
        other = factories.table(cite(claim, checker, f"A table {number}."), grid=grid)
        shelving.set_aside_cell(
            claim=claim, table=other, row=2, column=1, by=checker, at=factories.AT
        )
    assert count_queries(client, address(claim)) == first
