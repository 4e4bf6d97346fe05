"""Train the check-worthiness model: python -m claims.extraction.worth.train DATA_DIR.

DATA_DIR holds `claimbuster/kfold_25ncs.json` and `factcheck_gpt/subtask1_…`, `subtask2_…`. Logistic
regression by AdaGrad with an L1 step, standard library only, the same weights on every run.
"""

import argparse
import json
import math
import random
from collections import Counter
from pathlib import Path
from typing import Final

from claims.extraction.worth.features import features

WEIGHTS: Final = Path(__file__).with_name("weights.json")
_EPOCHS: Final = 12
_RATE: Final = 0.15
_SHRINK: Final = 2e-5
_LEAST_COUNT: Final = 3
_SEED: Final = 20201018
Example = tuple[list[str], int]


def load(data: Path) -> list[tuple[str, int]]:
    """Return (sentence, 1 where it is worth checking) from the two training sets."""
    claimbuster = json.loads((data / "claimbuster/kfold_25ncs.json").read_text("utf-8"))
    rows = [(row["text"], int(row["label"])) for row in claimbuster]
    for name, field, yes in (
        ("subtask1_sentence_checkworthiness.jsonl", "sentence", "yes"),
        ("subtask2_claim_checkworthiness.jsonl", "claim", "factual"),
    ):
        lines = (data / "factcheck_gpt" / name).read_text("utf-8").splitlines()
        parsed = [json.loads(line) for line in lines if line.strip()]
        rows += [(row[field], int(row["checkworthy"] == yes)) for row in parsed]
    return rows


def examples(rows: list[tuple[str, int]]) -> list[Example]:
    """Turn sentences into feature names, rare ones left out."""
    found = [(sorted(features(text)), label) for text, label in rows]
    counts = Counter(name for names, _ in found for name in names)
    return [([n for n in names if counts[n] >= _LEAST_COUNT], label) for names, label in found]


def fit(rows: list[Example], epochs: int = _EPOCHS) -> dict[str, float]:
    """Return the weights by feature name; "" is the bias."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = list(range(len(rows)))
    shuffle = random.Random(_SEED)  # noqa: S311  (a reproducible order, no secret)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for at in order:
            names, label = rows[at]
            _step(weights, squares, [*names, ""], label)
    return {
        name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) > 0.02
    }


def _step(
    weights: dict[str, float], squares: dict[str, float], names: list[str], label: int
) -> None:
    total = sum(weights.get(name, 0.0) for name in names)
    error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - label
    for name in names:
        squares[name] = squares.get(name, 1.0) + error * error
        weight = weights.get(name, 0.0) - _RATE * error / math.sqrt(squares[name])
        shrink = _SHRINK * (name != "") * 10
        weights[name] = math.copysign(max(0.0, abs(weight) - shrink), weight)


def main() -> None:
    """Train on everything and write the weights beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    weights = fit(examples(load(options.data)))
    text = json.dumps(weights, ensure_ascii=False, indent=0, separators=(",", ":"))
    WEIGHTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
