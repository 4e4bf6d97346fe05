import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
TEXT = "The ferry to Lismore carried 41,200 passengers in 2019."
LIST, NEW = "/articles/", "/articles/new/"


def test_the_list_asks_for_a_first_article(checker: User, desk: Desk) -> None:
    page = desk(checker).get(LIST)
    assert "Nothing is under check yet" in said(page)
    assert NEW in said(page)


def test_an_admin_is_not_offered_a_new_article(admin: User, desk: Desk) -> None:
    assert NEW not in desk(admin).get(LIST).text
    assert desk(admin).get(NEW).status_code == 403


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    checker: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(checker)
    factories.article(by=checker)
    one = count_queries(client, LIST)
    factories.article(by=checker)
    factories.article(by=checker)
    assert count_queries(client, LIST) == one


def test_pages_follow_each_other(checker: User, desk: Desk) -> None:
    client = desk(checker)
    for number in range(31):
        factories.article(by=checker, title=f"Article {number:02}", text="One short line.")
    first = client.get(LIST)
    following = first.context["page"].next_cursor
    last = client.get(LIST, {"cursor": following})
    titles = [row.article.title for page in (first, last) for row in page.context["page"].items]
    assert sorted(titles) == [f"Article {number:02}" for number in range(31)]
    assert "From the start" in last.text


def test_a_cursor_of_somebody_else_is_told_in_words(checker: User, desk: Desk) -> None:
    page = desk(checker).get(LIST, {"cursor": "nonsense"})
    assert page.status_code == 422
    assert TEXTS["invalid_cursor"] in said(page)


def test_pasted_text_becomes_an_article(checker: User, desk: Desk) -> None:
    answer = desk(checker).post(
        NEW, {"title": "Ferries", "text": TEXT, "published_on": "2020-01-02"}
    )
    article = Article.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, article.get_absolute_url())
    assert (article.title, article.created_by) == ("Ferries", checker)
    assert article.revision is not None
    assert article.revision.text == TEXT


def test_a_sentence_with_little_to_check_in_it_is_left_out_with_a_reason(
    checker: User, desk: Desk
) -> None:
    text = "The next line has é and 🚢 before the words that matter, and ends."
    page = desk(checker).post(NEW, {"text": text}, follow=True)
    assert page.status_code == 200
    assert "not worth checking" in said(page)


def test_the_same_form_sent_twice_brings_in_one_article(checker: User, desk: Desk) -> None:
    client = desk(checker)
    token = client.get(NEW).context["form"]["token"].value()
    data = {"text": TEXT, "token": str(token)}
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"] == Article.objects.get().get_absolute_url()
    client.post(NEW, data | {"token": str(client.get(NEW).context["form"]["token"].value())})
    assert Article.objects.count() == 2


def test_a_form_that_was_gone_back_to_and_changed_is_another_article(
    checker: User, desk: Desk
) -> None:
    client = desk(checker)
    data = {"text": TEXT, "token": "7d1c9f0e-0000-4000-8000-000000000000"}
    client.post(NEW, data)
    client.post(NEW, data | {"text": f"{TEXT} Fares rose by 12 %."})
    client.post(NEW, {"upload": SimpleUploadedFile("a.txt", TEXT.encode()), "token": data["token"]})
    client.post(NEW, {"upload": SimpleUploadedFile("a.txt", b"Other."), "token": data["token"]})
    assert Article.objects.count() == 4


def test_what_was_said_about_an_address_is_kept(checker: User, desk: Desk) -> None:
    said_of_it = {"title": "Ours", "publisher": "The Post", "published_on": "2020-01-02"}
    desk(checker).post(NEW, {"url": "https://news.example/story", **said_of_it})
    article = Article.objects.get()
    kept = (article.title, article.publisher, str(article.published_on))
    assert kept == ("Ours", "The Post", "2020-01-02")


def test_a_file_becomes_an_article(checker: User, desk: Desk) -> None:
    upload = SimpleUploadedFile("a.html", b"<title>T</title><p>Fares rose by 12 % in 2019.</p>")
    desk(checker).post(NEW, {"upload": upload})
    article = Article.objects.get()
    assert article.revision is not None
    assert "Fares rose by 12 %" in article.revision.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "article_empty"),
        ({"text": " \n "}, "article_empty"),
        ({"upload": b""}, "article_empty"),
        ({"upload": b"\x89PNG\r\n\x1a\n\x00\x00"}, "article_binary"),
        ({"upload": b"\xff\xfea"}, "article_undecodable"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    checker: User, desk: Desk, data: dict[str, str | bytes], words: str
) -> None:
    given = {
        name: SimpleUploadedFile("a.txt", value) if isinstance(value, bytes) else value
        for name, value in data.items()
    }
    page = desk(checker).post(NEW, given | {"title": "Kept title"})
    assert page.status_code == 422
    assert TEXTS[words] in said(page)
    assert "Kept title" in said(page)
    assert not Article.objects.exists()


def test_null_characters_are_dropped_and_a_lost_file_is_asked_for_again(
    checker: User, desk: Desk
) -> None:
    client = desk(checker)
    client.post(NEW, {"text": "Fares\x00 rose by 12 %.", "title": "A\x00B"})
    article = Article.objects.get()
    assert article.revision is not None
    assert (article.title, article.revision.text) == ("AB", "Fares rose by 12 %.")
    upload = SimpleUploadedFile("a.pdf", b"%PDF-nothing")
    page = client.post(NEW, {"upload": upload})
    assert page.status_code == 422
    assert "choose it again" in said(page)
    assert "choose it again" not in said(client.get(NEW))


def test_two_ways_at_once_are_refused_and_nothing_is_lost(checker: User, desk: Desk) -> None:
    page = desk(checker).post(NEW, {"text": "Typed words.", "url": "https://news.example/a"})
    assert page.status_code == 422
    assert "Give one of the three" in said(page)
    assert "Typed words." in said(page)
    assert "https://news.example/a" in said(page)


def test_a_file_of_twenty_megabytes_is_refused_in_words(checker: User, desk: Desk) -> None:
    upload = SimpleUploadedFile("a.txt", b"word " * 4_000_000)
    page = desk(checker).post(NEW, {"upload": upload})
    assert page.status_code == 422
    assert "larger than" in said(page)


def test_twenty_megabytes_pasted_are_refused_on_a_page_with_words(
    checker: User, desk: Desk
) -> None:
    page = desk(checker).post(NEW, {"text": "word " * 4_000_000})
    assert page.status_code == 400
    assert "larger than this desk takes" in said(page)


def test_right_to_left_text_comes_in_and_says_its_direction(checker: User, desk: Desk) -> None:
    client = desk(checker)
    text = "ارتفع الناتج المحلي بنسبة 12 % في عام 2019."
    page = client.post(NEW, {"text": text, "title": "اقتصاد"}, follow=True)
    assert page.status_code == 200
    assert 'dir="auto"' in said(page)


def test_an_address_is_fetched_later(checker: User, desk: Desk) -> None:
    page = desk(checker).post(NEW, {"url": "https://news.example/story"}, follow=True)
    assert Article.objects.get().state == "waiting"
    assert "is being fetched" in said(page)


def test_an_address_that_is_never_fetched_is_refused(checker: User, desk: Desk) -> None:
    page = desk(checker).post(NEW, {"url": "http://127.0.0.1:1/"})
    assert page.status_code == 422
    assert "http://127.0.0.1:1/" in said(page)
    assert not Article.objects.exists()


def test_pasted_rich_text_keeps_its_links(checker: User, desk: Desk) -> None:
    html = '<p>Fares <a href="https://stats.example/x">rose by 12 %</a> in 2019.</p>'
    desk(checker).post(NEW, {"text": "Fares rose by 12 % in 2019.", "html": html})
    article = Article.objects.get()
    assert article.citations.get().source.url == "https://stats.example/x"
    assert article.revision is not None
    assert article.revision.text == "Fares rose by 12 % in 2019."


def test_rich_text_without_a_text_leaves_the_plain_one(checker: User, desk: Desk) -> None:
    desk(checker).post(NEW, {"text": TEXT, "html": "<img src='x.png'>"})
    article = Article.objects.get()
    assert article.revision is not None
    assert article.revision.text == TEXT


def test_the_form_says_which_files_it_takes(checker: User, desk: Desk) -> None:
    page = said(desk(checker).get(NEW))
    assert "Text, Markdown, HTML, PDF or DOCX." in page
    assert ".pdf,.docx" in page
