"""A real Chromium against the real web server and a real worker, all on the tests' database."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from factcheck.accounts.models import User
from factcheck.demo import loading
from factcheck.embedded import children
from tests import factories
from tests.servers.local_site import LocalSite
from tests.servers.local_site import Page as Answer

NAMES = ("chromium", "chromium-browser", "google-chrome")
PASSWORD = "a fine password"
FOLDER = Path(loading.__file__).with_name("sources")
BULLETIN = b"""<!doctype html><html lang="en"><title>Bulletin of the count (sample)</title><body>
<main><h1>Bulletin of the count</h1>
<p>The count of the general election of 18 October 2020 ended on Friday.</p>
<p>Luis Arce received 55.1 % of the valid votes, and Carlos Mesa 28.83 %.</p>
<p>Every tally sheet was published, and observers were present in each of the centres.</p>
</main></body></html>"""


@dataclass
class Application:
    """The running product: its address, and the site whose pages it may fetch."""

    address: str
    site: LocalSite


@dataclass
class Visitor:
    """A person at a browser, and everything that the browser complained of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()


Visit = Callable[..., Visitor]


def executable() -> str:
    """Return Chromium's path; without one, skip plainly or fail where a browser is required."""
    found = os.environ.get("FACTCHECK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        words = "No Chromium was found: install it (Debian: chromium libatomic1)."
        if os.environ.get("FACTCHECK_REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    return found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    program = executable()
    # Playwright keeps an event loop in this thread; the database is used beside it, not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def site() -> Iterator[LocalSite]:
    pages = {f"/{path.name}": Answer(path.read_bytes()) for path in FOLDER.glob("*.html")}
    with LocalSite(pages={**pages, "/bulletin": Answer(BULLETIN)}) as running:
        yield running


@pytest.fixture(scope="package")
def application(
    chromium: Browser,
    django_db_setup: None,
    site: LocalSite,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Application]:
    """The web server and one worker, in their own processes."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    env = _environment(address, site.port)
    log = tmp_path_factory.mktemp("application") / "log"
    web = ["gunicorn", "factcheck.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    worker = ["celery", "-A", "factcheck.celery:app", "worker", "-P", "solo", "--loglevel", "INFO"]
    with log.open("wb") as output:
        running = [
            children.spawn([sys.executable, "-m", *command], env=env, output=output)
            for command in (
                [*web, "--no-control-socket"],
                [*worker, "--without-mingle", "--without-gossip"],
            )
        ]
        try:
            _wait_for(f"{address}/healthz", running[0], log)
            yield Application(address, site)
        finally:
            for process in reversed(running):
                children.stop(process, signal.SIGTERM, within=15)


def _environment(address: str, site_port: int) -> dict[str, str]:
    database = settings.DATABASES["default"]
    parts = {"dbname": database["NAME"], "user": database["USER"], "host": database["HOST"]}
    if database["PORT"]:
        parts["port"] = database["PORT"]
    return os.environ | {
        "DATABASE_URL": psycopg.conninfo.make_conninfo("", **parts),
        "FACTCHECK_PUBLIC_URL": address,
        "FACTCHECK_LOOPBACK_PORTS": str(site_port),
        "FACTCHECK_API_ANONYMOUS_RATE": "10000/min",
        # Chromium draws pages too; its own sandbox cannot be had as root.
        "FACTCHECK_RENDERING": "true",
        "FACTCHECK_RENDERING_BROWSER": executable(),
        "FACTCHECK_RENDERING_SANDBOX": "false",
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own address)
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"The web server did not answer:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def visit(application: Application, chromium: Browser, committed_db: None) -> Iterator[Visit]:
    """Open a browser of one's own: signed in if a person is named, at a size and in a scheme."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_browser(
        person: User | None = None, *, width: int = 1280, scheme: str = "light"
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), application.address)
        visitors.append(visitor)
        _listen(visitor)
        visitor.go("/account/sign-in/")
        if person:
            visitor.sign_in(person.username)
        return visitor

    yield open_browser
    for context in contexts:
        context.close()
    # A refused inline script or style shows up here, as does a missing file.
    assert [words for visitor in visitors for words in visitor.complaints] == []


def _listen(visitor: Visitor) -> None:
    def on_console(message: ConsoleMessage) -> None:
        # A form that comes back is answered with 422 and a link that is over with 410, which the
        # browser writes down as failures.
        expected = any(f"status of {code}" in message.text for code in (410, 422))
        if message.type in ("error", "warning") and not expected:
            visitor.complaints.append(message.text)

    visitor.page.on("console", on_console)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))


@pytest.fixture
def people(committed_db: None) -> tuple[User, User]:
    """A checker and an editor."""
    return (
        factories.person("checker", username="carla", name="Carla Vega"),
        factories.person("editor", username="edda", name="Edda Holm"),
    )
