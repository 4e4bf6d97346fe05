"""Splitting: articles a second on one core and, with --data, quality on annotated sets."""

import time
from pathlib import Path

from bench import Options, Report, _annotated, _boundaries, _numbers, _pronouns, _worth
from claims.extraction import split

_ARTICLE = Path(__file__).parent.parent / "factcheck" / "demo" / "article.txt"
_WORDS = 600
# Articles of 600 words a second on one core. Wall and CPU time vary between machines, so this one
# is reported against the goal and never gates.
_SPEED_GOAL = 25
_BARS = {
    "recall, required claims": (">=", 0.85),
    "recall, figures and quotations": (">=", 0.95),
    "precision": (">=", 0.75),
    "not checkable but proposed": ("<=", 0.10),
    "quantities exact": (">=", 0.95),
    "dates resolved": (">=", 0.90),
    "quantities, value F1": (">=", 0.90),
    "quantities, value and change F1": (">=", 0.85),
    "sentence boundaries F1, news": (">=", 0.955),
    "check-worthiness, MAP over 20 documents": (">=", 0.104),
    "pronouns resolved, precision": (">=", 0.90),
    "pronouns resolved, he and she": (">=", 0.95),
    "pronouns resolved, it and they": (">=", 0.90),
    "pronouns resolved or marked": (">=", 0.98),
}
_RUNS = 20


def run(options: Options) -> Report:
    """Measure speed always, and quality where `options.data` holds the sets."""
    report = Report("Splitting")
    speed = _speed(options.rounds)
    report.raw["articles_a_second"] = speed
    report.rows.append(_row("articles (600 words) a second and core", speed, f">= {_SPEED_GOAL}"))
    if options.data is None:
        report.notes.append("Quality was not measured: give the sets with --data DIR.")
        return report
    figures = _quality(options.data, report)
    for name, figure in figures.items():
        sign, bar = _BARS.get(name, ("", 0.0))
        report.rows.append(_row(name, figure, f"{sign} {bar}" if sign else ""))
        report.raw[name] = figure
    return report


def _row(name: str, figure: float, goal: str) -> dict[str, str]:
    return {"measure": name, "figure": f"{figure:.3f}", "goal": goal}


def _speed(rounds: int) -> float:
    """Return the best of `rounds` in articles of 600 words for each second of CPU time."""
    text = _ARTICLE.read_text("utf-8")
    length = len(text.split()) / _WORDS
    split(text)
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(_RUNS):
            split(text)
        best = max(best, _RUNS * length / (time.process_time() - began))
    return best


def _quality(data: Path, report: Report) -> dict[str, float]:
    figures: dict[str, float] = {}
    if (data / "splitting/dev").is_dir():
        figures |= _annotated.measure(data / "splitting/dev")
    if (data / "quantities/NewsQuant.json").is_file():
        figures |= _numbers.measure(data / "quantities/NewsQuant.json")
    for genre in ("news", "interview", "speech"):
        if (data / "sentences/gum").is_dir():
            name = f"sentence boundaries F1, {genre}"
            figures[name] = _boundaries.measure(data / "sentences/gum", f"GUM_{genre}_*.conllu")
    figures |= _worth.measure(data, report)
    if (data / "sentences/gum").is_dir():
        figures |= _pronouns.measure(data / "sentences/gum")
    if not figures:
        report.notes.append(f"None of the known sets lies in {data}.")
    return figures
