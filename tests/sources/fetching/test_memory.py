"""What a fetch takes of memory at its worst: measured in a process of its own, under full bounds.

The process's high-water mark (VmHWM) is read, not sampled, and the heap is capped by the system,
so that nothing here depends on how fast the machine is.
"""

import gzip
import json
import os
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.local_site import LocalSite, Page, Talk

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1024 * 1024
MOST = 130 * MEGABYTE
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GIGABYTES = 2 * 1024 * MEGABYTE

# The whole command, with everything that Django brings: no thinner process of our own.
COMMAND = """
import atexit, runpy, sys
from pathlib import Path
def tell():
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
atexit.register(tell)
sys.argv = ["manage.py", "capture", "--no-store", "--format", "json", *sys.argv[1:]]
runpy.run_path("manage.py", run_name="__main__")
"""


def pour(start: bytes, again: bytes) -> Callable[[Talk], None]:
    def behaviour(talk: Talk) -> None:
        talk.send(start)
        talk.send_until_refused(again, GIGABYTES)

    return behaviour


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = b"\x00" * MEGABYTE
    return b"".join(packer.compress(block) for _ in range(size // MEGABYTE)) + packer.flush()


def hops(talk: Talk) -> None:
    step = int(talk.path.strip("/") or 0)
    talk.send(f"HTTP/1.1 302 Found\r\nLocation: /{step + 1}\r\n\r\n".encode())
    talk.send_until_refused(b"x" * 65536, GIGABYTES)


def bomb(size: int, layers: int = 1) -> bytes:
    packed = zeros(size)
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    return OK + b"Content-Encoding: " + b", ".join([b"gzip"] * layers) + b"\r\n\r\n" + packed


BEHAVIOURS: dict[str, tuple[Callable[[Talk], None] | bytes, str]] = {
    "a body without end": (pour(OK + b"\r\n", b"x" * MEGABYTE), "too_large"),
    "chunks without end": (pour(CHUNKED, b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"), "too_large"),
    "chunks of a byte": (pour(CHUNKED, b"1\r\nx\r\n" * 20000), "too_many_pieces"),
    "one chunk of 2 GB": (pour(CHUNKED + b"80000000\r\n", b"x" * MEGABYTE), "too_large"),
    "a header without end": (pour(OK + b"X: ", b"x" * MEGABYTE), "headers_too_large"),
    "headers without end": (pour(OK, b"X: y\r\n" * 10000), "headers_too_large"),
    "empty headers without end": (pour(OK, b"a:\n" * 10000), "headers_too_large"),
    "a status line without end": (pour(b"HTTP/1.1 200 ", b"x" * MEGABYTE), "headers_too_large"),
    "trailers without end": (pour(CHUNKED + b"0\r\n", b"X: y\r\n" * 10000), "headers_too_large"),
    "chunk notes without end": (pour(CHUNKED + b"1;", b"x" * MEGABYTE), "headers_too_large"),
    "interim answers": (
        pour(b"", b"HTTP/1.1 103 X\r\n" + b"X: y\r\n" * 99 + b"\r\n"),
        "too_many_interim",
    ),
    "a bomb of 2 GB": (bomb(GIGABYTES), "decoded_too_large"),
    "a bomb in a bomb": (bomb(GIGABYTES, 2), "decoded_too_large"),
    "many small bombs": (
        pour(OK + b"Content-Encoding: gzip\r\n\r\n", zeros(MEGABYTE)),
        "decoded_too_large",
    ),
    "bodies of redirects": (hops, "too_many_redirects"),
    "a page of 60 MB": (OK + b"\r\n" + b"x" * 60 * MEGABYTE, ""),
    "a page of 120 MB, packed": (bomb(120 * MEGABYTE), ""),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_fetch_stays_under_130_megabytes(name: str) -> None:
    behaviour, code = BEHAVIOURS[name]
    site = LocalSite({"/": behaviour, **{f"/{n}": behaviour for n in range(1, 12)}})
    with site:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, site.url()],
            cwd=ROOT,
            env=os.environ | {"FACTCHECK_LOOPBACK_PORTS": str(site.port), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST)),
        )
    assert done.stderr == ""
    answer, peak = done.stdout.splitlines()
    told = json.loads(answer)
    assert (told["state"], told["error_code"]) == ("failed" if code else "stored", code)
    assert int(peak) * 1024 <= MOST


def test_a_page_that_is_kept_is_the_one_that_was_sent() -> None:
    """The measure itself: a page of a known size is told with that size and digest."""
    page = Page(b"x" * 5 * MEGABYTE)
    with LocalSite({"/": page}) as site:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, site.url()],
            cwd=ROOT,
            env=os.environ | {"FACTCHECK_LOOPBACK_PORTS": str(site.port), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
            check=True,
        )
    answer, peak = done.stdout.splitlines()
    assert json.loads(answer)["wire_bytes"] == len(page.wire())
    assert int(peak) * 1024 > 5 * MEGABYTE
