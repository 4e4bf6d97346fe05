from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims import asking, drafting, linking, marking, proposing, splitting
from claims.linking import ClaimNotOpenError
from claims.models import Article, ProposalRun
from claims.states import ClaimState, Origin, RunState
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT
from tests.servers import language_model
from tests.servers.language_model import LanguageModel

OPINION = "The council should be ashamed"


@pytest.fixture
def model() -> Iterator[LanguageModel]:
    with language_model.serving() as server:
        yield server


@pytest.fixture
def switched_on(model: LanguageModel, settings: Any) -> LanguageModel:
    settings.PROPOSALS_URL = model.url
    settings.PROPOSALS_MODEL = "a-model"
    settings.PROPOSALS_KEY = "a key"
    settings.PROPOSALS_SECONDS = 5.0
    return model


def entry(quote: str, text: str = "") -> dict[str, str]:
    return {"quote": quote, "text": text}


def run(article: Article, by: User) -> ProposalRun:
    asked = proposing.request(article=article, by=by, at=AT)
    return proposing.run(run_id=asked.pk, clock=lambda: AT)


@pytest.mark.django_db
def test_off_means_off(checker: User) -> None:
    with pytest.raises(proposing.ProposalsOffError):
        proposing.request(article=factories.article(), by=checker, at=AT)


@pytest.mark.django_db
def test_only_what_stands_in_the_text_is_kept_and_waits_for_a_person(
    switched_on: LanguageModel, checker: User
) -> None:
    switched_on.behaviour = language_model.says(
        {
            "claims": [
                entry(OPINION, "The council should feel shame."),
                entry("The ferry sank in 1912"),
                entry("ferry"),
                entry(OPINION),
            ]
        }
    )
    article = factories.article()
    done = run(article, checker)
    assert (done.state, done.offered, done.kept, done.dropped) == (RunState.DONE, 4, 1, 3)
    (claim,) = done.claims.all()
    assert (claim.state, claim.origin) == (ClaimState.PROPOSED, Origin.MODEL)
    assert claim.appearances.get().exact == OPINION
    assert claim.text == "The council should feel shame."
    assert (done.model, done.endpoint) == ("a-model", switched_on.url)
    assert switched_on.keys == ["Bearer a key"]
    accepted = marking.accept(claim=claim, by=checker, at=AT)
    assert (accepted.state, accepted.proposed_by) == (ClaimState.OPEN, done)


@pytest.mark.django_db
def test_what_the_splitter_found_is_not_proposed_again(
    switched_on: LanguageModel, checker: User
) -> None:
    article = factories.article()
    known = article.claims.first()
    assert known is not None
    quote = known.appearances.get().exact
    switched_on.behaviour = language_model.says({"claims": [entry(quote)]})
    done = run(article, checker)
    assert (done.kept, done.dropped) == (0, 1)


@pytest.mark.django_db
def test_a_wording_that_invents_a_number_is_replaced_by_the_quote(
    switched_on: LanguageModel, checker: User
) -> None:
    switched_on.behaviour = language_model.says({"claims": [entry(OPINION, "It has 9 members.")]})
    (claim,) = run(factories.article(), checker).claims.all()
    assert claim.text == OPINION


@pytest.mark.django_db
def test_a_proposal_is_not_worked_on_before_it_is_accepted(
    switched_on: LanguageModel, checker: User
) -> None:
    switched_on.behaviour = language_model.says({"claims": [entry(OPINION)]})
    article = factories.article()
    (claim,) = run(article, checker).claims.all()
    with pytest.raises(ClaimNotOpenError):
        drafting.start_draft(claim=claim, by=checker, at=AT)
    extracted = factories.extracted_text()
    with pytest.raises(ClaimNotOpenError):
        linking.attach(
            claim=claim,
            extracted=extracted,
            start=0,
            end=6,
            exact="Annual",
            stance="context",
            note="",
            by=checker,
            at=AT,
        )
    dismissed = marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    assert dismissed.state == ClaimState.DISMISSED
    assert splitting.split_article(article=article, by=checker, at=AT) == 0


@pytest.mark.django_db
def test_a_better_wording_of_a_known_claim_waits_for_a_person(
    switched_on: LanguageModel, checker: User
) -> None:
    article = factories.article()
    known = article.claims.get(appearances__quantities__change_by=12)
    quote = known.appearances.get().exact
    wording = "The fares of the Lismore ferry rose by 12%."
    switched_on.behaviour = language_model.says(
        {"claims": [entry(quote, wording), entry(quote, "A third one.")]}
    )
    before = known.text
    done = run(article, checker)
    assert (done.kept, done.reworded, done.dropped) == (1, 1, 1)
    known.refresh_from_db()
    assert (known.text, known.proposed_text) == (before, wording)
    assert known.wording_proposed_by == done
    declined = marking.decline_wording(claim=known, by=checker, at=AT)
    assert (declined.text, declined.proposed_text) == (before, "")
    declined.proposed_text = wording
    declined.save()
    accepted = marking.accept_wording(claim=declined, by=checker, at=AT)
    assert (accepted.text, accepted.proposed_text) == (wording, "")


@pytest.mark.django_db
def test_asking_twice_is_one_question_and_a_second_delivery_does_nothing(
    switched_on: LanguageModel, checker: User
) -> None:
    article = factories.article()
    first = proposing.request(article=article, by=checker, at=AT)
    assert proposing.request(article=article, by=checker, at=AT) == first
    assert proposing.due(at=AT) == [first.pk]
    for _ in range(2):
        proposing.run(run_id=first.pk, clock=lambda: AT)
    assert len(switched_on.questions) == 1
    assert proposing.due(at=AT) == []


def identity(at: datetime) -> datetime:
    return at


@pytest.mark.django_db
def test_a_busy_service_is_asked_again_later_and_not_for_ever(
    switched_on: LanguageModel, checker: User
) -> None:
    switched_on.behaviour = language_model.sends(b"", 429)
    asked = proposing.request(article=factories.article(), by=checker, at=AT)
    states = []
    for at in (AT, AT + timedelta(hours=1), AT + timedelta(hours=2)):
        row = proposing.run(run_id=asked.pk, clock=partial(identity, at))
        states.append((row.state, row.error_code))
        assert proposing.due(at=at) == []
    assert states == [("queued", "model_busy")] * 2 + [("failed", "model_busy")]


@pytest.mark.django_db
def test_a_worker_that_died_is_followed_by_another_after_its_lease(
    switched_on: LanguageModel, checker: User
) -> None:
    asked = proposing.request(article=factories.article(), by=checker, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_proposalrun SET state = 'running', lease_token = gen_random_uuid(), "
            "lease_until = %s, attempts = 1",
            [AT + timedelta(minutes=5)],
        )
    assert proposing.run(run_id=asked.pk, clock=lambda: AT).state == RunState.RUNNING
    later = AT + timedelta(minutes=6)
    assert proposing.due(at=later) == [asked.pk]
    assert proposing.run(run_id=asked.pk, clock=lambda: later).state == RunState.DONE


@pytest.mark.django_db
def test_a_clock_that_was_ahead_and_is_set_back_holds_up_nothing(
    switched_on: LanguageModel, checker: User
) -> None:
    asked = proposing.request(article=factories.article(), by=checker, at=AT)
    before = AT - timedelta(days=2)
    assert proposing.due(at=before) == [asked.pk]
    assert proposing.run(run_id=asked.pk, clock=lambda: before).state == RunState.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE claims_proposalrun SET state = 'lost'", "claims_run_state_known"),
        ("UPDATE claims_proposalrun SET state = 'running'", "claims_run_leased_while_running"),
        ("UPDATE claims_proposalrun SET state = 'failed'", "claims_run_failure_has_code"),
        ("UPDATE claims_proposalrun SET kept = 5", "claims_run_counts_add_up"),
        ("UPDATE claims_claim SET origin = 'model'", "claims_claim_proposal_has_run"),
    ],
)
def test_the_database_refuses_nonsense(
    switched_on: LanguageModel, checker: User, sql: str, constraint: str
) -> None:
    proposing.request(article=factories.article(), by=checker, at=AT)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_quote_twice_in_the_text_is_placed_twice() -> None:
    text = "It rose by 5%. Later it rose by 5% again."
    proposal = asking.Proposal("rose by 5%", "")
    first = proposing.verbatim(text, proposal, set())
    assert first is not None
    second = proposing.verbatim(text, proposal, {first.span})
    assert second is not None
    assert first.span != second.span
    assert proposing.verbatim(text, proposal, {first.span, second.span}) is None
