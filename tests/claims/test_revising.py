import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import citing, coverage, intake, marking, reshaping, revising
from claims.models import Article, ArticleRevision, Sentence
from claims.states import Disposition
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories
from tests.factories import AT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return factories.article()


def revise(article: Article, text: str, by: User) -> ArticleRevision:
    return intake.revise(article=article, data=text.encode(), filename="a.txt", by=by, at=AT)


def test_claims_move_to_the_new_revision_with_their_identity(
    article: Article, checker: User
) -> None:
    before = set(article.claims.values_list("pk", flat=True))
    revision = revise(article, "A new first sentence stands here. " + TEXT, checker)
    assert revision.number == 2
    carried = {row.claim_id for row in revision.appearances.all()}
    assert before <= carried
    for row in revision.appearances.all():
        assert revision.text[row.start : row.end] == row.exact
    assert revising.not_carried(revision) == []


def test_a_changed_number_is_not_carried_by_likeness(article: Article, checker: User) -> None:
    revision = revise(article, TEXT.replace("41,200", "4,120"), checker)
    (lost,) = revising.not_carried(revision)
    assert lost.appearances.get().exact.count("41,200") == 1
    assert Event.objects.filter(action="claim.not_carried", target_id=str(lost.pk)).exists()
    # The new number is a claim of its own, proposed by the splitter.
    assert revision.appearances.filter(quantities__value=4120).exists()


def test_decisions_of_people_are_kept(article: Article, checker: User) -> None:
    dismissed = article.claims.get(appearances__quantities__change_by=12)
    marking.dismiss(claim=dismissed, reason="trivial", by=checker, at=AT)
    opinion = Sentence.objects.get(start=TEXT.index("The council"))
    marking.decide_sentence(
        sentence=opinion, disposition="dismissed", reason="opinion", by=checker, at=AT
    )
    revision = revise(article, TEXT + "\n\nOne more paragraph says nothing new.", checker)
    kept = revision.sentences.get(start=TEXT.index("The council"))
    assert (kept.disposition, kept.reason, kept.decided_by) == ("dismissed", "opinion", checker)
    again = revision.sentences.get(start=TEXT.index("Fares"))
    assert (again.disposition, again.reason) == ("dismissed", "trivial")
    open_places = revision.appearances.filter(claim__state="open")
    assert not open_places.filter(quantities__change_by=12).exists()


def test_the_same_text_is_no_new_revision(article: Article, checker: User) -> None:
    assert revise(article, TEXT, checker) == article.revision
    assert article.revisions.count() == 1


def test_an_article_without_a_text_cannot_be_revised(checker: User) -> None:
    waiting = intake.add_url(url="https://example.org/story", by=checker, at=AT)
    with pytest.raises(intake.ArticleStateError):
        revise(waiting, TEXT, checker)


def test_every_number_is_accounted_for(article: Article, checker: User) -> None:
    revision = article.revision
    assert revision is not None
    entries = coverage.numbers(revision)
    assert [(entry.exact, entry.disposition) for entry in entries] == [
        ("41,200 passengers", Disposition.CLAIM),
        ("12%", Disposition.CLAIM),
    ]
    claim = article.claims.get(appearances__quantities__change_by=12)
    marking.dismiss(claim=claim, reason="trivial", by=checker, at=AT)
    (_, twelve) = coverage.numbers(revision)
    assert (twelve.disposition, twelve.reason) == (Disposition.DISMISSED, "trivial")
    assert coverage.count(coverage.numbers(revision)).dismissed == 1


def test_a_number_outside_of_every_claim_waits_until_somebody_decides(
    article: Article, checker: User
) -> None:
    revision = article.revision
    assert revision is not None
    claim = article.claims.get(appearances__quantities__value=41200)
    reshaping.resize(claim=claim, start=0, end=len("The ferry to Lismore"), by=checker, at=AT)
    entry = coverage.numbers(revision)[0]
    assert entry.disposition == Disposition.PENDING
    marking.decide_number(number=entry.number, reason="trivial", by=checker, at=AT)
    entry = coverage.numbers(revision)[0]
    assert (entry.disposition, entry.reason) == (Disposition.DISMISSED, "trivial")
    moved = revise(article, "First. " + TEXT, checker)
    kept = next(e for e in coverage.numbers(moved) if "41,200" in e.exact)
    assert kept.reason == "trivial"


def test_a_plain_correction_keeps_the_links_of_the_page(checker: User) -> None:
    page = (
        "<html><body><article><h1>The ferry pays</h1><p>The ferry carried 41,200 passengers in "
        '2019, says the <a href="https://harbour.example/report">harbour board</a>.</p>'
        "<p>Fares rose by 12% after the new timetable, and nobody complained about it in the "
        "harbour or on the islands that the ferry serves every day.</p></article></body></html>"
    )
    article = intake.add_file(title="", data=page.encode(), filename="a.html", by=None, at=AT)
    first = article.revision
    assert first is not None
    revision = revise(article, "Corrected. " + first.text, checker)
    place = article.citations.get().places.get(revision=revision)
    assert revision.text[place.start : place.end] == "harbour board"
    claim = revision.appearances.get(quantities__value=41200).claim
    assert citing.of_claim(claim) == {article.citations.get().source_id}


def test_carrying_decisions_costs_the_same_queries_whatever_the_length(checker: User) -> None:
    counts = []
    for length in (1, 8):
        text = "\n\n".join(
            f"The ferry carried {n},200 people in 2019." for n in range(1, length + 1)
        )
        article = factories.article(text=text)
        previous = article.revision
        assert previous is not None
        revision = revise(article, text + "\n\nOne more line.", checker)
        with CaptureQueriesContext(connection) as queries:
            revising.carry_decisions(previous=previous, revision=revision, by=checker)
        counts.append(len(queries))
    assert counts[0] == counts[1]
