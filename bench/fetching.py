"""Fetching and archiving: CPU time a page, beside wget, requests with warcio, and Scrapy."""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import Options, Report

_PAGES = 240
_PAGES_READ = 48  # reading a page costs twenty times as much as fetching it


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A way to do it. `bar` is how many times as many pages a CPU second `ours` has to do."""

    name: str
    words: str
    ours: str
    pages: int = _PAGES
    bar: float = 0.0


_CANDIDATES = (
    _Candidate("ours", "ours: fetch, body blob, WARC", "ours"),
    _Candidate("wget", "wget --warc-file", "ours", bar=2.0),
    _Candidate("requests", "requests + warcio", "ours"),
    _Candidate("scrapy", "Scrapy + warcio", "ours", bar=3.5),
    _Candidate("ours_text", "ours, and the text read in the jail", "ours_text", _PAGES_READ),
    _Candidate("scrapy_text", "Scrapy + warcio + trafilatura", "ours_text", _PAGES_READ, 1.0),
)
_Spent = tuple[float, float]


def run(options: Options) -> Report:
    """Interleave all candidates in random order; the best round of each counts."""
    report = Report("Fetching and archiving")
    there = [c for c in _CANDIDATES if c.name != "wget" or shutil.which("wget")]
    rounds: dict[str, list[_Spent]] = {candidate.name: [] for candidate in there}
    with _site() as port, tempfile.TemporaryDirectory(prefix="fcb-") as scratch:
        for _ in range(options.rounds):
            for candidate in random.sample(there, len(there)):
                place = Path(tempfile.mkdtemp(dir=scratch))
                addresses = place.with_suffix(".txt")
                lines = [f"http://127.0.0.1:{port}/{n}\n" for n in range(candidate.pages)]
                addresses.write_text("".join(lines))
                rounds[candidate.name].append(_measure(candidate, addresses, place))
                shutil.rmtree(place)
    cpu = {name: min(spent[0] for spent in found) for name, found in rounds.items()}
    wall = {name: min(spent[1] for spent in found) for name, found in rounds.items()}
    for candidate in there:
        ratio = cpu[candidate.name] / cpu[candidate.ours]
        report.rows.append(
            {
                "candidate": candidate.words,
                "CPU ms a page": cpu[candidate.name] * 1000,
                "ours is faster by": ratio,
                "bar": candidate.bar or "",
                "pages a second": 1 / wall[candidate.name],
            }
        )
        if ratio < candidate.bar:
            report.broken.append(f"{candidate.name}: {ratio:.2f} < {candidate.bar}")
    report.notes.append("Ours and wget ask for one page after another, Scrapy for sixteen at once.")
    report.notes.append("Ours alone flushes every page to the disk before it goes on.")
    if len(there) < len(_CANDIDATES):
        report.notes.append("wget is not installed, so that its bar was not measured.")
    report.raw["rounds"] = rounds
    return report


def _measure(candidate: _Candidate, addresses: Path, place: Path) -> _Spent:
    """Return the CPU and the wall seconds that one candidate takes for a page."""
    if candidate.name != "wget":
        module = [sys.executable, "-m", "bench._fetch_loops", candidate.name]
        told = subprocess.check_output([*module, str(addresses), str(place)], text=True)  # noqa: S603 (our own module)
        cpu, wall = map(float, told.split())
        return cpu / candidate.pages, wall / candidate.pages
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = ["wget", "--quiet", "-i", str(addresses), "-P", str(place)]
    subprocess.run([*command, "--warc-file", str(place / "all")], check=True)  # noqa: S603
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu / candidate.pages, (ended - began) / candidate.pages


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
