import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck.embedded.places import ROOT
from factcheck.embedded.scratch import scratch_directory

MAKER = """
import sys, time
from factcheck.embedded.scratch import scratch_directory
with scratch_directory("factcheck-", sys.argv[1]) as made:
    (made / "file").write_text("x")
    print(made, flush=True)
    time.sleep(60)
"""


def test_it_goes_at_the_end(tmp_path: Path) -> None:
    with scratch_directory("factcheck-", str(tmp_path)) as made:
        (made / "file").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_it_goes_when_something_goes_wrong(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="wrong"),
        scratch_directory("factcheck-", str(tmp_path)),
    ):
        raise ValueError("wrong")
    assert list(tmp_path.iterdir()) == []


def test_it_goes_when_its_maker_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as maker:
        assert maker.stdout is not None
        made = Path(maker.stdout.readline().strip())
        assert (made / "file").exists()
        maker.kill()
    deadline = time.monotonic() + 10
    while made.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
