"""A real Chromium at pages that try to get out: local servers say whether anything reached them."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Event, Thread

import pytest

from sources.browsing import Browser, Rendered, RenderError, render
from sources.fetching import FetchPolicy
from tests.servers.local_site import LocalSite, Page, Talk

from .conftest import executable

pytestmark = pytest.mark.browser

# Every way that a page has to reach something; {0} is a port that only this machine knows.
HOSTILE = """<!doctype html><title>Hostile</title>
<link rel=preconnect href="http://127.0.0.1:{0}/preconnect">
<link rel=dns-prefetch href="//localhost:{0}">
<link rel=prefetch href="http://localhost:{0}/prefetch">
<link rel=stylesheet href="http://127.0.0.1:{0}/style.css">
<img src="http://127.0.0.1:{0}/image"><img src="http://localhost:{0}/image2">
<img src="http://[::1]:{0}/image3"><img src="http://0.0.0.0:{0}/image4">
<img src="http://127.1:{0}/image5"><img src="http://2130706433:{0}/image6">
<img src="http://10.0.0.1/image"><img src="http://169.254.169.254/latest/meta-data/">
<img src="/to-loopback"><iframe src="http://127.0.0.1:{0}/frame"></iframe>
<object data="http://127.0.0.1:{0}/object"></object>
<video src="http://127.0.0.1:{0}/video" autoplay></video>
<script src="http://127.0.0.1:{0}/script.js"></script>
<p id=said>nothing</p>
<script>
const port = {0}, tries = [];
const no = () => 0;
for (const host of ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"]) {{
  tries.push(fetch(`http://${{host}}:${{port}}/fetch`, {{mode: "no-cors"}}).catch(no));
  try {{ new WebSocket(`ws://${{host}}:${{port}}/socket`) }} catch {{}}
  try {{ new EventSource(`http://${{host}}:${{port}}/events`) }} catch {{}}
  try {{ new WebTransport(`https://${{host}}:${{port}}/transport`) }} catch {{}}
  navigator.sendBeacon(`http://${{host}}:${{port}}/beacon`, "x");
}}
try {{ new Worker(`http://127.0.0.1:${{port}}/worker.js`) }} catch {{}}
window.open(`http://127.0.0.1:${{port}}/window`);
try {{
  const peer = new RTCPeerConnection({{iceServers: [
    {{urls: `stun:127.0.0.1:${{port}}`}},
    {{urls: `turn:127.0.0.1:${{port}}?transport=tcp`, username: "u", credential: "p"}},
  ]}});
  peer.createDataChannel("x");
  peer.onicecandidate = event => {{ if (event.candidate) candidates.push(event.candidate) }};
  var candidates = [];
  peer.createOffer().then(offer => peer.setLocalDescription(offer)).catch(no);
}} catch {{ var candidates = [] }}
Promise.all(tries).then(() => setTimeout(() => {{
  document.getElementById("said").textContent = "tried; candidates: " + candidates.length;
}}, 1500));
</script>"""


class Witness:
    """Listens for TCP and UDP on one loopback port, and remembers whether anybody came."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self._over = Event()
        self._tcp = socket.create_server(("0.0.0.0", 0))
        self.port = int(self._tcp.getsockname()[1])
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("0.0.0.0", self.port))
        self._threads = [
            Thread(target=self._listen, daemon=True),
            Thread(target=self._hear, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                stream, _ = self._tcp.accept()
                with stream:
                    stream.settimeout(1)
                    with suppress(OSError):
                        self.came.append("tcp " + repr(stream.recv(100)))

    def _hear(self) -> None:
        self._udp.settimeout(0.1)
        while not self._over.is_set():
            with suppress(TimeoutError):
                self.came.append("udp " + repr(self._udp.recv(100)))

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._tcp.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._tcp.close()
        self._udp.close()


@pytest.fixture
def witness() -> Iterator[Witness]:
    running = Witness()
    yield running
    running.close()


@pytest.fixture
def outside() -> Iterator[LocalSite]:
    """The one site that the page may be fetched from."""
    with LocalSite() as running:
        yield running


def draw(site: LocalSite, path: str = "/", **changes: object) -> Rendered:
    policy = FetchPolicy(loopback_ports=frozenset({site.port}))
    browser = replace(Browser(executable=executable(), sandbox=False), **changes)  # type: ignore[arg-type]
    return render(site.url(path), policy=policy, browser=browser)


def test_a_page_is_drawn_with_what_its_scripts_did(outside: LocalSite) -> None:
    outside.pages["/"] = Page(
        b"<!doctype html><title>T</title><p id=p>no</p><script src=/s.js></script>"
    )
    outside.pages["/s.js"] = Page(
        b"document.getElementById('p').textContent = 'from the script'", "text/javascript"
    )
    drawn = draw(outside)
    assert b"from the script" in drawn.document
    assert drawn.picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert drawn.browser
    assert drawn.look.refusals == ()
    assert {"/", "/s.js"} <= set(outside.paths())


def test_a_hostile_page_reaches_nobody(outside: LocalSite, witness: Witness) -> None:
    outside.pages["/"] = Page(HOSTILE.format(witness.port).encode())
    onward = (("Location", f"http://127.0.0.1:{witness.port}/redirected"),)
    outside.pages["/to-loopback"] = Page(b"", status="302 Found", headers=onward)
    drawn = draw(outside)
    assert b"tried; candidates: 0" in drawn.document
    assert witness.came == []
    asked = {refusal.target for refusal in drawn.look.refusals}
    assert any("10.0.0.1" in target for target in asked)
    assert any("169.254.169.254" in target for target in asked)
    assert any(f":{witness.port}" in target for target in asked)
    assert {refusal.code for refusal in drawn.look.refusals} <= {
        "address_refused",
        "url_numeric_host",
    }


@pytest.mark.parametrize("path", ["/redirect", "/refresh", "/script"])
def test_a_page_that_leads_inside_is_not_drawn_from_there(
    outside: LocalSite, witness: Witness, path: str
) -> None:
    inside = f"http://127.0.0.1:{witness.port}/inside"
    location = (("Location", inside),)
    outside.pages["/redirect"] = Page(b"", status="302 Found", headers=location)
    outside.pages["/refresh"] = Page(f'<meta http-equiv=refresh content="0;url={inside}">'.encode())
    outside.pages["/script"] = Page(f"<script>location = '{inside}'</script>".encode())
    with suppress(RenderError):
        draw(outside, path)
    assert witness.came == []


def test_a_redirect_inside_is_told_as_refused(outside: LocalSite) -> None:
    onward = (("Location", "http://10.0.0.1/"),)
    outside.pages["/"] = Page(b"", status="302 Found", headers=onward)
    with pytest.raises(RenderError) as caught:
        draw(outside)
    assert (caught.value.code, caught.value.family) == ("render_refused", "refused")
    assert "10.0.0.1 is not a public internet address" in caught.value.words


def test_a_page_that_never_ends_is_given_up(outside: LocalSite) -> None:
    outside.pages["/"] = lambda talk: talk.wait()
    with pytest.raises(RenderError) as caught:
        draw(outside, seconds=6.0)
    assert caught.value.family == "retryable"


def test_a_page_that_takes_all_memory_is_ended(outside: LocalSite) -> None:
    outside.pages["/"] = Page(
        b"<script>const a = []; for (;;) a.push(new Uint8Array(1 << 24).fill(7))</script>"
    )
    with pytest.raises(RenderError) as caught:
        draw(outside, memory=400 * 1024 * 1024)
    assert caught.value.code in {"render_memory", "render_crashed", "render_no_page"}


def test_a_page_that_pours_is_cut_off(outside: LocalSite) -> None:
    def pour(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>start")
        sent.append(talk.send_until_refused(b"<p>more" * 10000, 2 * 1024**3))

    sent: list[int] = []
    outside.pages["/"] = pour
    with suppress(RenderError):
        draw(outside, caps=replace(Browser().caps, wire_bytes=4 * 1024 * 1024))
    outside.stop()
    assert sent
    assert sent[0] < 64 * 1024 * 1024
