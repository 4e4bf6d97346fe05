"""Comments on a claim: the one writer of threads, comments and mentions.

They are for the desk alone. Nothing of them goes into a manifest, a payload or a readers' page.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from claims.mentioning import mention, tell
from claims.models import (
    Claim,
    Comment,
    CommentWording,
    Thread,
)
from claims.pinning import About, placed
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import NotAllowedError, Permanent, Refused

LONGEST = 4000  # characters
EDITABLE = timedelta(minutes=15)


class CommentEmptyError(Permanent):
    """There is nothing in it."""

    code = "comment_empty"


class CommentTooLongError(Permanent):
    """More than LONGEST characters."""

    code = "comment_too_long"

    def __init__(self) -> None:
        super().__init__(limit=LONGEST)


class CommentFixedError(Refused):
    """It is too old to be changed, or was deleted."""

    code = "comment_fixed"

    def __init__(self) -> None:
        super().__init__(minutes=EDITABLE.seconds // 60)


@transaction.atomic
def begin(
    *,
    claim: Claim,
    text: str,
    by: User,
    at: datetime,
    about: About | None = None,
    key: UUID | None = None,
) -> Comment:
    """Begin a thread with its first comment. The same `key` by the same person again is a no-op.

    Raises CommentEmptyError, CommentTooLongError, CommentWordsError and NotAllowedError.
    """
    require(may_check, by)
    text = _checked(text)
    if found := _sent_before(key, by):
        return found
    thread = placed(Thread(claim=claim, created_by=by, created_at=at), about or About())
    thread.save()
    comment = _write(thread, text, by, at, key)
    tell(comment, replying_to=())
    data = {"on": thread.exact[:120], "comment": str(comment.pk)}
    record(action="claim.commented", target=claim, by=by, at=at, data=data)
    return comment


@transaction.atomic
def reply(*, thread: Thread, text: str, by: User, at: datetime, key: UUID | None = None) -> Comment:
    """Answer in a thread; a settled one is open again. The same `key` again is a no-op.

    Raises CommentEmptyError, CommentTooLongError and NotAllowedError.
    """
    require(may_check, by)
    text = _checked(text)
    if found := _sent_before(key, by):
        return found
    thread = _held(thread)
    if thread.resolved_at is not None:
        _settle(thread, None, None)
    in_it = set(thread.comments.values_list("by_id", flat=True))
    comment = _write(thread, text, by, at, key)
    tell(comment, replying_to=in_it)
    data = {"comment": str(comment.pk)}
    record(action="claim.comment_answered", target=thread.claim, by=by, at=at, data=data)
    return comment


@transaction.atomic
def edit(*, comment: Comment, text: str, by: User, at: datetime) -> Comment:
    """Change one's own comment, soon after it was written; the older text is kept.

    Raises CommentEmptyError, CommentTooLongError, CommentFixedError and NotAllowedError.
    """
    text = _checked(text)
    comment = _own(comment, by)
    if not may_edit(comment, by, at):
        raise CommentFixedError
    if text == comment.text:
        return comment
    CommentWording.objects.create(comment=comment, text=comment.text, replaced_at=at)
    comment.text, comment.edited_at = text, at
    comment.save(update_fields=["text", "edited_at"])
    comment.mentions.all().delete()
    mention(comment)
    tell(comment, replying_to=())
    data = {"comment": str(comment.pk)}
    record(action="claim.comment_edited", target=comment.thread.claim, by=by, at=at, data=data)
    return comment


@transaction.atomic
def delete(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Take one's own comment away; that one stood there is still shown. Again is a no-op.

    Raises NotAllowedError.
    """
    comment = _own(comment, by)
    if comment.deleted_at is None:
        comment.deleted_at = at
        comment.save(update_fields=["deleted_at"])
        data = {"comment": str(comment.pk)}
        record(action="claim.comment_deleted", target=comment.thread.claim, by=by, at=at, data=data)
    return comment


@transaction.atomic
def resolve(*, thread: Thread, by: User, at: datetime) -> Thread:
    """Say that nothing is left to be said. Again is a no-op. Raises NotAllowedError."""
    return _turn(thread, by, at, settled=True)


@transaction.atomic
def reopen(*, thread: Thread, by: User, at: datetime) -> Thread:
    """Take up a settled thread. Again is a no-op. Raises NotAllowedError."""
    return _turn(thread, by, at, settled=False)


def may_edit(comment: Comment, person: User, at: datetime) -> bool:
    """Whether the person may still change the comment at `at`."""
    mine = comment.by_id == person.pk and comment.deleted_at is None
    return mine and at - comment.at <= EDITABLE


def _turn(thread: Thread, by: User, at: datetime, *, settled: bool) -> Thread:
    require(may_check, by)
    thread = _held(thread)
    if (thread.resolved_at is not None) != settled:
        _settle(thread, by if settled else None, at if settled else None)
        action = "claim.thread_settled" if settled else "claim.thread_reopened"
        data = {"on": thread.exact[:120], "thread": str(thread.pk)}
        record(action=action, target=thread.claim, by=by, at=at, data=data)
    return thread


def _held(thread: Thread) -> Thread:
    rows = Thread.objects.select_for_update(of=("self",)).select_related("claim")
    return rows.get(pk=thread.pk)


def _settle(thread: Thread, by: User | None, at: datetime | None) -> None:
    thread.resolved_by, thread.resolved_at = by, at
    thread.save(update_fields=["resolved_by", "resolved_at"])


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not text:
        raise CommentEmptyError
    if len(text) > LONGEST:
        raise CommentTooLongError
    return text


def _sent_before(key: UUID | None, by: User) -> Comment | None:
    """Return the comment of this form, if it was sent already; of two at once the second waits."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Comment.objects.filter(pk=key, by=by).first()


def _own(comment: Comment, by: User) -> Comment:
    require(may_check, by)
    rows = Comment.objects.select_for_update(of=("self",)).select_related("thread__claim", "by")
    comment = rows.get(pk=comment.pk)
    if comment.by_id != by.pk:
        raise NotAllowedError
    return comment


def _write(thread: Thread, text: str, by: User, at: datetime, key: UUID | None) -> Comment:
    comment = Comment(pk=key or uuid4(), thread=thread, text=text, by=by, at=at)
    comment.save(force_insert=True)
    mention(comment)
    return comment
