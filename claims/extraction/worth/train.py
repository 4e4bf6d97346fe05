"""Train the check-worthiness models: python -m claims.extraction.worth.train DATA_DIR.

DATA_DIR holds `claimbuster/kfold_25ncs.json` and `factcheck_gpt/subtask1_…`, `subtask2_…`; the
golden articles are taken from the tests, or from `--golden DIR`. Run from the root of the
repository. Standard library only; the same data give the same weights.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from claims.extraction.worth import fitting, passages
from claims.extraction.worth.fitting import Labelled
from claims.extraction.worth.model import WEIGHTS, PassageModel, SentenceModel

GOLDEN: Final = Path("tests/claims/extraction/golden")
_ANSWERS: Final = (
    ("subtask1_sentence_checkworthiness.jsonl", "sentence", "yes"),
    ("subtask2_claim_checkworthiness.jsonl", "claim", "factual"),
)


def load(data: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Return (sentence, 1 where it is worth checking) of ClaimBuster and of Factcheck-GPT."""
    debates = json.loads((data / "claimbuster/kfold_25ncs.json").read_text("utf-8"))
    answers: list[Labelled] = []
    for name, field, yes in _ANSWERS:
        lines = (data / "factcheck_gpt" / name).read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        answers += [(row[field], int(row["checkworthy"] == yes)) for row in rows]
    return [(row["text"], int(row["label"])) for row in debates], answers


def odds(debates: list[Labelled], *others: list[Labelled]) -> tuple[float, float]:
    """Return the offset and slope that held-out debate sentences ask for."""
    logits = fitting.held_out(debates, *others)
    return fitting.straighten(logits, [label for _, label in debates])


def without_each_part(
    debates: list[Labelled],
    answers: list[Labelled],
    articles: dict[str, list[Labelled]],
    straight: tuple[float, float],
) -> dict[str, SentenceModel]:
    """Return, for each article, a sentence model that has not seen it."""
    found: dict[str, SentenceModel] = {}
    for part in passages.parts(articles):
        seen = [row for name in articles if name not in part for row in articles[name]]
        model = fitting.fit_sentences(debates, answers, seen)
        found |= dict.fromkeys(part, fitting.straightened(model, *straight))
    return found


def written(sentence: SentenceModel, passage: PassageModel) -> str:
    """Return both models as JSON, rounded, one piece a line."""
    content: dict[str, Any] = {
        "bias": round(sentence.bias, 3),
        "marks": _rounded(sentence.marks),
        "passages": {
            "bias": round(passage.bias, 3),
            "weights": _rounded(passage.weights),
            "usual": _rounded(passage.usual),
        },
        "pieces": {
            piece: [round(rarity, 2), round(weight, 3)]
            for piece, (rarity, weight) in sorted(sentence.pieces.items())
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("],", "],\n") + "\n"


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in sorted(weights.items())}


def train(data: Path, golden: Path) -> str:
    """Return the content of `weights.json`, from the sets in `data` and the golden articles."""
    debates, answers = load(data)
    articles = passages.annotated(golden)
    known = [row for rows in articles.values() for row in rows]
    straight = odds(debates, answers, known)
    sentence = fitting.straightened(fitting.fit_sentences(debates, answers, known), *straight)
    unseen = without_each_part(debates, answers, articles, straight)
    return written(sentence, passages.fit(passages.load(golden, unseen)))


def main() -> None:
    """Train on everything and write the weights beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--golden", type=Path, default=GOLDEN)
    options = parser.parse_args()
    WEIGHTS.write_text(train(options.data, options.golden), "utf-8")


if __name__ == "__main__":
    main()
