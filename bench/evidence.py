"""Evidence: how well passages are ranked beside BM25, and what a list costs."""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench import Options, Report
from bench._ranking import Case, Quality, Ranker, bare_pass, bm25, politihop, quality, wice
from claims.finding import Embedder, Table, Text, embedding, find, question, rank
from sources.anchoring import Grid

_ARTICLE: Final = Path(__file__).parent.parent / "factcheck" / "demo" / "article.txt"
_CLAIM: Final = "Extreme poverty fell from 38% in 2006 to 16% by 2018 in Bolivia."
_CAPTURES: Final = 20
_CHARACTERS: Final = 100_000
_CELLS: Final = 100_000
_COLUMNS: Final = 200
_DEAREST: Final = 3.0
# Set, with the extra: the least Hit@1 and MRR.
_GOALS: Final = {
    "WiCE dev, supported": (0.90, 0.94),
    "PolitiHop valid, by fact-check": (0.22, 0.0),
}


class _Once:
    """An embedder that makes each vector once: the sets share their sentences."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._known: dict[str, list[float]] = {}

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector for each text, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(new, self._model.embed(new), strict=True)
        return [self._known[text] for text in texts]


def run(options: Options) -> Report:
    """Measure the cost always, and quality where `options.data` holds the sets."""
    report = Report("Evidence")
    cases = _sets(options.data) if options.data else {}
    _cost(options, report, [text for case in cases.values() for text in _pages(case)])
    if not cases:
        report.notes.append("Quality was not measured: give the sets with --data DIR.")
        return report
    model = embedding.installed()
    if model is None:
        report.notes.append("The extra `embeddings` is not installed: words and figures only.")
    once = _Once(model) if model else None
    for name, found in cases.items():
        _quality(name, found, once, report)
    return report


def _sets(data: Path) -> dict[str, list[Case]]:
    cases: dict[str, list[Case]] = {}
    if (path := data / "evidence/wice/dev.jsonl").is_file():
        cases["WiCE dev, supported"], cases["WiCE dev, all with evidence"] = wice(path)
    if (path := data / "evidence/politihop/politihop_valid.tsv").is_file():
        whole, chains = politihop(path)
        cases |= {"PolitiHop valid, by fact-check": whole, "PolitiHop valid, by chain": chains}
    return cases


def _quality(name: str, cases: Sequence[Case], model: Embedder | None, report: Report) -> None:
    floor = quality(cases, bm25)
    ours = quality(cases, _ranker(None))
    _row(report, name, len(cases), "BM25", floor)
    _row(report, name, len(cases), "finder", ours)
    if ours.hit_1 <= floor.hit_1 or ours.mrr <= floor.mrr:
        report.broken.append(f"{name}: not above BM25")
    if model is None:
        return
    best = quality(cases, _ranker(model))
    _row(report, name, len(cases), "finder with embeddings", best)
    hit, mrr = _GOALS.get(name, (0.0, 0.0))
    if best.hit_1 < hit or best.mrr < mrr:
        report.broken.append(
            f"{name}: Hit@1 {best.hit_1:.3f}, MRR {best.mrr:.3f}; goals {hit} and {mrr}"
        )


def _row(report: Report, name: str, count: int, how: str, found: Quality) -> None:
    figures = {"Hit@1": found.hit_1, "Hit@5": found.hit_5, "MRR": found.mrr}
    shown = {label: f"{figure:.3f}" for label, figure in figures.items()}
    report.rows.append({"set": name, "cases": count, "ranking": how, **shown})
    report.raw[f"{name}, {how}"] = figures


def _ranker(model: Embedder | None) -> Ranker:
    def ranked(claim: str, sentences: Sequence[str]) -> list[int]:
        text, spans = _joined(sentences)
        number = {span[0]: at for at, span in enumerate(spans)}
        found = rank(question(claim), [Text("page", text, spans)], model)
        return [number[item.row.start] for item in found]

    return ranked


def _joined(sentences: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return "\n".join(sentences), tuple(spans)


def _pages(cases: Sequence[Case]) -> list[str]:
    return list(dict.fromkeys("\n".join(case.sentences) for case in cases))


def _cost(options: Options, report: Report, pages: Sequence[str]) -> None:
    """Compare the CPU time of a list with a bare pass of BM25, interleaved in random order."""
    pick = random.Random(options.rounds)  # noqa: S311 (not a secret)
    texts = _captures(pages or _ARTICLE.read_text("utf-8").split("\n\n"), pick)
    kept = [Text(str(number), text) for number, text in enumerate(texts)]
    table = Table("table", _large_table(pick))
    ways: dict[str, Callable[[], object]] = {
        "bare BM25": lambda: bare_pass(_CLAIM, texts),
        "list of passages": lambda: find(_CLAIM, kept),
        "list with a large table": lambda: find(_CLAIM, kept, [table]),
    }
    found = find(_CLAIM, kept, [table])
    if not found.passages or not found.cells:
        report.broken.append("cost: nothing was found in the texts, or in the table")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name in pick.sample(sorted(ways), len(ways)):
            began = time.process_time()
            ways[name]()
            times[name].append(time.process_time() - began)
    floor = min(times["bare BM25"])
    ratio = min(times["list of passages"]) / floor
    with_table = min(times["list with a large table"]) / floor
    report.raw["cost"] = {"seconds": times, "ratio": ratio, "ratio with a table": with_table}
    report.notes.append(
        f"A list over {_CAPTURES} captures of {_CHARACTERS:,} characters: "
        f"{min(times['list of passages']):.3f} s of CPU time, {ratio:.2f} times a bare BM25 pass."
    )
    report.notes.append(
        f"With a table of {_CELLS:,} cells beside them: "
        f"{min(times['list with a large table']):.3f} s, {with_table:.2f} times the same pass."
    )
    dearer = max(ratio, with_table)
    if dearer > _DEAREST:
        report.broken.append(f"cost: {dearer:.2f} times BM25 > {_DEAREST}")


def _large_table(pick: random.Random) -> Grid:
    """Return a table that has something of the claim in every row and column."""
    years = [f"{1900 + number} poverty" for number in range(_COLUMNS - 1)]
    body = [
        (f"{pick.choice(('Bolivia', 'Peru'))} {number}",
         *(f"{pick.random() * 100:.1f} %" for _ in years))
        for number in range(_CELLS // _COLUMNS - 1)
    ]  # fmt: skip
    return Grid("Extreme poverty", (("Province", *years), *body), 1, 1)


def _captures(pieces: Sequence[str], pick: random.Random) -> list[str]:
    texts = []
    for _ in range(_CAPTURES):
        text = ""
        while len(text) < _CHARACTERS:
            text += pick.choice(pieces) + "\n\n"
        texts.append(text[:_CHARACTERS])
    return texts
