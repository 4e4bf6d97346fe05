"""Services that the operator names: reached wherever they lie, and nothing else with them."""

from collections.abc import Iterator

import pytest

from sources.asking import Question, ServiceError, ask
from sources.fetching import FetchPolicy, fetch
from sources.fetching.urls import parse
from tests.servers.local_site import LocalSite, Page, Talk
from tests.servers.time_stamping import content
from tests.sources.clocks import Clock


@pytest.fixture
def service() -> Iterator[LocalSite]:
    """A service on loopback that sources may not lie at."""
    with LocalSite() as running:
        yield running


def test_a_question_is_posted_byte_for_byte(service: LocalSite, clock: Clock) -> None:
    posted: list[bytes] = []

    def take(talk: Talk) -> None:
        posted.append(content(talk))
        talk.send(Page(b"yes").wire())

    service.pages["/ask"] = take
    question = Question(service.url("/ask"), (("Content-Type", "a/b"),), b"\x00\xff" * 5000)
    assert ask(question, clock=clock) == b"yes"
    assert posted == [b"\x00\xff" * 5000]
    head = service.requests[0].partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"post /ask http/1.1\r\n")
    assert b"content-type: a/b" in head
    assert b"user-agent: factcheck/" in head


def test_an_empty_question_is_posted_too(service: LocalSite, clock: Clock) -> None:
    service.pages["/ask"] = Page(b"yes")
    assert ask(Question(service.url("/ask"), content=b""), clock=clock) == b"yes"
    assert b"\r\ncontent-length: 0\r\n" in service.requests[0].lower()


def test_a_redirect_is_not_followed(service: LocalSite, clock: Clock) -> None:
    away = Page(b"", status="307 There", headers=(("Location", "/other"),))
    service.pages |= {"/ask": away, "/other": Page(b"stolen")}
    question = Question(service.url("/ask"), (("Authorization", "LOW secret"),))
    with pytest.raises(ServiceError, match="service_moved") as caught:
        ask(question, clock=clock)
    assert caught.value.words == "The service sends us elsewhere (307), which is not followed."
    assert service.paths() == ["/ask"]


def test_the_same_address_is_refused_as_a_source(service: LocalSite) -> None:
    service.pages["/"] = Page()
    with fetch(service.url(), policy=FetchPolicy()) as result:
        assert (result.state, result.error_code) == ("refused", "address_refused")
    assert service.paths() == []


def test_a_name_of_a_private_network_is_read_for_a_service_alone() -> None:
    policy = FetchPolicy(any_address=True, redirects=0)
    inside = {"tsa.corp.internal": ["127.0.0.1"]}
    with LocalSite({"/": Page(b"yes")}) as running:
        url = f"http://tsa.corp.internal:{running.port}/"
        with fetch(url, policy=policy, resolver=lambda host, _: inside[host]) as result:
            assert (result.state, result.body.read()) == ("stored", b"yes")
        with fetch(url, policy=FetchPolicy()) as refused:
            assert refused.error_code == "host_reserved"
    assert parse(url, private=True).host == "tsa.corp.internal"
