import hashlib
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

import tests.servers
from sources.fetching import FetchPolicy, FetchResult, fetch
from tests.servers.local_site import LocalSite, Page, Talk

# Made for these tests alone, by an authority whose key was thrown away.
CERTIFICATES = Path(tests.servers.__file__).parent / "certificates"
AUTHORITY = str(CERTIFICATES / "authority.pem")


def site_with(certificate: str) -> LocalSite:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    return LocalSite({"/": Page(b"<p>over TLS</p>")}, context=context)


@pytest.fixture
def secure() -> Iterator[LocalSite]:
    with site_with("loopback") as running:
        yield running


def ask(
    site: LocalSite, url: str = "", *, authority: str = AUTHORITY, deadline: float = 5.0
) -> FetchResult:
    ports = frozenset({site.port})
    policy = FetchPolicy(loopback_ports=ports, certificates=authority, deadline=deadline)
    result = fetch(url or site.url(), policy=policy)
    result.close()
    return result


def test_a_server_that_proves_its_name_is_fetched_from(secure: LocalSite) -> None:
    certificate = ssl.PEM_cert_to_DER_cert(
        "-----BEGIN CERT"
        + (CERTIFICATES / "loopback.pem").read_text().partition("-----BEGIN CERT")[2]
    )
    for host in ("127.0.0.1", "localhost"):
        result = ask(secure, f"https://{host}:{secure.port}/")
        (exchange,) = result.exchanges
        assert (result.state, result.status, result.error_code) == ("stored", 200, "")
        assert exchange.certificate_sha256 == hashlib.sha256(certificate).hexdigest()
        assert exchange.tls_version == "TLSv1.3"


@pytest.mark.parametrize(
    ("certificate", "words"),
    [("elsewhere", "mismatch"), ("expired", "expired")],
)
def test_a_certificate_that_proves_nothing_is_a_failure(certificate: str, words: str) -> None:
    with site_with(certificate) as site:
        result = ask(site)
        assert (result.state, result.error_code) == ("failed", "tls_certificate")
        assert words in result.error_text
        assert (result.retryable, site.requests) == (False, [])


def test_an_authority_that_is_not_trusted_is_a_failure(secure: LocalSite) -> None:
    result = ask(secure, authority="")
    assert (result.state, result.error_code) == ("failed", "tls_certificate")
    assert secure.requests == []


def test_version_1_2_of_the_protocol_will_do() -> None:
    with site_with("loopback") as site:
        assert site.context is not None
        site.context.maximum_version = ssl.TLSVersion.TLSv1_2
        assert ask(site).exchanges[0].tls_version == "TLSv1.2"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_an_older_version_of_the_protocol_is_refused() -> None:
    with site_with("loopback") as site:
        assert site.context is not None
        site.context.set_ciphers("DEFAULT:@SECLEVEL=0")
        site.context.minimum_version = ssl.TLSVersion.TLSv1_1
        site.context.maximum_version = ssl.TLSVersion.TLSv1_1
        result = ask(site)
        assert (result.state, result.error_code) == ("failed", "tls_failed")
        assert (result.retryable, site.requests) == (False, [])


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x16\x03\x03\xff\xff" + b"\x00" * 70000,
        b"SSH-2.0-x\r\n",
    ],
)
def test_what_is_no_handshake_is_a_failure(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            stream, _ = server.accept()
            with stream, suppress(OSError):
                stream.sendall(answer)
                stream.recv(1024)

        thread = Thread(target=serve)
        thread.start()
        port = server.getsockname()[1]
        policy = FetchPolicy(loopback_ports=frozenset({port}), deadline=5)
        with fetch(f"https://127.0.0.1:{port}/", policy=policy) as result:
            assert result.state == "failed"
            assert result.error_code in {"tls_failed", "connection_closed"}
        thread.join(5)


def test_a_body_that_ends_without_the_protocols_own_end_is_marked(secure: LocalSite) -> None:
    """Without close_notify anybody on the way may have cut the page short."""

    def cut(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\n\r\nhalf a page")
        talk.stream.shutdown(socket.SHUT_RDWR)

    secure.pages["/"] = cut
    ports = frozenset({secure.port})
    policy = FetchPolicy(loopback_ports=ports, certificates=AUTHORITY, deadline=5.0)
    with fetch(secure.url(), policy=policy) as result:
        assert (result.state, result.truncated, result.body.read()) == (
            "stored",
            True,
            b"half a page",
        )


def test_a_handshake_that_is_never_answered_ends_at_the_deadline() -> None:
    with LocalSite({"/": Page()}) as site:
        result = ask(site, f"https://127.0.0.1:{site.port}/", deadline=0.3)
        assert (result.state, result.error_code) == ("failed", "timed_out")


def test_a_redirect_between_schemes_is_kept_as_it_was(secure: LocalSite) -> None:
    with LocalSite({"/": Page()}) as plain:
        secure.pages["/"] = Page(b"", status="302 Found", headers=(("Location", plain.url()),))
        ports = frozenset({plain.port, secure.port})
        policy = FetchPolicy(loopback_ports=ports, certificates=AUTHORITY)
        with fetch(secure.url(), policy=policy) as result:
            versions = [exchange.tls_version for exchange in result.exchanges]
            assert (result.state, versions) == ("stored", ["TLSv1.3", ""])
