"""Asking services that the operator named: a time stamping authority, archives elsewhere.

The same client as for sources, with the same bounds; but the address is a setting, so it may lie
in a private network. No redirect is followed, so a key that is sent goes to that address alone.
"""

from dataclasses import dataclass, replace

from factcheck.errors import TEXTS
from sources.addressing import policy
from sources.errands import Clock
from sources.fetching import FetchResult, fetch
from sources.fetching.policy import MEGABYTE

_DEADLINE = 30.0
_OWN_WORDS = {
    "too_large": "service_answer_too_large",
    "decoded_too_large": "service_answer_too_large",
    "too_many_redirects": "service_moved",
    "page_blocked": "service_refused",
    "http_error": "service_refused",
    "page_not_found": "service_not_found",
    "page_gone": "service_not_found",
}


class ServiceError(Exception):
    """A service gave no usable answer. `code` and `words` go into the row that asked.

    `retry_after` is in seconds, where the service said so.
    """

    def __init__(
        self, code: str, words: str, *, retryable: bool = False, retry_after: int | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.retryable = retryable
        self.retry_after = retry_after

    @classmethod
    def of(cls, code: str, **details: object) -> "ServiceError":
        """Return the error with the words that the table has for it."""
        return cls(code, TEXTS[code].format(**details))


@dataclass(frozen=True, slots=True)
class Question:
    """What to send. `content` is posted; without it the question is a GET."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    most_bytes: int = MEGABYTE


def ask(question: Question, *, clock: Clock) -> bytes:
    """Send the question and return the body of the answer. Raises ServiceError."""
    bounds = replace(
        policy(),
        any_address=True,
        redirects=0,
        deadline=_DEADLINE,
        wire_bytes=question.most_bytes,
        decoded_bytes=question.most_bytes,
        headers=(*question.headers, ("Accept-Encoding", "gzip")),
        content=question.content,
    )
    with fetch(question.url, policy=bounds, clock=clock) as result:
        if result.state != "stored":
            raise _error(result)
        if result.truncated:
            words = TEXTS["service_answer_cut"]
            raise ServiceError("service_answer_cut", words, retryable=True)
        return result.body.read()


def _error(result: FetchResult) -> ServiceError:
    code = _OWN_WORDS.get(result.error_code)
    if code is None:
        return ServiceError(
            result.error_code,
            result.error_text,
            retryable=result.retryable,
            retry_after=result.retry_after,
        )
    return ServiceError.of(code, status=result.status)
