"""Fetching and archiving: CPU time a page, beside wget and a loop of requests and warcio."""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import Options, Report

_PAGES = 240
# Pages a second of CPU, ours over theirs; each is measured in the same run.
_BARS = {"wget": 2.0}
_NAMES = {
    "ours": "ours: fetch, body blob, WARC",
    "wget": "wget --warc-file",
    "requests": "requests + warcio",
}


def run(options: Options) -> Report:
    """Interleave all candidates in random order; the best round of each counts."""
    report = Report("Fetching and archiving")
    names = ["ours", "requests", *(["wget"] if shutil.which("wget") else [])]
    rounds: dict[str, list[float]] = {name: [] for name in names}
    with _site() as port, tempfile.TemporaryDirectory(prefix="fcb-") as scratch:
        addresses = Path(scratch) / "addresses"
        addresses.write_text("".join(f"http://127.0.0.1:{port}/{n}\n" for n in range(_PAGES)))
        for _ in range(options.rounds):
            for name in random.sample(names, len(names)):
                place = Path(tempfile.mkdtemp(dir=scratch))
                rounds[name].append(_measure(name, addresses, place) / _PAGES * 1000)
                shutil.rmtree(place)
    best = {name: min(times) for name, times in rounds.items()}
    for name in names:
        ratio = best[name] / best["ours"]
        report.rows.append(
            {
                "candidate": _NAMES[name],
                "CPU ms a page": best[name],
                "ours is faster by": ratio,
                "bar": _BARS.get(name, ""),
            }
        )
        if ratio < _BARS.get(name, 0):
            report.broken.append(f"{name}: {ratio:.2f} < {_BARS[name]}")
    if "wget" not in names:
        report.notes.append("wget is not installed, so that its bar was not measured.")
    report.raw["rounds"] = rounds
    return report


def _measure(name: str, addresses: Path, place: Path) -> float:
    """Return the CPU seconds that one candidate takes for all pages."""
    if name != "wget":
        loop = [sys.executable, "-m", "bench._fetch_loops", name, str(addresses), str(place)]
        return float(subprocess.check_output(loop, text=True))  # noqa: S603 (our own module)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["wget", "--quiet", "-i", str(addresses), "-P", str(place)]
    subprocess.run([*command, "--warc-file", str(place / "all")], check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def _site() -> Iterator[int]:
    command = [sys.executable, "-m", "bench._pages", str(_PAGES)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)  # noqa: S603
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
