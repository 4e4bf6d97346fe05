import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.embedded.errors import LauncherError
from factcheck.embedded.runner import Runner, Service, Stopped


def service(name: str, code: str, **more: object) -> Service:
    return Service(name, [sys.executable, "-u", "-c", code], dict(os.environ), **more)  # type: ignore[arg-type]


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    with made.signals():
        yield made
    made.stop_all()


def after(seconds: float, number: int) -> None:
    threading.Timer(seconds, os.kill, (os.getpid(), number)).start()


def test_lines_carry_the_name_of_who_said_them(
    runner: Runner, capfd: pytest.CaptureFixture[str]
) -> None:
    runner.finish(service("speaker", "print('one'); print('two', end='')"))
    assert capfd.readouterr().out == "speaker  │ one\nspeaker  │ two\n"


def test_only_the_lines_that_matter_are_shown(
    runner: Runner, capfd: pytest.CaptureFixture[str]
) -> None:
    runner.finish(service("server", "print('LOG: hello'); print('FATAL: no')", shows="FATAL"))
    assert capfd.readouterr().out == "server   │ FATAL: no\n"


def test_a_command_that_fails_is_quoted(runner: Runner) -> None:
    with pytest.raises(LauncherError, match=r"migrate failed\. Its last words:\n  no table"):
        runner.finish(service("migrate", "print('no table'); raise SystemExit(3)", shows="(?!)"))


def test_a_service_is_waited_for_until_it_is_ready(runner: Runner, tmp_path: Path) -> None:
    mark = tmp_path / "ready"
    code = f"import time; time.sleep(0.2); open({str(mark)!r}, 'w'); time.sleep(60)"
    runner.start(service("web", code, ready=mark.exists))
    runner.wait_ready("web")
    assert mark.exists()


def test_a_service_that_ends_before_it_is_ready_is_quoted(runner: Runner) -> None:
    runner.start(service("web", "raise SystemExit('address in use')", ready=lambda: False))
    with pytest.raises(LauncherError, match=r"web failed.*\n  address in use"):
        runner.wait_ready("web")


def test_a_service_that_dies_is_started_again(
    runner: Runner, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lives = tmp_path / "lives"
    code = (
        f"import os, time; open({str(lives)!r}, 'a').write('x')\n"
        f"time.sleep(60) if os.path.getsize({str(lives)!r}) > 1 else os.abort()"
    )
    runner.start(service("worker", code))
    after(1.8, signal.SIGTERM)
    runner.supervise()
    assert lives.read_text() == "xx"
    assert re.search(r"ended \(signal SIGABRT\); starting again in 1 s", capfd.readouterr().out)


def test_a_stop_during_a_start_is_heard(runner: Runner) -> None:
    runner.start(service("slow", "import time; time.sleep(60)", ready=lambda: False))
    after(0.2, signal.SIGINT)
    with pytest.raises(Stopped):
        runner.wait_ready("slow")


def test_the_servers_stop_after_what_uses_them(
    runner: Runner, capfd: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye')))\n"
        "print('up'); time.sleep(60)"
    )
    runner.start(service("server", code, is_server=True))
    runner.start(service("user", code))
    after(0.4, signal.SIGTERM)
    runner.supervise()
    runner.stop_all()
    goodbyes = [line for line in capfd.readouterr().out.splitlines() if "bye" in line]
    assert goodbyes == ["user     │ bye", "server   │ bye"]


def test_a_second_signal_does_not_wait(runner: Runner) -> None:
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    runner.start(service("stubborn", stubborn, stop_within=30))
    after(0.3, signal.SIGINT)
    after(0.6, signal.SIGINT)
    began = time.monotonic()
    runner.supervise()
    runner.stop_all()
    assert time.monotonic() - began < 5
