"""Chromium as a child that draws one page and is killed whatever it does.

It is driven by its command line alone: one run gives the picture and the document as the page's
scripts left it. The flags take every way to the network away but our proxy.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sources.browsing.codes import RenderError
from sources.browsing.filtering import Caps, FilteringProxy, Refusal
from sources.browsing.leash import Leash
from sources.fetching.deadline import Deadline
from sources.fetching.policy import MEGABYTE, FetchPolicy
from sources.fetching.resolving import Resolver, system_resolver

NAMES = ("chromium", "chromium-browser", "google-chrome", "headless-shell")
_PNG = b"\x89PNG\r\n\x1a\n"
# What is left where nothing was loaded.
_BLANK = frozenset({b"", b"<html><head></head><body></body></html>"})
_SETTLE = 0.5  # of the time, how much a page has to come to rest
_FEATURES_OFF = (
    "AsyncDns,DnsOverHttps,MediaRouter,OptimizationHints,Translate,AutofillServerCommunication,"
    "CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions,NetworkPrediction,"
    "NetworkTimeServiceQuerying,Prerender2,SpeculationRulesPrefetchFuture,PrivateStateTokens,FencedFrames"
)
_FLAGS = (
    "--headless=new",
    # The way to the network: our proxy, for loopback as well, and nothing beside it.
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-blink-features=WebTransport,DirectSockets",
    "--dns-prefetch-disable",
    "--no-pings",
    f"--disable-features={_FEATURES_OFF}",
    # Nothing that the browser does of itself.
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--allow-browser-signin=false",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-service-autorun",
    "--safebrowsing-disable-auto-update",
    # Nothing of the machine.
    "--deny-permission-prompts",
    "--block-new-web-contents",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-file-system",
    "--disable-gpu",
    "--disable-notifications",
    "--disable-print-preview",
    "--disable-speech-api",
    "--hide-scrollbars",
    "--incognito",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
)


@dataclass(frozen=True, slots=True)
class Browser:
    """Which browser, and what it may use: seconds, bytes of memory and of output, and pixels.

    `sandbox` is Chromium's own; it cannot be had as root, nor in every container.
    """

    executable: str = ""
    sandbox: bool = True
    seconds: float = 60.0
    memory: int = 1536 * MEGABYTE
    output: int = 32 * MEGABYTE
    width: int = 1280
    height: int = 2400
    caps: Caps = field(default_factory=Caps)

    def path(self) -> str:
        """Return the program's path. Raises RenderError where there is none."""
        names = (self.executable,) if self.executable else NAMES
        found = next(filter(None, map(shutil.which, names)), "")
        if not found:
            raise RenderError("render_no_browser")
        return found


@dataclass(frozen=True, slots=True)
class Look:
    """What the page asked for: the number of requests, those refused, and bytes on the wire."""

    requests: int
    refusals: tuple[Refusal, ...]
    wire_bytes: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture (PNG) of a page, and its document as the scripts left it (UTF-8)."""

    picture: bytes
    document: bytes
    browser: str
    look: Look


def render(
    url: str,
    *,
    policy: FetchPolicy,
    browser: Browser,
    resolver: Resolver = system_resolver,
) -> Rendered:
    """Draw `url` (normalised) in a browser of its own. Raises RenderError."""
    program = browser.path()
    deadline = Deadline(browser.seconds)
    proxy = FilteringProxy(policy, deadline, browser.caps, resolver)
    with proxy, tempfile.TemporaryDirectory(prefix="fc-render-") as home:
        place = Path(home)
        status = _run(program, url, proxy.port, place, browser)
        look = Look(proxy.requests, tuple(proxy.refusals), proxy.wire)
        picture = _read(place / "picture.png", browser)
        document = _read(place / "document.html", browser)
        if not picture.startswith(_PNG) or document.strip() in _BLANK:
            raise _why(look, status)
        return Rendered(picture, document, _version(program, place), look)


def _run(program: str, url: str, port: int, home: Path, browser: Browser) -> int:
    """Let the browser leave a picture and a document in `home`; return its exit status."""
    seconds = browser.seconds * _SETTLE
    command = [
        *(program, *_FLAGS, *([] if browser.sandbox else ["--no-sandbox"])),
        f"--proxy-server=http://127.0.0.1:{port}",
        # Names are looked up by the proxy alone, and no literal address but its own is let through.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        f"--user-data-dir={home / 'profile'}",
        f"--window-size={browser.width},{browser.height}",
        f"--screenshot={home / 'picture.png'}",
        f"--virtual-time-budget={int(seconds * 1000)}",
        f"--timeout={int(seconds * 1000)}",
        *("--dump-dom", url),
    ]
    with (home / "document.html").open("w+b") as document:
        child = _start(command, home, document.fileno())
        leash = Leash(child, memory=browser.memory, output=home, most=4 * browser.output)
        ended = leash.hold(until=monotonic() + browser.seconds)
    if ended == "timed_out":
        raise RenderError("render_timed_out", seconds=f"{browser.seconds:g}")
    if ended == "memory":
        raise RenderError("render_memory", limit=browser.memory // MEGABYTE)
    if ended == "output":
        raise RenderError("render_too_large", limit=browser.output // MEGABYTE)
    return child.returncode


def _start(command: list[str], home: Path, output: int) -> "subprocess.Popen[bytes]":
    environment = {"PATH": os.defpath, "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    return subprocess.Popen(  # noqa: S603 (our own command line; the address is a parsed one)
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _read(path: Path, browser: Browser) -> bytes:
    with suppress(FileNotFoundError):
        if path.stat().st_size > browser.output:
            raise RenderError("render_too_large", limit=browser.output // MEGABYTE)
        return path.read_bytes()
    return b""


def _why(look: Look, status: int) -> RenderError:
    """Return why a run left no page behind: it was refused, it crashed, or nobody answered."""
    if look.refusals:
        return RenderError("render_refused", words=look.refusals[0].words)
    return RenderError("render_crashed" if status else "render_no_page")


def _version(program: str, home: Path) -> str:
    try:
        told = subprocess.run(  # noqa: S603 (our own command line)
            [program, "--version"],
            env={"PATH": os.defpath, "HOME": str(home)},
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.decode("utf-8", "replace").partition("built on")[0].strip()[:80]
