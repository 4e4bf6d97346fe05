import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from sources.browsing import RenderError
from sources.browsing.chromium import Browser
from sources.browsing.leash import Leash, _session

MEGABYTE = 1024 * 1024
FOREVER = "import time; time.sleep(600)"
GREEDY = "import time; a = bytearray(b'x') * (300 * 1024 * 1024); time.sleep(600)"
# A grandchild takes the memory, in a process group of its own.
CHILD = (
    "import subprocess, sys, time; "
    "subprocess.Popen([sys.executable, '-c', {0!r}], process_group=0); time.sleep(600)"
)
WRITER = "import time; open('big', 'wb').write(b'x' * (8 * 1024 * 1024)); time.sleep(600)"


def start(code: str, home: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], cwd=home, start_new_session=True)


def hold(code: str, home: Path, *, seconds: float = 60.0) -> tuple[str, int]:
    """Return how the child ended, and how many processes of its session are left."""
    child = start(code, home)
    leash = Leash(child, memory=200 * MEGABYTE, output=home, most=4 * MEGABYTE)
    ended = leash.hold(until=monotonic() + seconds)
    assert child.returncode is not None
    return ended, len(_session(child.pid))


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("pass", "ended"),
        (GREEDY, "memory"),
        (CHILD.format(GREEDY), "memory"),
        (WRITER, "output"),
    ],
)
def test_a_child_is_ended_when_it_takes_too_much(tmp_path: Path, code: str, ended: str) -> None:
    assert hold(code, tmp_path) == (ended, 0)


@pytest.mark.parametrize("code", [FOREVER, CHILD.format(FOREVER)])
def test_a_child_is_ended_at_its_deadline(tmp_path: Path, code: str) -> None:
    assert hold(code, tmp_path, seconds=0) == ("timed_out", 0)


def test_a_machine_without_a_browser_says_so() -> None:
    with pytest.raises(RenderError) as caught:
        Browser(executable="no-such-browser").path()
    assert (caught.value.code, caught.value.family) == ("render_no_browser", "permanent")
    assert caught.value.words
