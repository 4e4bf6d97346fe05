"""Matching: earlier claims found through PostgreSQL, how well and how fast, beside BM25 in memory.

With --data, CheckThat! 2022 task 2A: 14,231 claims that one desk has checked, and posts that repeat
some of them. The constants of the search were chosen on the training and dev posts alone.
"""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings

from bench import Options, Report
from bench._servers import stores

_SET = "matching/checkthat2022_task2a"
_BARS = {
    ("dev", "PostgreSQL"): 0.90,
    ("dev-test", "PostgreSQL"): 0.85,
    ("dev", "PostgreSQL and the model"): 0.96,
}


def run(options: Options) -> Report:
    """Measure quality where `options.data` holds the set, then time at `options.rows` claims."""
    report = Report(f"Matching earlier claims ({options.rows:,} seeded)")
    data = options.data / _SET if options.data else None
    if data is not None and not data.is_dir():
        report.notes.append(f"No {_SET} in {options.data}: quality was not measured.")
        data = None
    with stores() as (env, _):
        _python(env, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0")
        asked = (str(options.rows), str(options.rounds), str(data or ""))
        measured = json.loads(_python(env, "-m", "bench._earlier", *asked))
    report.raw |= measured
    for name, figures in measured["quality"].items():
        _judge(report, name, figures)
    _judge_speed(report, measured["speed"])
    return report


def _judge(report: Report, name: str, figures: dict[str, float]) -> None:
    for way, figure in figures.items():
        bar = _BARS.get((name, way))
        goal = f">= {bar:.2f}" if bar else ""
        report.rows.append({"measure": f"MAP@5, {name}, {way}", "figure": figure, "goal": goal})
        if bar and figure < bar:
            report.broken.append(f"MAP@5 on {name}, {way}: {figure:.3f} < {bar}")


def _judge_speed(report: Report, speed: dict[str, Any]) -> None:
    """Rows and blocks are exact and gate; milliseconds are reported."""
    for measure, goal in (("rows read, most", speed["rows allowed"]), ("scans of the table", 0)):
        report.rows.append(
            {"measure": measure, "figure": float(speed[measure]), "goal": f"<= {goal:,}"}
        )
        if speed[measure] > goal:
            report.broken.append(f"{measure}: {speed[measure]:,} > {goal:,}")
    for measure, figure in speed.items():
        if measure.startswith(("ms ", "MB ", "blocks")):
            report.rows.append({"measure": measure, "figure": float(figure), "goal": ""})
    report.notes.append(
        f"seeded in {speed['seconds to seed']:.0f} s, weights counted with the rows; "
        "milliseconds are wall time of one client"
    )


def _python(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    result = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own command line)
    return result.stdout
