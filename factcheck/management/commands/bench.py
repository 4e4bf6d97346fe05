import importlib
import json
import os
import pkgutil
import platform
import subprocess
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import bench
from bench import SCALES, Options, Report


class Command(BaseCommand):
    help = "Measure: print a table for each bench, write JSON, fail when a bar breaks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="which benches (all)")
        parser.add_argument("--scale", choices=SCALES, default="10k", help="rows to seed")
        parser.add_argument("--data", type=Path, help="a directory with real input")
        parser.add_argument("--rounds", type=int, default=7, help="rounds of each measurement")
        parser.add_argument("--output", type=Path, help="where the JSON goes (var/bench)")

    def handle(self, *args: Any, **options: Any) -> None:
        known = [module.name for module in pkgutil.iter_modules(bench.__path__)]
        known = [name for name in known if not name.startswith("_")]
        names = options["names"] or known
        if unknown := sorted(set(names) - set(known)):
            raise CommandError(
                f"No bench is called {', '.join(unknown)}. Known: {', '.join(known)}."
            )
        chosen = Options(options["scale"], options["data"], options["rounds"])
        reports = {name: measure(name, chosen) for name in names}
        for report in reports.values():
            self.stdout.write(as_markdown(report))
        place = options["output"] or settings.BASE_DIR / "var" / "bench"
        self.stderr.write(f"Written to {write(reports, chosen, place)}")
        broken = [f"{name}: {bar}" for name, report in reports.items() for bar in report.broken]
        if broken:
            raise CommandError("Broken bars: " + "; ".join(broken))


def measure(name: str, options: Options) -> Report:
    """Run one bench; where a bar breaks, run it once more and keep both."""
    run = importlib.import_module(f"bench.{name}").run
    report: Report = run(options)
    if not report.broken:
        return report
    again: Report = run(options)
    again.raw["first_run"] = asdict(report)
    return again


def as_markdown(report: Report) -> str:
    """Return a report as a heading, a table and its notes."""
    lines = [f"## {report.title}", ""]
    if report.rows:
        columns = list(report.rows[0])
        lines.append("| " + " | ".join(columns) + " |")
        lines.append("|" + " --- |" * len(columns))
        cells = [[_cell(row.get(name, "")) for name in columns] for row in report.rows]
        lines += [f"| {' | '.join(row)} |" for row in cells]
        lines.append("")
    lines += [f"- {note}" for note in report.notes]
    lines += [f"- **broken:** {bar}" for bar in report.broken]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return f"{value:,.3g}" if isinstance(value, float) else str(value).replace("|", "\\|")


def write(reports: dict[str, Report], options: Options, place: Path) -> Path:
    """Write everything measured, and under which circumstances, as one JSON file."""
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{time.strftime('%Y%m%dT%H%M%S')}.json"
    content = {
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "options": asdict(options),
        "reports": {name: asdict(report) for name, report in reports.items()},
    }
    path.write_text(json.dumps(content, indent=2, default=str) + "\n")
    return path


def _commit() -> str:
    command = ["git", "-C", str(settings.BASE_DIR), "describe", "--always", "--dirty"]
    try:
        return subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL).strip()  # noqa: S603 (our own command line)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
