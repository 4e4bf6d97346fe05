"""Servers that stop or drip at any point: one deadline ends them all."""

from collections.abc import Callable

import pytest

from tests.servers.local_site import LocalSite, Talk

from .conftest import Go

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def stall_at_once(talk: Talk) -> None:
    talk.wait()


def stall_in_the_headers(talk: Talk) -> None:
    talk.send(OK + b"Content-Ty")
    talk.wait()


def stall_in_the_body(talk: Talk) -> None:
    talk.send(OK + b"Content-Length: 100\r\n\r\nhalf")
    talk.wait()


def stall_in_a_chunk(talk: Talk) -> None:
    talk.send(CHUNKED + b"64\r\nhalf")
    talk.wait()


def drip(talk: Talk) -> None:
    talk.send(CHUNKED)
    while not talk.over.wait(0.01):
        talk.send(b"1\r\nx\r\n")


def drip_headers(talk: Talk) -> None:
    talk.send(OK)
    while not talk.over.wait(0.01):
        talk.send(b"X: y\r\n")


def drip_interim(talk: Talk) -> None:
    while not talk.over.wait(0.1):
        talk.send(b"HTTP/1.1 102 Processing\r\n\r\n")


def stall_in_a_redirect(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 9\r\n\r\n")
    talk.wait()


@pytest.mark.parametrize(
    "behaviour",
    [
        stall_at_once,
        stall_in_the_headers,
        stall_in_the_body,
        stall_in_a_chunk,
        drip,
        drip_headers,
        drip_interim,
        stall_in_a_redirect,
    ],
)
def test_one_deadline_ends_every_stall(
    site: LocalSite, go: Go, behaviour: Callable[[Talk], None]
) -> None:
    site.pages["/"] = behaviour
    result = go(deadline=0.25)
    assert (result.state, result.error_code, result.retryable) == ("failed", "timed_out", True)
