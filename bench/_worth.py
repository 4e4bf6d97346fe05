"""Check-worthiness: how well sentences are ranked, and how far the stated chances hold."""

import csv
import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench import Report
from claims.extraction import split
from claims.extraction.worth import fitting, model, passages, reliability, train

_GOLDEN: Final = Path(__file__).parent.parent / train.GOLDEN
# After which row each of the 20 documents of CheckThat! 2020 task 5 test ends. The set comes as one
# file without document ends. The published raw files, one a document, number their sentences: the
# last number of each, laid end to end in the one order in which every file's last sentence stands
# where its numbers say, gives these. They add up to the 21,514 rows. No label was looked at.
_ENDS: Final = (
    526, 1211, 1913, 3158, 5067, 5664, 6861, 8929, 9965, 10528,
    10774, 11588, 13574, 15538, 16275, 17194, 17511, 18295, 19496, 21514,
)  # fmt: skip
_RUNS: Final = 50
Figures = dict[str, float]


def measure(data: Path, report: Report) -> Figures:
    """Return the figures that the sets in `data` allow; tables and remarks go to the report."""
    sets = data / "checkworthiness"
    figures: Figures = {}
    if (sets / "checkthat2020_task5/test-gold.tsv").is_file():
        figures |= _documents(sets / "checkthat2020_task5/test-gold.tsv", report)
    if (sets / "checkthat2020_task5/train.tsv").is_file() and (sets / "claimbuster").is_dir():
        figures |= _development(sets)
    if (sets / "claimbuster").is_dir() and (sets / "factcheck_gpt").is_dir():
        figures |= _held_out(sets, report)
    if (data / "splitting/dev").is_dir():
        figures |= _priorities(data / "splitting/dev", report)
    return figures


def _scored(path: Path, seen: frozenset[str] = frozenset()) -> tuple[list[float], list[int]]:
    """Return the scores and labels of a file's rows, without the sentences in `seen`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in list(csv.reader(file, delimiter="\t"))[1:] if row[0] not in seen]
    return [model.logit(text) for text, _ in rows], [int(label) for _, label in rows]


def _development(sets: Path) -> Figures:
    """Rank the development set without the sentences that were trained on, in 50 equal runs."""
    seen = frozenset(text for text, _ in train.load(sets)[0])
    scores, labels = _scored(sets / "checkthat2020_task5/train.tsv", seen)
    places = [len(scores) * part // _RUNS for part in range(_RUNS + 1)]
    each = [
        reliability.average_precision(scores[start:end], labels[start:end])
        for start, end in pairwise(places)
        if any(labels[start:end])
    ]
    return {"check-worthiness, development set, mean over 50 runs": sum(each) / len(each)}


def _documents(path: Path, report: Report) -> Figures:
    """Rank each document's sentences: the published measure, the mean over all 20."""
    scores, labels = _scored(path)
    whole = {
        "check-worthiness, average precision": reliability.average_precision(scores, labels),
    }
    if len(scores) != _ENDS[-1]:
        report.notes.append("CheckThat! 2020 task 5 has other rows here: no mean over documents.")
        return whole
    spans = [slice(*pair) for pair in pairwise((0, *_ENDS))]
    each = [reliability.average_precision(scores[span], labels[span]) for span in spans]
    report.raw["check-worthiness, by document"] = each
    return {"check-worthiness, MAP over 20 documents": sum(each) / len(each), **whole}


def _held_out(sets: Path, report: Report) -> Figures:
    """Judge debate sentences by models that have not seen them, and golden articles likewise."""
    debates, answers = train.load(sets)
    articles = passages.annotated(_GOLDEN)
    known = [row for rows in articles.values() for row in rows]
    labels = [label for _, label in debates]
    logits = fitting.held_out(debates, answers, known)
    shares = fitting.held_out_shares(logits, labels)
    straight = fitting.straighten(logits, labels)
    figures = _calibration("check-worthiness of sentences", shares, labels, report)
    figures["check-worthiness of sentences, average precision"] = reliability.average_precision(
        shares, labels
    )
    unseen = train.without_each_part(debates, answers, articles, straight)
    judged = passages.load(_GOLDEN, unseen)
    first = [passage.first for passage in judged]
    return figures | _calibration(
        "check-worthiness of claims, golden articles", passages.held_out(judged), first, report
    )


def _priorities(folder: Path, report: Report) -> Figures:
    """Hold the scores of listed claims against priorities that somebody else gave."""
    stated: list[float] = []
    first: list[int] = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text, day = gold["text"], date.fromisoformat(gold["reference_date"])
        claims = split(text, published_on=day).claims
        spans = [
            (
                claim["span"]["start"],
                claim["span"]["end"],
                "optional" if claim["optional"] else str(claim["priority"]),
            )
            for claim in gold["claims"]
        ]
        stated += [claim.check_worthiness for claim in claims]
        first += passages.matched(text, claims, spans)
    return _calibration("check-worthiness of claims, dev articles", stated, first, report)


def _calibration(name: str, stated: list[float], labels: list[int], report: Report) -> Figures:
    """Return four figures, and leave the reliability table in the report."""
    bands = reliability.table(stated, labels)
    report.raw[f"{name}, reliability"] = [
        {"from": b.low, "count": b.count, "stated": b.stated, "true": b.true} for b in bands
    ]
    report.notes.append(
        f"{name}: stated → true (count): "
        + "; ".join(f"{b.stated:.2f} → {b.true:.2f} ({b.count})" for b in bands)
    )
    return {
        f"{name}, one above another": reliability.ordering(stated, labels),
        f"{name}, calibration error": reliability.calibration_error(stated, labels),
        f"{name}, Brier score": reliability.brier(stated, labels),
        f"{name}, mean stated less true": (sum(stated) - sum(labels)) / len(labels),
    }
