"""Sentence boundaries inside paragraphs against a treebank: F1 of the inner ones."""

from pathlib import Path

from claims.extraction.sentences import sentences

_TEXT = "# text = "


def measure(folder: Path, pattern: str) -> float:
    """Return the F1 over the treebank files that fit `pattern`."""
    hits = given = wanted = 0
    for path in sorted(folder.glob(pattern)):
        for paragraph in _paragraphs(path.read_text("utf-8")):
            text = " ".join(paragraph)
            gold, at = set(), 0
            for sentence in paragraph[:-1]:
                at += len(sentence)
                gold.add(at)
                at += 1
            found = {end for _, end in sentences(text, 0, len(text))[:-1]}
            hits, given, wanted = hits + len(gold & found), given + len(found), wanted + len(gold)
    return 2 * hits / (given + wanted)


def _paragraphs(conllu: str) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    for block in conllu.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("#")]
        text = next((line.removeprefix(_TEXT) for line in lines if line.startswith(_TEXT)), "")
        if any(line.startswith(("# newpar", "# newdoc")) for line in lines) or not paragraphs:
            paragraphs.append([])
        if text:
            paragraphs[-1].append(text)
    return [paragraph for paragraph in paragraphs if paragraph]
