"""Copies elsewhere: looked for in TimeMaps, and asked for at Save Page Now.

Optional and never in the way: nothing waits for a replica, and our own capture is the archive. Each
service gets one question at a time with a rest between two, whoever asks.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import queueing, visiting
from sources.archiving import elsewhere
from sources.archiving.elsewhere import Memento, Saving, UnreadableError
from sources.asking import Question, ServiceError, ask
from sources.errands import Clock
from sources.models import Capture, Replica, Source
from sources.queueing import LEASE, LONGEST_WAIT, WorkLeaseLostError
from sources.states import OPEN_WORK, ReplicaKind

POLL = timedelta(seconds=30)
PATIENCE = timedelta(minutes=30)  # with a service that works on a request
_RECENT = 200  # newest captures that are looked through for those to replicate by themselves
_JSON_BYTES = 256 * 1024
_SHOWN = 20


class ReplicasOffError(Refused):
    """No service for this is configured."""

    code = "replicas_off"


class NoPageError(Refused):
    """The source is no page on the web."""

    code = "replica_no_page"


def kinds() -> list[ReplicaKind]:
    """Return what this desk can ask of others, by its settings."""
    known = (
        (ReplicaKind.LOOKUP, settings.TIMEMAP_URL),
        (ReplicaKind.SUBMISSION, settings.SAVE_PAGE_URL),
    )
    return [kind for kind, address in known if address]


@transaction.atomic
def request(
    *, source: Source, kind: str, by: User | None, at: datetime, capture: Capture | None = None
) -> Replica:
    """Ask for a look-up or a copy; while the same is under way, that row is returned.

    Raises ReplicasOffError and NoPageError.
    """
    if kind not in kinds():
        raise ReplicasOffError
    if not source.url.startswith(("http://", "https://")):
        raise NoPageError
    capture = capture or source.captures.order_by("-captured_at").first()
    service = urlsplit(_endpoint(kind)).hostname or ""
    given = {"capture": capture, "service": service, "requested_by": by}
    row, is_new = Replica.objects.get_or_create(
        source=source,
        kind=kind,
        state__in=OPEN_WORK,
        defaults={**given, "requested_at": at, "not_before": at},
    )
    if is_new:
        data = {"kind": kind, "service": service, "url": source.url}
        record(action="replica.requested", target=row, by=by, at=at, data=data)
    return row


def plan(*, at: datetime) -> list[Replica]:
    """Ask for what every new capture gets by itself, where the desk's settings say so.

    A capture whose source has the same under way is asked for once that is over.
    """
    if not settings.REPLICATE_ALL:
        return []
    newest = Capture.objects.order_by("-number").values("pk")[:_RECENT]
    pages = Capture.objects.filter(pk__in=newest, source__url__startswith="http")
    made = []
    for kind in kinds():
        of_source = Replica.objects.filter(source=OuterRef("source"), kind=kind)
        asked = of_source.filter(capture__number__gte=OuterRef("number"))
        waiting = of_source.filter(state__in=OPEN_WORK)
        rows = pages.filter(~Exists(asked), ~Exists(waiting)).select_related("source")
        # Of several captures of one source the newest is enough.
        for item in rows.order_by("source", "-number").distinct("source"):
            row = request(source=item.source, kind=kind, by=None, at=at, capture=item)
            made.append(row)
    return made


def newest(source: Source) -> list[Replica]:
    """Return the source's newest rows, for its page."""
    rows = source.replicas.select_related("requested_by").order_by("-requested_at")
    return list(rows[:_SHOWN])


def due(*, at: datetime) -> list[UUID]:
    """Return the rows that a worker could claim at `at`; none while no service is configured."""
    return queueing.due(Replica, Q(kind__in=kinds()), at=at) if kinds() else []


@transaction.atomic
def retry(*, replica: Replica, by: User, at: datetime) -> Replica:
    """Have a row that failed tried again.

    Raises ReplicasOffError, WorkNotFailedError and WorkWaitingError.
    """
    if replica.kind not in kinds():
        raise ReplicasOffError
    queueing.retry(replica, by=by, at=at)
    return Replica.objects.get(pk=replica.pk)


def run(*, replica_id: UUID, clock: Clock) -> Replica:
    """Claim the row and put its question; a no-op when there is nothing to claim.

    While the service rests or answers somebody else, the row waits. Raises Replica.DoesNotExist.
    """
    row = Replica.objects.get(pk=replica_id)
    if row.kind in kinds() and queueing.due(Replica, Q(pk=replica_id), at=clock()):
        _take_turn(row, clock)
    return Replica.objects.select_related("source", "capture").get(pk=replica_id)


def _take_turn(row: Replica, clock: Clock) -> None:
    url = _endpoint(row.kind)
    turn = visiting.enter(url=url, visitor=uuid4(), at=clock(), within=LEASE)
    if turn is None:
        queueing.postpone(row, until=visiting.free_at(url, at=clock()))
        return
    pause = timedelta(seconds=settings.REPLICA_GAP_SECONDS)
    try:
        held = queueing.claim(Replica, row.pk, at=clock())
        if held is not None:
            pause = max(pause, _work(held, clock))
    finally:
        visiting.leave(turn, at=clock())
        visiting.rest(turn, until=clock() + pause)


def _work(row: Replica, clock: Clock) -> timedelta:
    """Put the row's question and write down the answer; return the rest that the service wants."""
    try:
        with suppress(WorkLeaseLostError):
            if row.kind == ReplicaKind.LOOKUP:
                _look_up(row, clock)
            else:
                _submit(row, clock)
    except ServiceError as error:
        # A job that came to nothing is over: whoever tries again makes a new one.
        over = {} if error.retryable else {"job": "", "job_at": None}
        with suppress(WorkLeaseLostError):
            queueing.give_up(row, error, at=clock(), **over)
        return min(timedelta(seconds=error.retry_after or 0), LONGEST_WAIT)
    return timedelta(0)


def _look_up(row: Replica, clock: Clock) -> None:
    question = Question(
        f"{settings.TIMEMAP_URL}{row.source.url}",
        (("Accept", "application/link-format"),),
        most_bytes=elsewhere.MOST_BYTES,
    )
    try:
        found = elsewhere.read_timemap(ask(question, clock=clock))
    except UnreadableError as error:
        raise ServiceError.of("service_answer_unreadable") from error
    except ServiceError as error:
        if error.code != "service_not_found":
            raise
        found = []  # RFC 7089: there is no TimeMap of what nobody has kept
    wanted = row.capture.captured_at if row.capture else row.requested_at
    best = elsewhere.nearest(found, wanted)
    _keep(row, clock, best, copies=len(found))


def _submit(row: Replica, clock: Clock) -> None:
    said = _status(row, clock) if row.job else _save(row, clock)
    if said.refusal:
        raise ServiceError.of("replica_refused", reason=said.refusal)
    if said.memento is not None:
        _keep(row, clock, said.memento, copies=None)
        return
    since = row.job_at or clock()
    if clock() - since > PATIENCE:
        minutes = int(PATIENCE.total_seconds()) // 60
        raise ServiceError.of("replica_timed_out", minutes=minutes)
    queueing.put_back(row, until=clock() + POLL, job=said.job or row.job, job_at=since)


def _save(row: Replica, clock: Clock) -> Saving:
    content = urlencode({"url": row.source.url, "skip_first_archive": "1"}).encode()
    form = (("Content-Type", "application/x-www-form-urlencoded"),)
    return _said(
        Question(settings.SAVE_PAGE_URL, (*_headers(), *form), content, _JSON_BYTES), clock
    )


def _status(row: Replica, clock: Clock) -> Saving:
    url = f"{settings.SAVE_PAGE_URL}/status/{row.job}"
    return _said(Question(url, _headers(), most_bytes=_JSON_BYTES), clock)


def _said(question: Question, clock: Clock) -> Saving:
    parts = urlsplit(settings.SAVE_PAGE_URL)
    try:
        answer = ask(question, clock=clock)
        return elsewhere.read_saving(answer, base=f"{parts.scheme}://{parts.netloc}/web")
    except UnreadableError as error:
        raise ServiceError.of("service_answer_unreadable") from error


def _headers() -> tuple[tuple[str, str], ...]:
    accept = ("Accept", "application/json")
    if not settings.SAVE_PAGE_KEY:
        return (accept,)
    return (accept, ("Authorization", f"LOW {settings.SAVE_PAGE_KEY}"))


def _keep(row: Replica, clock: Clock, found: Memento | None, *, copies: int | None) -> None:
    address, at = (found.url, found.at) if found else ("", None)
    queueing.finish(
        row,
        at=clock(),
        data={"address": address},
        address=address,
        archived_at=at,
        copies=copies,
        job="",
        job_at=None,
    )


def _endpoint(kind: str) -> str:
    return str(settings.TIMEMAP_URL if kind == ReplicaKind.LOOKUP else settings.SAVE_PAGE_URL)
