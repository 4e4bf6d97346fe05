"""Real transactions at the same time: somebody loses, nothing is lost, nothing doubles."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connections

from claims import drafting, drifting, intake, linking, remembering, splitting, workflow
from claims.leasing import LeaseHeldError
from claims.models import (
    Approval,
    Article,
    Claim,
    DraftLease,
    EarlierClaim,
    Evidence,
    Flag,
    Lexeme,
    LexemeTotal,
    Lookup,
    Published,
    VerdictVersion,
)
from claims.states import VersionState
from claims.versions import StaleRevisionError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.audit.verifying import verify
from factcheck.errors import FactcheckError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """Run the verbs in threads that start together; return each result or expected error."""
    results: list[Any] = [None] * len(verbs)
    gate = threading.Barrier(len(verbs))

    def run(place: int, verb: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = verb()
        except FactcheckError as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_editors_approve_at_once() -> None:
    checker, *editors = (factories.person(role) for role in ("checker", "editor", "editor"))
    version = factories.in_review(by=checker)
    results = at_once(
        *(
            lambda editor=editor: workflow.approve(
                version=version, digest=version.digest, by=editor, at=AT
            )
            for editor in editors
        )
    )
    assert sorted(type(result).__name__ for result in results) == [
        "StateChangedError",
        "VerdictVersion",
    ]
    assert Approval.objects.count() == 1


def test_approving_races_with_recalling() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    for _ in range(5):
        version = factories.in_review(by=checker)
        at_once(
            partial(workflow.approve, version=version, digest=version.digest, by=editor, at=AT),
            partial(workflow.recall, version=version, by=checker, at=AT),
        )
        version.refresh_from_db()
        approved = Approval.objects.filter(version=version).exists()
        assert (version.state == VersionState.APPROVED) == approved
        assert version.state in {VersionState.APPROVED, VersionState.DRAFT}


def test_many_publish_at_once_and_the_numbers_have_no_holes() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    versions = [factories.approved(by=checker, editor=editor) for _ in range(6)]
    verbs = [
        lambda version=version: workflow.publish(
            version=version, digest=version.digest, by=editor, at=AT
        )
        for version in [*versions, *versions]
    ]
    results = at_once(*verbs)
    assert all(isinstance(result, VerdictVersion) for result in results)
    assert sorted(Published.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert verify().faults == ()


def test_two_people_save_the_same_draft() -> None:
    one, other = factories.person("checker"), factories.person("checker")
    version = factories.draft(by=one)

    def save(by: Any, words: str) -> VerdictVersion:
        return factories.write(version, by=by, summary=words)

    results = at_once(lambda: save(one, "One."), lambda: save(other, "Other."))
    kept = [result for result in results if isinstance(result, VerdictVersion)]
    stale = [result for result in results if isinstance(result, StaleRevisionError)]
    assert (len(kept), len(stale)) == (1, 1)
    assert stale[0].current.summary == kept[0].summary


def test_somebody_types_while_another_submits() -> None:
    one, other = factories.person("checker"), factories.person("checker")
    version = factories.draft(by=one)

    def type_on() -> VerdictVersion:
        content = replace(drafting.content_of(version), summary="Typed.")
        return drafting.save_draft(
            version=version,
            content=content,
            revision=version.revision,
            typing=True,
            by=other,
            at=AT,
        )

    def submit() -> VerdictVersion:
        return workflow.submit(version=version, revision=version.revision, by=one, at=AT)

    results = at_once(type_on, submit)
    lost = [result for result in results if isinstance(result, FactcheckError)]
    now = VerdictVersion.objects.get(pk=version.pk)
    assert len(lost) == 1
    assert (now.state, now.summary) in {
        (VersionState.DRAFT, "Typed."),
        (VersionState.IN_REVIEW, factories.WORDS.summary),
    }
    assert now.manifest is None or now.manifest["summary"] == now.summary


def test_two_people_type_at_once_and_one_holds_the_draft() -> None:
    people = [factories.person("checker") for _ in range(4)]
    version = factories.draft(by=people[0])

    def type_on(by: User) -> VerdictVersion:
        content = replace(drafting.content_of(version), summary=f"By {by}.")
        return drafting.save_draft(
            version=version,
            content=content,
            revision=version.revision,
            typing=True,
            by=by,
            at=AT,
        )

    results = at_once(*(partial(type_on, person) for person in people))
    kept = [result for result in results if isinstance(result, VerdictVersion)]
    assert len(kept) == 1
    lease = DraftLease.objects.get()
    assert kept[0].summary == f"By {lease.holder}."
    assert sum(isinstance(result, LeaseHeldError) for result in results) == 3


def test_two_people_start_a_verdict_on_one_claim() -> None:
    people = [factories.person("checker") for _ in range(3)]
    claim = factories.claim()
    results = at_once(
        *(lambda who=who: drafting.start_draft(claim=claim, by=who, at=AT) for who in people)
    )
    assert len({result.pk for result in results}) == 1


def test_removing_evidence_races_with_submitting() -> None:
    checker = factories.person("checker")
    for _ in range(5):
        version = factories.draft(by=checker)
        item = Evidence.objects.get(claim__verdict=version.verdict)
        at_once(
            partial(workflow.submit, version=version, revision=version.revision, by=checker, at=AT),
            partial(linking.remove, evidence=item, by=checker, at=AT),
        )
        version.refresh_from_db()
        item.refresh_from_db()
        sealed = version.state == VersionState.IN_REVIEW
        assert sealed != (item.removed_at is not None)


def test_two_splits_of_one_article_do_not_double_its_claims() -> None:
    article = factories.article()
    before = Claim.objects.count()
    at_once(*(lambda: splitting.split_article(article=article, by=None, at=AT) for _ in range(3)))
    assert Claim.objects.count() == before


def test_the_same_form_sent_at_once_brings_in_one_article() -> None:
    checker, other = factories.person("checker"), factories.person("checker")
    key = uuid.uuid4()
    for round_, verb in enumerate((_text, _file, _address), start=1):
        sent = [partial(verb, who, uuid.uuid5(key, verb.__name__)) for who in [checker] * 4]
        articles = at_once(*sent, partial(verb, other, uuid.uuid5(key, verb.__name__)))
        assert len({article.pk for article in articles[:4]}) == 1
        assert articles[4].pk != articles[0].pk
        assert Article.objects.count() == 2 * round_
    # Whoever came second did not split, archive or record anything of its own.
    assert {article.revisions.count() for article in Article.objects.filter(state="ready")} == {1}
    added = Event.objects.filter(action="article.added")
    assert added.count() == Article.objects.count()


def _text(by: User, key: uuid.UUID) -> Article:
    return intake.add_text(title="", text=factories.TEXT, by=by, at=AT, key=key)


def _file(by: User, key: uuid.UUID) -> Article:
    data = factories.TEXT.encode()
    return intake.add_file(title="", data=data, filename="a.txt", by=by, at=AT, key=key)


def _address(by: User, key: uuid.UUID) -> Article:
    return intake.add_url(url="https://news.example/story", by=by, at=AT, key=key)


def test_many_workers_look_a_quote_up_but_once() -> None:
    version = factories.draft(by=factories.person("checker"))
    quote = Evidence.objects.get(claim__verdict=version.verdict)
    check = factories.check(quote.extracted.capture.source, text="Another page.")
    results = at_once(
        *(partial(drifting.look_up_again, check_id=check.pk, at=AT) for _ in range(4))
    )
    assert sorted(map(len, results)) == [0, 0, 0, 1]
    assert (Lookup.objects.count(), Flag.objects.count()) == (1, 1)


def test_two_imports_of_the_same_reviews_in_opposite_orders() -> None:
    reviews = [factories.review(f"The ferry number {n} sank near Lismore.") for n in range(200)]
    results = at_once(
        lambda: remembering.keep_imported(reviews=reviews, at=AT),
        lambda: remembering.keep_imported(reviews=reviews[::-1], at=AT),
        lambda: factories.earlier("The ferry sank near Oban."),
    )
    assert None not in results
    assert EarlierClaim.objects.count() == 201
    assert LexemeTotal.objects.get().documents == 201
    assert Lexeme.objects.get(word="ferri").documents == 201
