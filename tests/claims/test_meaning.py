import hashlib
from collections.abc import Sequence
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import matching, meaning, remembering
from claims.finding import embedding
from claims.models import EarlierClaim, EarlierMeaning, Lexeme
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

OURS = "The ferry to Lismore moved 41,200 people."
TOPICS = ("ferry boat ship passengers people", "rain storm weather", "tax budget council")


class Topics:
    """A tiny model: which of three topics a text speaks of. Counts what it was made to read."""

    def __init__(self, name: str = "one") -> None:
        self.digest = hashlib.sha256(name.encode()).hexdigest()
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.read += texts
        return [
            [0.1 + sum(word in text.lower() for word in topic.split()) for topic in TOPICS]
            for text in texts
        ]


def earlier(text: str, title: str = "") -> EarlierClaim:
    made = factories.earlier(text, title=title)
    return EarlierClaim.objects.defer("lexemes").get(pk=made.pk)


def test_a_page_reads_its_own_claim_and_what_is_kept_is_not_read_again() -> None:
    rows = [earlier("A ship carried people."), earlier("Rain fell on Oban.", "A storm?")]
    model = Topics()
    first = meaning.likenesses(OURS, rows, embedder=model)
    assert model.read == [OURS, rows[0].text, rows[1].text, "A storm?"]
    assert first[rows[0].pk] > 0.9
    assert first[rows[1].pk] < 0.5
    model.read.clear()
    again = meaning.likenesses(OURS, rows, embedder=model)
    assert model.read == [OURS]
    assert again == pytest.approx(first, abs=0.002)


def test_another_model_or_other_words_make_it_anew() -> None:
    row, model = earlier("A ship carried people."), Topics()
    assert meaning.keep([row], embedder=model) == 1
    assert meaning.keep([row], embedder=model) == 0
    assert meaning.keep([row], embedder=Topics("two")) == 1
    assert meaning.keep([row], embedder=Topics("two")) == 0
    EarlierClaim.objects.filter(pk=row.pk).update(title="A boat?")
    row.refresh_from_db()
    assert meaning.keep([row], embedder=Topics("two")) == 1
    assert EarlierMeaning.objects.count() == 1


def test_a_vector_leaves_the_counters_of_words_alone() -> None:
    row = earlier("A ship carried people.")
    before = list(Lexeme.objects.order_by("word").values_list("word", "documents"))
    with CaptureQueriesContext(connection) as captured:
        meaning.keep([row], embedder=Topics())
    assert list(Lexeme.objects.order_by("word").values_list("word", "documents")) == before
    assert not [query for query in captured if "claims_earlierclaim" in query["sql"]]


def test_without_a_model_the_order_is_that_of_words() -> None:
    rain = earlier("To Lismore people moved: rain on the ferry dock moved people to Lismore.")
    ship = earlier("A ship with 41,200 passengers went to Lismore.")
    near = [match.earlier.pk for match in matching.nearest(OURS)]
    assert near == [rain.pk, ship.pk]


def test_with_a_model_a_contrary_number_is_still_named() -> None:
    contrary = earlier("The ferry to Lismore moved 14,200 people.")
    same = earlier("The ferry to Lismore moved 41,200 people in all.")
    found = matching.nearest(OURS, embedder=Topics())
    assert [(m.earlier.pk, m.comparison.relation) for m in found] == [
        (same.pk, "same"),
        (contrary.pk, "contrary_number"),
    ]


def test_a_paraphrase_is_worth_a_look_only_where_it_was_read(checker: User) -> None:
    claim = factories.article(by=checker, text=f"{OURS}\n").claims.get()
    paraphrase = earlier("Passengers by boat: Lismore tells of a record, ship owners say so.")
    assert matching.of_claim(claim) == []
    (found,) = matching.of_claim(claim, embedder=Topics())
    assert (found.earlier.pk, found.comparison.relation) == (paraphrase.pk, "related")


def test_another_language_is_not_read_by_an_english_model() -> None:
    earlier("A ship carried people.")
    model = Topics()
    matching.nearest("people", language="es", embedder=model)
    assert model.read == []


def test_a_newer_reading_of_a_review_leaves_no_stale_vector() -> None:
    row, model = earlier("A ship carried people.", "A ship?"), Topics()
    meaning.keep([row], embedder=model)
    changed = factories.review("A ship carried people.", title="Rain, storm, weather", url=row.url)
    remembering.keep_imported(reviews=[changed], at=AT)
    row.refresh_from_db()
    model.read.clear()
    meaning.likenesses(OURS, [row], embedder=model)
    assert "Rain, storm, weather" in model.read


def test_the_command_reads_what_is_missing() -> None:
    earlier("A ship carried people.")
    out = StringIO()
    if not embedding.is_there():
        with pytest.raises(CommandError, match="embeddings"):
            call_command("keep_meanings", stdout=out)
        return
    call_command("keep_meanings", stdout=out)
    call_command("keep_meanings", stdout=out)
    assert out.getvalue() == "1 earlier claims read.\n0 earlier claims read.\n"
    assert meaning.keep_newest() == 0
    assert len(EarlierMeaning.objects.get().vector) == 768
