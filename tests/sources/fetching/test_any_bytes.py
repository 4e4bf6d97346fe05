"""Whatever bytes a server sends, a fetch ends in a state with a code, and never in an exception."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.fetching import CODES, FetchPolicy, fetch
from tests.servers.local_site import LocalSite

_PARTS = [
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0 200\r\n",
    b"HTTP/1.1 302 Found\r\n",
    b"HTTP/1.1 103 Early Hints\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\n",
    b"Content-Length: 4\r\n",
    b"Content-Length: 99\r\n",
    b"Content-Length: 1_0\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: identity\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate, gzip\r\n",
    b"Content-Type: text/html; charset=\xff\r\n",
    b"Location: /\r\n",
    b"Location: //[::1\r\n",
    b"Location: http://\xc3\x28/\r\n",
    b"Retry-After: Fri, 99 Foo 0000 99:99:99 GMT\r\n",
    b"X: \x00\r\n",
    b" folded\r\n",
    b"\r\n",
    b"\n",
    b"4\r\nbody\r\n",
    b"ffffffffffffffff\r\n",
    b"0\r\n\r\n",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    b"body",
]
_answers = st.lists(st.sampled_from(_PARTS) | st.binary(max_size=40), max_size=12).map(b"".join)


@pytest.fixture(scope="module")
def echo() -> Iterator[LocalSite]:
    with LocalSite() as running:
        yield running


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(answer=_answers)
@example(answer=b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
@example(answer=b"HTTP/1.1 200 OK\r\nContent-Length: 4,4\r\n\r\nbody")
@example(answer=b"HTTP/1.1 302 Found\r\nLocation: http://\xff\r\n\r\n")
@example(answer=b"HTTP/1.1 503 X\r\nRetry-After: Mon, 01 Jan 0001 00:00:00 -2359\r\n\r\n")
def test_any_answer_ends_in_a_state(echo: LocalSite, answer: bytes) -> None:
    echo.pages["/"] = answer
    policy = FetchPolicy(loopback_ports=frozenset({echo.port}), deadline=2, redirects=2)
    with fetch(echo.url(), policy=policy) as result:
        assert result.state in {"stored", "failed", "refused"}
        assert (result.error_code in CODES) is (result.state != "stored")
        assert (result.state == "stored") is bool(result.digest)
        assert "{" not in result.error_text
        for exchange in result.exchanges:
            assert exchange.response.read() in answer
