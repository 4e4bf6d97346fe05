"""The language of an article: chosen when it is brought in, heeded when it is read."""

from decimal import Decimal

import pytest

from claims import marking
from claims.models import Article, Quantity, Sentence
from claims.states import Disposition
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Desk, said

pytestmark = pytest.mark.django_db
NEW = "/articles/new/"
SPANISH = "El paro bajó del 12,5 % al 11,8 % en marzo. El gasto fue de 2.300 millones de euros."


def test_the_form_offers_english_first(checker: User, desk: Desk) -> None:
    form = desk(checker).get(NEW).context["form"]
    assert form["language"].value() == "en"
    assert [code for code, _ in form.fields["language"].choices] == ["en", "es", "und"]


def test_an_article_is_english_where_nobody_says_otherwise(checker: User, desk: Desk) -> None:
    desk(checker).post(NEW, {"text": "The ferry carried 41,200 passengers in 2019."})
    assert Article.objects.get().language == "en"


def test_a_language_that_is_not_offered_is_refused(checker: User, desk: Desk) -> None:
    page = desk(checker).post(NEW, {"text": "nuqneH", "language": "tlh"})
    assert page.status_code == 422
    assert not Article.objects.exists()


def test_a_spanish_article_keeps_every_sentence_and_number_for_a_person(
    checker: User, desk: Desk
) -> None:
    page = desk(checker).post(NEW, {"text": SPANISH, "language": "es"}, follow=True)
    article = Article.objects.get()
    assert article.language == "es"
    assert 'lang="es"' in page.text
    assert "in Spanish" in said(page)
    assert "Select a passage to mark its first claim." in said(page)
    assert "Claims are proposed in English only." in said(page)
    assert "looks checkable" not in said(page)
    assert not article.claims.exists()
    sentences = Sentence.objects.filter(revision=article.revision)
    assert {row.disposition for row in sentences} == {Disposition.PENDING}
    assert len(sentences) == 2
    assert article.revision is not None
    assert article.revision.numbers.count() == 2


def test_a_claim_that_a_person_marks_is_read_in_the_articles_language(checker: User) -> None:
    article = factories.article(text=SPANISH, language="es")
    end = SPANISH.index(" en marzo")
    marking.mark_claim(article=article, start=0, end=end, by=checker, at=factories.AT)
    found = Quantity.objects.get()
    assert (found.value, found.unit) == (Decimal("11.8"), "percent")
    assert (found.change_from, found.change_to) == (Decimal("12.5"), Decimal("11.8"))


def test_an_address_keeps_its_language_until_the_page_is_read(checker: User, desk: Desk) -> None:
    desk(checker).post(NEW, {"url": "https://example.org/noticia", "language": "es"})
    assert Article.objects.get().language == "es"
