import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims import revising
from claims.models import Article
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import TEXT

pytestmark = pytest.mark.django_db
CORRECTED = TEXT.replace("41,200", "4,120")


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(article: Article, more: str = "") -> str:
    return f"/articles/{article.pk}/{more}"


def revise(client: Client, article: Article, **data: object) -> str:
    return said(client.post(address(article, "revise/"), data, follow=True))


def test_the_form_begins_with_the_text_there_is(article: Article, client: Client) -> None:
    page = said(client.get(address(article, "revise/")))
    assert f">\n{TEXT}</textarea>" in page
    assert "Make it revision 2" in page


def test_a_corrected_text_becomes_the_next_revision(article: Article, client: Client) -> None:
    page = revise(client, article, text=TEXT.replace("The ferry", "A ferry").replace("\n", "\r\n"))
    assert "This is revision 2." in page
    revision = article.revision
    assert revision is not None
    assert (revision.number, revision.text[:7]) == (2, "A ferry")


def test_claims_without_a_place_are_counted(article: Article, client: Client) -> None:
    page = revise(client, article, text=CORRECTED)
    assert "1 claim has no place in it yet" in page
    revision = article.revision
    assert revision is not None
    assert len(revising.not_carried(revision)) == 1


def test_a_file_goes_before_the_text(article: Article, client: Client) -> None:
    upload = SimpleUploadedFile("a.md", b"# Ferries\n\nFares rose by 12% in 2019.")
    revise(client, article, text=TEXT, upload=upload)
    assert article.revision is not None
    assert article.revision.media_type == "text/markdown"


def test_pasted_rich_text_keeps_its_links(article: Article, client: Client) -> None:
    html = '<p>Fares <a href="https://stats.example/x">rose by 12 %</a> in 2019.</p>'
    revise(client, article, text="Fares rose by 12 % in 2019.", html=html)
    assert article.citations.get().source.url == "https://stats.example/x"


def test_the_same_text_makes_no_revision(article: Article, client: Client) -> None:
    assert "there is no new revision" in revise(client, article, text=TEXT)
    assert article.revisions.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "  "}, TEXTS["article_empty"]),
        (
            {"text": TEXT, "upload": SimpleUploadedFile("a.pdf", b"\x89PNG not a PDF")},
            TEXTS["article_binary"],
        ),
    ],
)
def test_what_cannot_be_read_comes_back_in_words(
    article: Article, client: Client, data: dict[str, object], words: str
) -> None:
    page = client.post(address(article, "revise/"), data)
    assert page.status_code == 422
    assert words in said(page)
    assert article.revisions.count() == 1


def test_earlier_revisions_can_be_read(article: Article, client: Client) -> None:
    revise(client, article, text=CORRECTED)
    first = client.get(address(article, "revisions/1/"))
    assert "41,200" in said(first)
    assert "This is an earlier text" in said(first)
    assert 'data-number="1"' not in first.text
    assert "This is an earlier text" not in said(client.get(address(article, "revisions/2/")))
    assert client.get(address(article, "revisions/3/")).status_code == 404


def test_an_article_without_a_text_is_not_corrected(client: Client) -> None:
    client.post("/articles/new/", {"url": "https://news.example/story"})
    page = client.get(address(Article.objects.get(), "revise/"))
    assert page.status_code == 409


def test_an_admin_corrects_nothing(article: Article, admin: User, desk: Desk) -> None:
    answer = desk(admin).post(address(article, "revise/"), {"text": CORRECTED})
    assert answer.status_code == 403
    assert article.revisions.count() == 1


def test_a_revision_of_three_claims_takes_as_many_queries_as_one(
    checker: User, client: Client, count_queries: Count
) -> None:
    one = factories.article(by=checker, text="Fares rose by 12 % in 2019.")
    three = factories.article(
        by=checker, text="Fares rose by 12 % in 2019. Jobs fell by 3 % in 2018. Rents rose by 9 %."
    )
    few = count_queries(client, address(one, "revisions/1/"))
    assert count_queries(client, address(three, "revisions/1/")) == few
