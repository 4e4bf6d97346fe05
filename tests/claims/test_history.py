import pytest

from claims import editing, history, marking, reshaping, workflow
from claims.views import undoing
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_a_claims_life_is_told_in_words(checker: User, editor: User) -> None:
    on = factories.claim()
    marking.reword(claim=on, text="The ferry carried 41,200 people.", by=checker, at=AT)
    version = factories.in_review(by=checker, on=on)
    workflow.send_back(version=version, digest=version.digest, reason="Which?", by=editor, at=AT)
    told = [(entry.who, entry.words) for entry in history.of_claim(on)]
    assert told[0] == (editor.username, "sent version 1 back: Which?")
    assert [words for _, words in told[1:5]] == [
        "submitted version 1 for approval",
        "saved the draft",
        "declared no interest",
        "started version 1 of the verdict",
    ]
    assert told[5] == (
        checker.username,
        "attached a passage that supports it (primary source): “41,200 passengers”",
    )
    assert told[6][1].startswith("reworded the claim from “")


def test_every_verb_of_a_claim_has_its_words(checker: User, editor: User) -> None:
    on = factories.claim()
    marking.dismiss(claim=on, reason="trivial", by=checker, at=AT)
    marking.restore(claim=on, by=checker, at=AT)
    version = factories.in_review(by=checker, on=on)
    version = workflow.recall(version=version, by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    words = [entry.words for entry in history.of_claim(on)]
    assert words[:4] == [
        "published version 1",
        "approved version 1",
        "submitted version 1 for approval",
        "took version 1 back into draft",
    ]
    assert words[-2:] == ["restored the claim", "dismissed the claim: not worth checking"]


def test_what_was_undone_is_told_too(checker: User) -> None:
    first, second = factories.article(by=checker).claims.order_by("appearances__start")
    start = first.appearances.get().start
    reshaping.split_claim(claim=first, at_offset=start + 4, by=checker, at=AT)
    editing.undo(article=first.article, by=checker, at=AT)
    reshaping.merge(claims=[first, second], by=checker, at=AT)
    editing.undo(article=first.article, by=checker, at=AT)
    assert [entry.words for entry in history.of_claim(first)] == [
        "undid the merge",
        "merged other claims into this one",
        "undid the split",
        "split the claim in two",
    ]
    assert [entry.words for entry in history.of_claim(second)] == ["undid the merge"]


def test_every_verb_that_can_be_undone_has_its_words() -> None:
    assert set(history.CHANGES) == set(undoing.WORDS)
