"""Anchors: how long it takes to say what became of a quote in a text of 100 KB that has changed."""

import random
import time
from pathlib import Path

from bench import Options, Report
from sources.anchoring import Anchor, look_up, make_anchor

_ARTICLE = Path(__file__).parent.parent / "factcheck" / "demo" / "article.txt"
_CHARACTERS = 100_000
_LOOKUPS = 300
_BAR_MS = 10.0


def run(options: Options) -> Report:
    """Measure the 50th and 99th percentile of a look-up's CPU time, the best of all rounds."""
    report = Report("Anchoring")
    pick = random.Random(options.rounds)  # noqa: S311 (not a secret)
    text = _long_text(pick)
    anchors = [_any_quote(text, pick) for _ in range(_LOOKUPS)]
    changed = {
        "the same text": text,
        "a paragraph before it": "A new first paragraph.\n\n" + text,
        "other white space": "New. " + text.replace(" of ", "\u00a0of ").replace("\n", "\n\n"),
        "soft hyphens": "New. " + text.replace("ment", "\u00adment"),
        "every figure altered": text.replace("6", "9"),
        "many words altered": text.replace(" the ", " that "),
        "paragraphs in another order": "\n\n".join(reversed(text.split("\n\n"))),
        "another text": " ".join(pick.sample(text.split(), len(text.split()))),
    }
    for name, other in changed.items():
        best = [min(times) for times in zip(*_rounds(anchors, other, options), strict=True)]
        best.sort()
        row = {"text": name, "p50 ms": best[len(best) // 2], "p99 ms": best[int(len(best) * 0.99)]}
        report.rows.append(row)
        if row["p99 ms"] > _BAR_MS:
            report.broken.append(f"{name}: p99 {row['p99 ms']:.1f} ms > {_BAR_MS} ms")
    return report


def _rounds(anchors: list[Anchor], text: str, options: Options) -> list[list[float]]:
    return [[_timed(anchor, text) for anchor in anchors] for _ in range(options.rounds)]


def _timed(anchor: Anchor, text: str) -> float:
    began = time.process_time()
    look_up(anchor, text)
    return (time.process_time() - began) * 1000


def _long_text(pick: random.Random) -> str:
    paragraphs = _ARTICLE.read_text("utf-8").split("\n\n")
    pieces: list[str] = []
    while sum(map(len, pieces)) < _CHARACTERS:
        pieces.append(f"{pick.randrange(10**6)} {pick.choice(paragraphs)}")
    return "\n\n".join(pieces)[:_CHARACTERS]


def _any_quote(text: str, pick: random.Random) -> Anchor:
    start = pick.randrange(len(text) - 300)
    return make_anchor(text, start, start + pick.randrange(5, 300))
