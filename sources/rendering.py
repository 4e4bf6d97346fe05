"""Renderings: asked for, claimed, drawn, kept. The one writer of a rendering's state.

As with captures, the row is the queue: a worker claims it by compare-and-set and holds it by a
lease with a token. A rendering never touches its capture, so that a page which cannot be drawn is
kept all the same.
"""

import errno
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import blobs, visiting
from sources.addressing import policy
from sources.browsing import CODES, Browser, Rendered, RenderError, render
from sources.errands import Clock
from sources.fetching.policy import MEGABYTE
from sources.models import Capture, Rendering
from sources.states import OPEN_RENDERINGS, RENDER_TRANSITIONS, RenderState

MAX_ATTEMPTS = 3
WAIT = timedelta(minutes=2)
LEASE = timedelta(minutes=4)  # longer than any setting of the deadline below allows
_LONGEST = 150.0
_KINDS = frozenset({"text/html", "application/xhtml+xml"})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class RenderingOffError(Refused):
    """No browser draws pages at this desk."""

    code = "rendering_off"


class NotAPageError(Refused):
    """Only HTML pages are drawn."""

    code = "rendering_not_a_page"


class NotFailedError(Refused):
    """Only a failed rendering can be tried again."""

    code = "rendering_not_failed"


class AlreadyWaitingError(Refused):
    """The capture has another open rendering."""

    code = "rendering_waiting"


class LeaseLostError(Refused):
    """The row belongs to another worker by now."""

    code = "rendering_lease_lost"


def may_render(capture: Capture) -> bool:
    """Tell whether a rendering of this capture can be asked for."""
    return bool(settings.RENDERING) and not capture.is_upload and capture.media_type in _KINDS


@transaction.atomic
def request_rendering(*, capture: Capture, by: User | None, at: datetime) -> Rendering:
    """Ask for the captured page to be drawn; while one is open for it, that one is returned.

    Raises RenderingOffError and NotAPageError.
    """
    if not settings.RENDERING:
        raise RenderingOffError
    if not may_render(capture):
        raise NotAPageError
    row, is_new = Rendering.objects.get_or_create(
        capture=capture,
        state__in=OPEN_RENDERINGS,
        defaults={"requested_by": by, "requested_at": at, "not_before": at},
    )
    if is_new:
        data = {"capture": str(capture.pk)}
        record(action="rendering.requested", target=row, by=by, at=at, data=data)
    return row


@transaction.atomic
def retry(*, rendering: Rendering, by: User | None, at: datetime) -> Rendering:
    """Put a failed rendering back in the queue with all its attempts.

    Raises RenderingOffError, NotFailedError, and AlreadyWaitingError when the capture has another
    open one.
    """
    if not settings.RENDERING:
        raise RenderingOffError
    failed, queued = RenderState.FAILED, RenderState.QUEUED
    fresh = {"attempts": 0, "not_before": at, "finished_at": None}
    try:
        with transaction.atomic():
            moved = _move(rendering.pk, failed, queued, **fresh)
    except IntegrityError as error:
        raise AlreadyWaitingError from error
    if not moved:
        raise NotFailedError
    record(action="rendering.retried", target=rendering, by=by, at=at)
    return Rendering.objects.get(pk=rendering.pk)


def due(*, at: datetime, limit: int = 200, only: UUID | None = None) -> list[UUID]:
    """Return the renderings that a worker could claim at `at`; none while rendering is off."""
    if not settings.RENDERING:
        return []
    waiting = Q(state=RenderState.QUEUED, not_before__lte=at)
    abandoned = Q(state=RenderState.RUNNING, lease_until__lte=at)
    rows = Rendering.objects.filter(waiting | abandoned).order_by("not_before")
    rows = rows if only is None else rows.filter(pk=only)
    return list(rows.values_list("pk", flat=True)[:limit])


def run(*, rendering_id: UUID, at_clock: Clock) -> Rendering:
    """Claim the rendering and draw its page; a no-op when there is nothing to claim.

    While another worker is at the same host, the row waits. Returns the row as it stands
    afterwards. Raises Rendering.DoesNotExist.
    """
    row = Rendering.objects.select_related("capture").get(pk=rendering_id)
    if rendering_id in due(at=at_clock(), only=rendering_id):
        token, url = uuid4(), row.capture.final_url
        turn = visiting.wait(url=url, visitor=token, clock=at_clock, within=LEASE, tries=20)
        if turn is None:
            later = visiting.free_at(url, at=at_clock())
            waiting = Rendering.objects.filter(pk=rendering_id, state=RenderState.QUEUED)
            waiting.filter(not_before__lt=later).update(not_before=later)
        else:
            with visiting.leaving(turn, clock=at_clock):
                if _claim(rendering_id, token=token, at=at_clock()):
                    _draw(rendering_id, token, url, at_clock)
    return Rendering.objects.select_related("capture").get(pk=rendering_id)


def _draw(rendering_id: UUID, token: UUID, url: str, at_clock: Clock) -> None:
    try:
        drawn = render(url, policy=policy(), browser=_browser())
        _finish(rendering_id, token, drawn, at_clock())
    except RenderError as error:
        _give_up(rendering_id, token, error, at_clock())
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _give_up(rendering_id, token, RenderError("render_disk_full"), at_clock())
    except LeaseLostError:
        return  # whoever took the lost lease over finishes


def _browser() -> Browser:
    return Browser(
        executable=settings.RENDERING_BROWSER,
        sandbox=settings.RENDERING_SANDBOX,
        seconds=min(settings.RENDERING_SECONDS, _LONGEST),
        memory=settings.RENDERING_MEGABYTES * MEGABYTE,
    )


def _move(
    rendering_id: UUID,
    origin: RenderState,
    to: RenderState,
    *conditions: Q,
    **values: object,
) -> bool:
    """Change a row's state by compare-and-set; tell whether exactly this change was made."""
    if to not in RENDER_TRANSITIONS[origin]:
        raise ValueError(f"a rendering cannot go from {origin} to {to}")
    if to != RenderState.RUNNING:
        values |= {"lease_until": None, "lease_token": None}
    rows = Rendering.objects.filter(*conditions, pk=rendering_id, state=origin)
    return rows.update(state=to, **values) == 1


@transaction.atomic
def _claim(rendering_id: UUID, *, token: UUID, at: datetime) -> bool:
    lease = {"lease_token": token, "lease_until": at + LEASE, "attempts": F("attempts") + 1}
    queued, running, failed = RenderState.QUEUED, RenderState.RUNNING, RenderState.FAILED
    abandoned, spent = Q(lease_until__lte=at), Q(attempts__gte=MAX_ATTEMPTS)
    claimed = _move(rendering_id, queued, running, Q(not_before__lte=at), **lease) or _move(
        rendering_id, running, running, abandoned, ~spent, **lease
    )
    row = Rendering(pk=rendering_id)
    if claimed:
        data = {"token": str(token)}
        record(action="rendering.started", target=row, by=None, at=at, data=data)
        return True
    error = RenderError("render_attempts_spent", limit=MAX_ATTEMPTS)
    words = {"error_code": error.code, "error_text": error.words, "finished_at": at}
    if _move(rendering_id, running, failed, abandoned, spent, **words):
        data = {"error": error.code}
        record(action="rendering.failed", target=row, by=None, at=at, data=data)
    return False


@transaction.atomic
def _finish(rendering_id: UUID, token: UUID, drawn: Rendered, at: datetime) -> None:
    picture, document = blobs.keep(drawn.picture, at=at), blobs.keep(drawn.document, at=at)
    report = {
        "requests": drawn.look.requests,
        "wire_bytes": drawn.look.wire_bytes,
        "refused": [
            {"target": refusal.target, "code": refusal.code} for refusal in drawn.look.refusals
        ],
    }
    moved = _move(
        rendering_id,
        RenderState.RUNNING,
        RenderState.DONE,
        Q(lease_token=token),
        picture=picture,
        document=document,
        browser=drawn.browser,
        report=report,
        error_code="",
        error_text="",
        finished_at=at,
    )
    if not moved:
        raise LeaseLostError
    data = {"picture": picture.digest, "document": document.digest}
    row = Rendering(pk=rendering_id)
    record(action="rendering.stored", target=row, by=None, at=at, data=data)


@transaction.atomic
def _give_up(rendering_id: UUID, token: UUID, error: RenderError, at: datetime) -> None:
    """Put the row back for later, or close it: by the error's family and the attempts left."""
    attempts = Rendering.objects.values_list("attempts", flat=True).get(pk=rendering_id)
    again = CODES[error.code].family == "retryable" and attempts < MAX_ATTEMPTS
    to = RenderState.QUEUED if again else RenderState.FAILED
    when = {"not_before": at + WAIT} if again else {"finished_at": at}
    words = {"error_code": error.code, "error_text": error.words}
    running = RenderState.RUNNING
    if _move(rendering_id, running, to, Q(lease_token=token), **words, **when):
        action = "rendering.delayed" if again else "rendering.failed"
        data = {"error": error.code}
        record(action=action, target=Rendering(pk=rendering_id), by=None, at=at, data=data)
