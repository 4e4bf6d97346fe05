"""The fetch itself: from an address to its page, hop by hop."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.fetching.codes import FetchError
from sources.fetching.connecting import connect
from sources.fetching.deadline import Deadline
from sources.fetching.exchanging import REDIRECTS, Budget, exchange
from sources.fetching.media import SNIFF, read_content_type, sniff
from sources.fetching.policy import FetchPolicy
from sources.fetching.resolving import (
    Resolver,
    refuse_plainly_wrong,
    resolve,
    system_resolver,
)
from sources.fetching.results import Exchange, FetchResult, State
from sources.fetching.spool import Spool
from sources.fetching.urls import Target, join, parse

_BLOCKED = frozenset({401, 402, 403, 407, 451})
_SUCCESS = range(200, 300)
_SERVER_ERRORS = range(500, 600)
_PARTIAL = 206


def utc_now() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


def fetch(
    url: str,
    *,
    policy: FetchPolicy,
    resolver: Resolver = system_resolver,
    clock: Callable[[], datetime] = utc_now,
) -> FetchResult:
    """Fetch `url` within the bounds of `policy` and say how it ended.

    Never raises for anything an address or a server can do: each such end is a result with a code.
    """
    walk = _Walk(url, policy, resolver, clock)
    try:
        walk.go()
        _judge(walk.last, policy)
    except FetchError as error:
        return walk.result(error)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        return walk.result(FetchError("disk_full"))
    return walk.result(None)


def precheck(url: str, *, policy: FetchPolicy) -> Target:
    """Read `url` and refuse at once what would never be fetched; asks no name server.

    Raises FetchError of the family refused.
    """
    target = parse(url, limit=policy.url_characters)
    refuse_plainly_wrong(target, policy=policy)
    return target


class _Walk:
    def __init__(
        self,
        url: str,
        policy: FetchPolicy,
        resolver: Resolver,
        clock: Callable[[], datetime],
    ) -> None:
        self.url = url
        self.policy = policy
        self.resolver = resolver
        self.clock = clock
        self.budget = Budget(policy)
        self.body = Spool(memory=policy.memory_bytes)
        self.target: Target | None = None

    @property
    def last(self) -> Exchange:
        return self.budget.exchanges[-1]

    def go(self) -> None:
        """Follow the redirects to the final answer. Raises FetchError."""
        deadline = Deadline(self.policy.deadline)
        limit, private = self.policy.url_characters, self.policy.any_address
        target = parse(self.url, limit=limit, private=private)
        seen: set[str] = set()
        while True:
            self.target = target
            seen.add(target.url)
            answer = self._ask(target, deadline)
            if answer.status not in REDIRECTS:
                return
            target = join(target, _location(answer, target), limit=limit)
            if target.url in seen:
                raise FetchError("redirect_loop", url=target.url)
            if len(self.budget.exchanges) > self.policy.redirects:
                raise FetchError("too_many_redirects", limit=self.policy.redirects)

    def _ask(self, target: Target, deadline: Deadline) -> Exchange:
        refuse_plainly_wrong(target, policy=self.policy)
        addresses = resolve(target, policy=self.policy, deadline=deadline, resolver=self.resolver)
        connection = connect(target, addresses, policy=self.policy, deadline=deadline)
        with connection.stream:
            return exchange(
                target,
                connection,
                budget=self.budget,
                deadline=deadline,
                body=self.body,
                clock=self.clock,
            )

    def result(self, error: FetchError | None) -> FetchResult:
        """Put together what is known, whether the fetch came to its end or not."""
        last = self.budget.exchanges[-1] if self.budget.exchanges else None
        digest = "" if error else self.body.sha256()
        if last and not (last.values("content-encoding") or last.values("transfer-encoding")):
            last.payload_sha256 = digest
        declared, charset = read_content_type(last.values("content-type") if last else [])
        return FetchResult(
            url=self.url,
            state=_state(error),
            error_code=error.code if error else "",
            error_text=error.words if error else "",
            retryable=error is not None and error.family == "retryable",
            status=last.status if last else None,
            final_url=self.target.url if self.target else "",
            peer_address=last.peer_address if last else "",
            wire_bytes=self.budget.wire,
            body=self.body,
            digest=digest,
            media_type=sniff(declared, self.body.head(SNIFF)) if last else "",
            charset=charset,
            truncated=bool(last and (last.truncated or last.status == _PARTIAL)),
            retry_after=_retry_after(last, self.clock()) if last else None,
            exchanges=tuple(self.budget.exchanges),
        )


def _state(error: FetchError | None) -> State:
    if error is None:
        return "stored"
    return "refused" if error.family == "refused" else "failed"


def _location(answer: Exchange, target: Target) -> str:
    """Return the one `Location` of a redirect. Header bytes may be UTF-8 (RFC 9110, 5.5)."""
    values = set(answer.values("location"))
    if not values:
        raise FetchError("redirect_without_target", host=target.host)
    if len(values) > 1:
        raise FetchError("redirect_ambiguous", host=target.host)
    raw = values.pop().encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _judge(answer: Exchange, policy: FetchPolicy) -> None:
    """Raise FetchError for an answer that is not the page."""
    status = answer.status or 0
    if status in _SUCCESS:
        return
    if status == 304 and policy.condition and policy.condition.url == answer.url:  # noqa: PLR2004
        raise FetchError("not_modified")
    host = parse(answer.url, private=True).host
    if status == 404:  # noqa: PLR2004 (statuses are read best as numbers)
        raise FetchError("page_not_found")
    if status == 410:  # noqa: PLR2004
        raise FetchError("page_gone")
    if status == 429:  # noqa: PLR2004
        raise FetchError("rate_limited", host=host)
    if status in _BLOCKED:
        raise FetchError("page_blocked", host=host, status=status)
    if status in _SERVER_ERRORS:
        raise FetchError("server_error", host=host, status=status)
    raise FetchError("http_error", host=host, status=status)


def _retry_after(answer: Exchange, now: datetime) -> int | None:
    """Return the seconds that `Retry-After` asks for, or None."""
    for value in answer.values("retry-after"):
        text = value.strip()
        if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 (some centuries)
            return int(text)
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            continue
        if moment.tzinfo is not None:
            return max(0, int((moment - now).total_seconds()))
    return None
