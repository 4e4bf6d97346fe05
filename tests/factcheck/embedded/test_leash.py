import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck.embedded import children
from factcheck.embedded.places import ROOT

AS_ROOT = os.geteuid() == 0
PARENT = """
import subprocess, sys, time
from factcheck.embedded.children import spawn
child = spawn(["sleep", "60"], output=subprocess.DEVNULL, death_signal=int(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


def gone(pid: int, *, within: float = 5) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("death_signal", [signal.SIGKILL, signal.SIGINT])
def test_a_child_ends_when_its_parent_is_killed(death_signal: int) -> None:
    command = [sys.executable, "-c", PARENT, str(int(death_signal))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert gone(child)


def test_a_command_whose_starter_is_already_gone_is_not_run(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    stranger = "1" if os.getpid() != 1 else "2"
    command = [sys.executable, "-I", "-S", str(children.LEASH), stranger, "9", "keep"]
    done = subprocess.run([*command, "touch", str(touched)], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"is gone" in done.stderr
    assert not touched.exists()


def test_a_missing_program_is_named() -> None:
    process = children.spawn(["no-such-program"], output=subprocess.PIPE)
    said = process.communicate()[0].decode()
    assert (process.returncode, said) == (1, "no-such-program: No such file or directory\n")


def test_root_becomes_somebody_else_for_a_server() -> None:
    expected = {"65534"} if AS_ROOT else {str(os.geteuid())}
    identities = ["map:65534", "drop:65534"] if AS_ROOT and children.can_map() else ["keep"]
    said = set()
    for identity in identities:
        process = children.spawn(["id", "-u"], output=subprocess.PIPE, identity=identity)
        said.add(process.communicate()[0].decode().strip())
    assert said == expected


def test_a_session_is_killed_when_it_does_not_stop_in_time() -> None:
    stubborn = "trap '' TERM; sleep 60 & echo $!; wait; wait"
    process = children.spawn(["sh", "-c", stubborn], output=subprocess.PIPE)
    assert process.stdout is not None
    grandchild = int(process.stdout.readline())
    assert children.stop(process, signal.SIGTERM, within=0.1) is False
    process.stdout.close()
    assert gone(process.pid)
    assert gone(grandchild)
