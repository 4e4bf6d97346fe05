from collections import Counter
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from claims import remembering
from claims.models import EarlierClaim, Lexeme, LexemeTotal
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    rows = Lexeme.objects.filter(documents__gt=0)
    return dict(rows.values_list("word", "documents"))


def counted_anew() -> dict[str, int]:
    """What a full rebuild would count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(lexemes) FROM claims_earlierclaim")
        return dict(Counter(word for (words,) in cursor.fetchall() for word in words))


def total() -> tuple[int, int]:
    return LexemeTotal.objects.values_list("documents", "words").get()


def test_a_published_verdict_is_remembered(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    row = EarlierClaim.objects.get(verdict=version.verdict)
    assert (row.source, row.text, row.rating_label, row.summary) == (
        "own",
        version.verdict.claim.text,
        "True",
        version.summary,
    )
    assert row.url.endswith(version.verdict.get_absolute_url())


def test_what_was_published_before_is_remembered_by_the_migration(
    checker: User, editor: User
) -> None:
    factories.published(by=checker, editor=editor)
    fields = [field.name for field in EarlierClaim._meta.concrete_fields if field.name != "id"]
    (before,) = EarlierClaim.objects.values(*fields)
    EarlierClaim.objects.all().delete()
    import_module("claims.migrations.0010_seen_before_weights").remember_published(apps, None)
    assert list(EarlierClaim.objects.values(*fields)) == [before]


def test_a_newer_version_replaces_what_was_remembered(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    remembering.keep_own(version=version, at=AT)
    assert EarlierClaim.objects.count() == 1
    assert counted() == counted_anew()


def test_the_same_reviews_again_change_nothing() -> None:
    reviews = [factories.review("The ferry sank."), factories.review("The bridge is closed.")]
    first = remembering.keep_imported(reviews=reviews, at=AT)
    again = remembering.keep_imported(reviews=[*reviews, *reviews], at=AT)
    assert (first.new, first.changed, first.known) == (2, 0, 0)
    assert (again.new, again.changed, again.known) == (0, 0, 2)


def test_a_review_that_changed_is_kept_anew() -> None:
    url = "https://other.example/ferry"
    factories.earlier("The ferry sank.", url=url)
    changed = factories.review("The ferry sank.", url=url, rating="True", title="Corrected")
    kept = remembering.keep_imported(reviews=[changed], at=AT)
    assert (kept.new, kept.changed) == (0, 1)
    assert EarlierClaim.objects.get().rating_label == "True"
    assert counted() == counted_anew()


def test_long_texts_are_cut_to_what_a_row_holds() -> None:
    row = factories.earlier("ferry " * 1000, rating="r" * 300, title="t" * 900, claimant="c" * 300)
    assert [len(row.text), len(row.rating_label), len(row.title)] == [2000, 200, 500]


def test_a_text_of_signs_alone_is_kept_too() -> None:
    assert factories.earlier("!?").searchable == "-"


def test_weights_are_kept_as_rows_come_change_and_go() -> None:
    factories.earlier("The ferry sank near Lismore.")
    row = factories.earlier("The ferry is late.")
    assert counted()["ferri"] == 2
    assert total()[0] == 2
    row.searchable = "the bridge is closed"
    row.save(update_fields=["searchable"])
    assert counted() == counted_anew()
    assert counted()["ferri"] == 1
    EarlierClaim.objects.filter(pk=row.pk).delete()
    assert counted() == counted_anew()
    assert total() == (1, len(counted()))


def test_an_update_that_leaves_the_words_alone_leaves_the_weights_alone() -> None:
    row = factories.earlier("The ferry sank.")
    before = counted(), total()
    EarlierClaim.objects.filter(pk=row.pk).update(rating_label="Half true")
    assert (counted(), total()) == before


def test_emptying_the_table_empties_the_weights() -> None:
    factories.earlier("The ferry sank.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE claims_earlierclaim CASCADE")
    assert counted() == {}
    assert not LexemeTotal.objects.exists()
    factories.earlier("The ferry sank.")
    assert total()[0] == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "own"},
        {"source": "rumour"},
        {"key": None},
        {"text": ""},
        {"rating_label": ""},
        {"reviewer": ""},
        {"searchable": ""},
        {"url": "javascript:alert(1)"},
    ],
)
def test_the_database_refuses_nonsense(changes: dict[str, Any]) -> None:
    row = factories.earlier("The ferry sank.")
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierClaim.objects.filter(pk=row.pk).update(**changes)


def test_the_database_refuses_weights_below_zero() -> None:
    factories.earlier("The ferry sank.")
    for rows in (Lexeme.objects.all(), LexemeTotal.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(documents=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LexemeTotal.objects.create(id=2)


def test_dates_are_kept() -> None:
    row = factories.earlier("It sank.", claimed_on=date(2020, 1, 2), reviewed_on=date(2020, 1, 3))
    assert (row.claimed_on, row.reviewed_on) == (date(2020, 1, 2), date(2020, 1, 3))
