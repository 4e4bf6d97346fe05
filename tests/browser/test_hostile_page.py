"""An archived page that means harm is shown, and gets nothing: no script, no cookie, no call."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Error, Frame

from factcheck.accounts.models import User
from sources import capturing
from tests.browser.conftest import Application, Visit
from tests.servers.local_site import Page as Answer

pytestmark = pytest.mark.browser

HOSTILE = Path(__file__).with_name("hostile.html").read_text(encoding="utf-8")


@dataclass
class Beacon:
    """A port that notes every connection, also one over which nothing is said."""

    calls: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._over = Event()
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                stream, _ = self._listener.accept()
            except OSError:
                return
            with stream, suppress(OSError):
                stream.settimeout(0.2)
                self.calls.append(b"")
                self.calls[-1] = stream.recv(4096)
                stream.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


@pytest.fixture
def beacon() -> Iterator[Beacon]:
    with Beacon() as running:
        yield running


def archive(application: Application, html: str, settings: Any) -> UUID:
    """Capture the hostile page as the product does."""
    settings.LOOPBACK_PORTS = frozenset({application.site.port})
    application.site.pages["/hostile"] = Answer(html.encode())
    url = application.site.url("/hostile")
    asked = capturing.request_capture(url=url, by=None, at=timezone.now())
    done = capturing.run(request_id=asked.pk, at_clock=timezone.now)
    assert done.capture is not None
    return done.capture.pk


def test_an_archived_hostile_page_gets_nothing(
    application: Application,
    people: tuple[User, User],
    visit: Visit,
    beacon: Beacon,
    settings: Any,
) -> None:
    capture = archive(application, HOSTILE.replace("BEACON", beacon.address), settings)
    visitor = visit(people[0])
    visitor.go(f"/sources/captures/{capture}/?view=page")
    page = visitor.page
    address = page.url
    frame = _frame(page.frames)
    frame.wait_for_selector("#words")
    assert frame.inner_text("#words") == "The words of the page."
    assert frame.evaluate("getComputedStyle(document.querySelector('#words')).color") == (
        "rgb(0, 128, 0)"
    )
    assert frame.evaluate("[window.origin, document.title]") == ["null", "Hostile"]
    with pytest.raises(Error, match="sandboxed"):
        frame.evaluate("document.cookie")
    for place in ("#out", "#top", "#new", "#js", "#send"):
        frame.click(place)
    # Longer than a refresh of zero seconds, or a prepared connection, would take.
    page.wait_for_timeout(800)
    assert (page.url, len(page.context.pages)) == (address, 1)
    assert _frame(page.frames).url.endswith(f"/sources/captures/{capture}/page/")
    assert beacon.calls == []
    assert all(_is_a_refusal(words) for words in visitor.complaints), visitor.complaints
    visitor.complaints.clear()


def test_the_same_page_outside_of_the_sandbox_does_harm(
    application: Application, chromium: Browser, beacon: Beacon
) -> None:
    """What the test above proves is worth something only if this page can call."""
    application.site.pages["/hostile"] = Answer(HOSTILE.replace("BEACON", beacon.address).encode())
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto(application.site.url("/hostile"), wait_until="commit")
        page.wait_for_timeout(800)
    finally:
        context.close()
    assert len(beacon.calls) > 3


def _frame(frames: list[Frame]) -> Frame:
    return next(frame for frame in frames if "/page/" in frame.url)


def _is_a_refusal(words: str) -> bool:
    return "Content Security Policy" in words or "sandbox" in words
