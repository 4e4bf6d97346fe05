"""What people do to an article's claims, kept so that it can be undone.

Every verb of claims/marking.py and claims/reshaping.py runs inside `edit`, which writes down the
touched claims before and after. Undoing puts them back as they were, unless somebody changed one
of them since: nobody's work is overwritten silently.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from claims import placing
from claims.ledger import settle, unsettle
from claims.models import Article, ArticleEdit, ArticleRevision, Claim
from claims.splitting import locked_revision
from claims.states import SEALED_STATES, ClaimState
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused

Snapshot = dict[str, Any]


class NothingToUndoError(Refused):
    """The person has no edit of this article that is not undone."""

    code = "nothing_to_undo"


class UndoOvertakenError(Refused):
    """Somebody changed one of the claims since."""

    code = "undo_overtaken"


class ClaimSealedError(Refused):
    """The claim's words are sealed in a submitted verdict."""

    code = "claim_sealed"


class Edit:
    """The claims that one verb touches. Those it makes are added with `made`."""

    def __init__(self, revision: ArticleRevision, claims: list[Claim]) -> None:
        self.revision = revision
        self.claims = claims
        self.before = [snapshot(claim, revision) for claim in claims]

    def made(self, claim: Claim) -> Claim:
        """Note a claim that the verb made: undoing takes it off the desk."""
        self.claims.append(claim)
        self.before.append({"id": str(claim.pk), "made": True})
        return claim


@contextmanager
def edit(
    *, article: Article, verb: str, claims: list[Claim], by: User, at: datetime
) -> Iterator[Edit]:
    """Lock the article and its claims for a verb, then note what it did.

    The claims handed over are read anew. Raises ArticleNotReadyError.
    """
    with transaction.atomic():
        revision = locked_revision(article)
        keys = [claim.pk for claim in claims]
        rows = Claim.objects.select_for_update().in_bulk(keys)
        work = Edit(revision, [rows[key] for key in keys])
        yield work
        after = [snapshot(claim, revision) for claim in work.claims]
        if after == work.before:
            return
        ArticleEdit.objects.create(
            article=article,
            revision=revision,
            verb=verb,
            by=by,
            at=at,
            before=work.before,
            after=after,
            sentences=settle(revision, by=by),
        )


def undoable(*, article: Article, by: User) -> ArticleEdit | None:
    """Return the person's newest edit of the article that is not undone."""
    return article.edits.filter(by=by, undone_at=None).order_by("-id").first()


@transaction.atomic
def undo(*, article: Article, by: User, at: datetime) -> ArticleEdit:
    """Put the claims of the person's newest edit back as they were.

    Raises NothingToUndoError and UndoOvertakenError.
    """
    revision = locked_revision(article)
    last = undoable(article=article, by=by)
    if last is None or last.revision_id != revision.pk:
        raise NothingToUndoError
    keys = [UUID(item["id"]) for item in last.after]
    claims = Claim.objects.select_for_update().in_bulk(keys)
    if [snapshot(claims[key], revision) for key in keys] != last.after:
        raise UndoOvertakenError
    for item in last.before:
        claim = claims[UUID(item["id"])]
        refuse_sealed(claim)
        _put_back(claim, item, revision, kept_by=claims[keys[0]])
    last.undone_at = at
    last.save(update_fields=["undone_at"])
    settle(revision, by=by)
    unsettle(last.sentences)
    data = {"verb": last.verb}
    record(action="article.undone", target=article, by=by, at=at, data=data)
    for key in keys:
        record(action="claim.undone", target=claims[key], by=by, at=at, data=data)
    return last


def snapshot(claim: Claim, revision: ArticleRevision) -> Snapshot:
    """Return what an edit may change of a claim; JSON values only."""
    rows = claim.appearances.filter(revision=revision).order_by("start", "end")
    return {
        "id": str(claim.pk),
        "text": claim.text,
        "state": str(claim.state),
        "dismissal_reason": str(claim.dismissal_reason),
        "replaced_by": str(claim.replaced_by_id) if claim.replaced_by_id else None,
        "spans": [[row.start, row.end] for row in rows],
    }


def refuse_sealed(claim: Claim) -> None:
    """Raise ClaimSealedError where a submitted verdict speaks of the claim's words."""
    verdict = getattr(claim, "verdict", None)
    if verdict and verdict.versions.filter(state__in=SEALED_STATES).exists():
        raise ClaimSealedError


def _put_back(claim: Claim, item: Snapshot, revision: ArticleRevision, *, kept_by: Claim) -> None:
    if item.get("made"):
        _take_off(claim, revision, kept_by)
        return
    claim.text, claim.state = item["text"], item["state"]
    claim.dismissal_reason = item["dismissal_reason"]
    claim.replaced_by_id = UUID(item["replaced_by"]) if item["replaced_by"] else None
    claim.save(update_fields=["text", "state", "dismissal_reason", "replaced_by"])
    placing.place(claim, revision, [(start, end) for start, end in item["spans"]])


def _take_off(claim: Claim, revision: ArticleRevision, kept_by: Claim) -> None:
    """A claim that is taken back leaves no trace in the text; its row stays for its history."""
    if has_work(claim):
        raise UndoOvertakenError
    placing.place(claim, revision, [])
    alone = kept_by.pk == claim.pk
    claim.state = ClaimState.DISMISSED if alone else ClaimState.REPLACED
    claim.dismissal_reason = "duplicate" if alone else ""
    claim.replaced_by = None if alone else kept_by
    claim.save(update_fields=["state", "dismissal_reason", "replaced_by"])


def has_work(claim: Claim) -> bool:
    """Whether somebody has evidence, a calculation or a verdict on the claim."""
    return hasattr(claim, "verdict") or claim.evidence.exists() or claim.calculations.exists()
