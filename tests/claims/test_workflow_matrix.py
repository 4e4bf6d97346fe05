"""Who may do what to a version in which state: every role, verb and state, in one table.

Each cell is tried on a version of its own. A verb that was done already by the same person is a
no-op, which counts as allowed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from claims import workflow
from claims.models import VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.errors import FactcheckError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
# Who wrote it, another checker, an editor who wrote too, the editor who approves and publishes,
# another editor who may publish alone, and an admin.
WHO = ("author", "checker", "worked", "editor", "alone", "admin")
EVERY = frozenset(WHO)
MAKERS = EVERY - {"admin"}
EDITORS = frozenset({"worked", "editor", "alone"})
FRESH = frozenset({"editor", "alone"})
NOBODY: frozenset[str] = frozenset()


def act(verb: str, version: VerdictVersion, by: User) -> None:
    """Do the verb with everything that it needs besides the person and the state."""
    seal: dict[str, Any] = {"version": version, "digest": version.digest}
    public: dict[str, Any] = {"verdict": version.verdict, "reason": "A reader wrote to us."}
    made: dict[str, Callable[..., object]] = {
        "save": lambda **who: factories.write(version, summary="Otherwise.", by=who["by"]),
        "submit": lambda **who: _submit(version, **who),
        "recall": lambda **who: workflow.recall(version=version, **who),
        "approve": lambda **who: workflow.approve(**seal, **who),
        "send back": lambda **who: workflow.send_back(**seal, reason="Look again.", **who),
        "publish": lambda **who: workflow.publish(**seal, **who),
        "publish alone": lambda **who: workflow.publish_alone(**seal, reason="Panic.", **who),
        "schedule": lambda **who: workflow.schedule(**seal, publish_at=LATER, **who),
        "embargo": lambda **who: workflow.set_embargo(**public, until=LATER, **who),
        "correct": lambda **who: workflow.start_correction(verdict=version.verdict, **who),
        "mark": lambda **who: workflow.mark_under_review(**public, **who),
        "withdraw": lambda **who: workflow.propose_withdrawal(**public, **who),
        "give up": lambda **who: workflow.abandon(version=version, reason="Not ours.", **who),
        "reopen": lambda **who: workflow.reopen(version=version, **who),
    }
    made[verb](by=by, at=AT)


def _submit(version: VerdictVersion, *, by: User, at: datetime) -> None:
    if version.state == VersionState.DRAFT:
        factories.declared(version, by=by)
    version.refresh_from_db()
    workflow.submit(version=version, revision=version.revision, by=by, at=at)


D, R, A = VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED
P, S, W = VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.WITHDRAWN
G = VersionState.ABANDONED
WROTE = frozenset({"author", "worked"})
# Verb → state → who may. What stands nowhere here, nobody may.
TABLE: dict[str, dict[VersionState, frozenset[str]]] = {
    "save": {D: MAKERS},
    # Who submitted it, and clicks twice, is told nothing wrong; so is who takes back a draft.
    "submit": {D: MAKERS, R: frozenset({"author"})},
    "recall": {D: WROTE, R: WROTE},
    # Nobody who wrote it. A second click of who approved it is no error.
    "approve": {R: FRESH, A: frozenset({"editor"})},
    "send back": {R: EDITORS, A: EDITORS},
    # Somebody else's yes stands, so any editor may show it; a second click is no error.
    "publish": {A: EDITORS, P: frozenset({"editor"})},
    "publish alone": {R: frozenset({"alone"})},
    "schedule": {A: EDITORS},
    # Of the verdict, as long as no reader has seen it.
    "embargo": {D: EDITORS, R: EDITORS, A: EDITORS, G: EDITORS},
    # What is open already is shown instead of a second one.
    "correct": {D: MAKERS, R: MAKERS, A: MAKERS, P: MAKERS, S: MAKERS, W: MAKERS},
    # Of the verdict: of a superseded version's, the one that took its place.
    "mark": {P: EDITORS, S: EDITORS},
    "withdraw": {P: EDITORS, S: EDITORS},
    "give up": {D: WROTE | EDITORS, G: WROTE | EDITORS},
    "reopen": {D: MAKERS, W: MAKERS, G: MAKERS},
}


@pytest.fixture
def people() -> dict[str, User]:
    return {
        "author": factories.person(),
        "checker": factories.person(),
        "worked": factories.person("editor"),
        "editor": factories.person("editor"),
        "alone": factories.person("editor", may_publish_alone=True),
        "admin": factories.person("admin"),
    }


def brought(state: VersionState, people: dict[str, User]) -> VerdictVersion:
    """Take a version that the author and an editor wrote into a state, by the verbs."""
    author, editor = people["author"], people["editor"]
    version = factories.draft(by=author)
    version = factories.write(version, by=people["worked"], summary="Better said.")
    if state == G:
        return workflow.abandon(version=version, reason="Not ours.", by=author, at=AT)
    if state == D:
        return version
    version = workflow.submit(version=version, revision=version.revision, by=author, at=AT)
    if state == R:
        return version
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    if state == A:
        return version
    version = workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    if state == S:
        factories.corrected(of=version, by=author, editor=editor)
    if state == W:
        factories.withdrawn(of=version, editor=editor, other=people["alone"])
    version.refresh_from_db()
    return version


def may(verb: str, version: VerdictVersion, by: User) -> bool:
    """Whether the verb lets the person; whatever it did is taken back."""
    try:
        with transaction.atomic():
            act(verb, VerdictVersion.objects.get(pk=version.pk), by)
            transaction.set_rollback(True)
    except FactcheckError:
        return False
    return True


@pytest.mark.parametrize("state", list(VersionState))
def test_who_may_do_what(state: VersionState, people: dict[str, User]) -> None:
    version = brought(state, people)
    assert version.state == state
    found = {
        verb: {who for who, person in people.items() if may(verb, version, person)}
        for verb in TABLE
    }
    assert found == {verb: set(row.get(state, NOBODY)) for verb, row in TABLE.items()}
