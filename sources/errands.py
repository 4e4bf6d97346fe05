"""The work of a capture that needs no database: robots.txt, the fetch, the blobs, the text.

An errand runs in a thread beside others; whoever sent it holds the row, and settles the outcome.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sources import sealing
from sources.archiving import absence, reading
from sources.archiving.blobs import Store, Stored, StoreUnavailableError
from sources.fetching import Condition, FetchError, FetchPolicy, FetchResult, fetch, parse
from sources.fetching.policy import MEGABYTE
from sources.fetching.robots import of_answer
from sources.outcomes import Failure, report

PRODUCT = "Factcheck"
_ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
_ROBOTS_UNKNOWN = timedelta(minutes=10)
_ROBOTS_DEADLINE = 10.0
# No room on the disk, in the quota, or in what the process may write.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a host answered for /robots.txt; `status` is None when that is not known."""

    status: int | None
    text: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a page: where it answered, its digest and title, and its validators."""

    url: str
    digest: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def condition(self) -> Condition | None:
        """What to ask with, so that an unchanged page need not be sent."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        headers = tuple(pair for pair in pairs if pair[1])
        return Condition(self.url, headers) if headers else None


@dataclass(frozen=True, slots=True)
class Errand:
    """What to fetch and how. `robots` is what is known; None asks, unless `asks_robots` is off.

    `known` makes it a check: what is still the same is not kept a second time.
    """

    url: str
    origin: str
    policy: FetchPolicy
    store: Store
    asks_robots: bool
    obeys_robots: bool
    robots: RobotsFile | None
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """A page that is still the one that is kept; `by_answer` when its server said so (304)."""

    by_answer: bool
    report: dict[str, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was fetched and stored, with the text that was read from it."""

    result: FetchResult
    capture_id: UUID
    body: Stored
    warc: Stored
    text: reading.Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an errand ended: one of `kept`, `same` and `failure`.

    `robots` is a file that was asked for just now; `overridden` the code of a rule of robots.txt
    that was passed over because a person asked.
    """

    kept: Kept | None = None
    failure: Failure | None = None
    robots: RobotsFile | None = None
    overridden: str = ""
    same: Same | None = None

    def close(self) -> None:
        """Give temporary files back."""
        if self.kept:
            self.kept.result.close()


def go(errand: Errand, *, clock: Clock) -> Outcome:
    """Run the errand. Raises OSError when the store fails for another reason than lack of room."""
    robots, problem = errand.robots, ""
    if errand.asks_robots:
        robots = robots or _ask_robots(errand, clock)
        problem = _objection(errand.url, robots)
    asked = robots if robots is not errand.robots else None
    if problem and errand.obeys_robots:
        refusal = FetchError(problem, host=parse(errand.url).host)
        return Outcome(failure=Failure.of(refusal, errand.url), robots=asked)
    condition = errand.known.condition if errand.known else None
    result = fetch(errand.url, policy=replace(errand.policy, condition=condition), clock=clock)
    try:
        same = _same(errand, result)
        kept, failure = (None, None) if same else _keep(errand, result, clock)
    except BaseException:
        result.close()
        raise
    if kept is None:
        result.close()
    return Outcome(kept, failure, asked, problem, same)


def _same(errand: Errand, result: FetchResult) -> Same | None:
    if errand.known is None:
        return None
    by_answer = result.error_code == "not_modified"
    same = result.state == "stored" and result.digest == errand.known.digest
    return Same(by_answer, report(result)) if by_answer or same else None


def _gone(errand: Errand, result: FetchResult, text: reading.Reading) -> FetchError | None:
    """Return why a page that answers is not there any more, where it was once."""
    known = errand.known
    if known is None:
        return None
    moved = result.final_url not in {known.url, errand.url}
    if moved and absence.leads_home(url=errand.url, final_url=result.final_url):
        return FetchError("page_says_gone", reason="it leads to the home page")
    words = absence.says_gone(title=text.title, text=text.text)
    if not words or absence.says_gone(title=known.title, text=""):
        return None
    return FetchError("page_says_gone", reason=f"it says “{words}”")


def _keep(errand: Errand, result: FetchResult, clock: Clock) -> tuple[Kept | None, Failure | None]:
    seen = report(result)
    if result.state != "stored":
        return None, Failure(result.error_code, result.error_text, seen, result.retry_after)
    capture_id = uuid4()
    try:  # reading writes too: its copy of the document for the child that reads it
        body_of = result.body.chunks
        text = reading.read(body_of(), media_type=result.media_type, charset=result.charset)
        if (gone := _gone(errand, result, text)) is not None:
            return None, Failure.of(gone, result.url, seen)
        body = errand.store.put(body_of())
        warc = errand.store.put(sealing.warc_records(result, capture_id, clock()))
    except StoreUnavailableError as error:
        reason = error.strerror or "unknown"
        return None, Failure.of(FetchError("store_unavailable", reason=reason), result.url, seen)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        return None, Failure.of(FetchError("disk_full"), result.url, seen)
    return Kept(result, capture_id, body, warc, text), None


def _objection(url: str, robots: RobotsFile) -> str:
    """Return the code of what robots.txt has against `url`; empty when nothing."""
    rules = of_answer(robots.status, robots.text.encode(), product=PRODUCT)
    if rules is None:
        return "robots_unavailable"
    return "" if rules.allows(parse(url).resource) else "robots_disallowed"


def _ask_robots(errand: Errand, clock: Clock) -> RobotsFile:
    bounds = replace(
        errand.policy, deadline=_ROBOTS_DEADLINE, wire_bytes=MEGABYTE, decoded_bytes=MEGABYTE
    )
    with fetch(f"{errand.origin}/robots.txt", policy=bounds, clock=clock) as result:
        if result.state == "stored":
            text = result.body.read().decode("utf-8", "replace").replace("\x00", "")
            return RobotsFile(result.status, text, clock() + _ROBOTS_KEPT)
        if result.retryable:
            return RobotsFile(None, "", clock() + _ROBOTS_UNKNOWN)
        # Over its cap or broken in another way is as good as not there.
        return RobotsFile(404, "", clock() + _ROBOTS_KEPT)
