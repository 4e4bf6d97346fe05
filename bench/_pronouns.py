"""Pronouns put back in full, against a treebank that says what each of them stands for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from claims.extraction import split
from claims.extraction.antecedents import owns, referent
from claims.extraction.discourse import Discourse
from claims.extraction.layout import read_block
from claims.extraction.naming import name_of
from claims.extraction.paragraphs import blocks

_TEXT = "# text = "
_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she",
    "it": "it", "its": "it", "they": "they", "them": "they", "their": "they",
}  # fmt: skip
_BRACKET = re.compile(r"\((?P<open>[^()]+)(?P<only>\))?|(?P<close>[^()]+)\)")
_MINSPAN = 5


@dataclass
class Treebank:
    """One text with its mentions: by the offset of a head or a pronoun, the things meant."""

    text: str = ""
    heads: dict[int, set[str]] = field(default_factory=dict)
    pronouns: dict[int, str] = field(default_factory=dict)


def measure(folder: Path, pattern: str = "GUM_*.conllu") -> dict[str, float]:
    """Return how many resolved pronouns are right, and how many in claims are cared for."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for path in sorted(folder.glob(pattern)):
        gold = read(path.read_text("utf-8"))
        _precision(gold, hits, totals)
        _cared_for(gold, hits, totals)
    return {name: hits[name] / totals[name] for name in totals if totals[name]}


def _precision(gold: Treebank, hits: Counter[str], totals: Counter[str]) -> None:
    for start, right in resolved(gold):
        kind = "he and she" if gold.text[start].lower() in "hs" else "it and they"
        for name in ("pronouns resolved, precision", f"pronouns resolved, {kind}"):
            hits[name] += right
            totals[name] += 1


def resolved(gold: Treebank) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each pronoun that we resolve, and whether what we put is right."""
    discourse = discourse_of(gold.text)
    reads = discourse.reads
    for at, read_ in enumerate(reads):
        for i, token in enumerate(read_.tagged.tokens):
            found = referent(discourse, at, i) if token.lower in _PRONOUNS else None
            if found and (owns(read_.tagged, i) or name_of(discourse, found)):
                head = reads[found.sentence].tagged.tokens[found.phrase.head].start
                meant = gold.pronouns.get(token.start)
                # An "it" without annotation stands for nothing; any other is one left out.
                if meant is not None or token.lower == "it":
                    yield token.start, meant in gold.heads.get(head, set())


def discourse_of(text: str) -> Discourse:
    """Read a text as splitting does."""
    found = [(block, read) for block in blocks(text) for read in read_block(text, block, None)]
    prose = [block.paragraph if block.kind == "paragraph" else -1 for block, _ in found]
    return Discourse.of(text, [read for _, read in found], prose)


def _cared_for(gold: Treebank, hits: Counter[str], totals: Counter[str]) -> None:
    """Count the pronouns of claims that stand for something and are neither left nor forgotten."""
    result = split(gold.text)
    name = "pronouns resolved or marked"
    for claim in result.claims:
        if "quotation" in claim.kinds:
            continue
        known = {word.lower() for word in (*claim.unresolved, *claim.bound)}
        for start in gold.pronouns:
            if not claim.start <= start < claim.end:
                continue
            word = re.match(r"\w+", gold.text[start:])
            spoken = word.group().lower() if word else ""
            left = re.search(rf"\b{spoken}\b", claim.text, re.IGNORECASE)
            totals[name] += 1
            hits[name] += left is None or spoken in known


def read(conllu: str) -> Treebank:
    """Read a treebank file with coreference in its last column."""
    gold = Treebank()
    opened: dict[str, list[tuple[str, int]]] = {}
    starts: list[int] = []
    for block in conllu.split("\n\n"):
        lines = block.splitlines()
        sentence = next((line.removeprefix(_TEXT) for line in lines if line.startswith(_TEXT)), "")
        if not sentence:
            continue
        new = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
        gold.text += ("\n\n" if new else " ") * bool(gold.text)
        base = at = len(gold.text)
        gold.text += sentence
        for line in lines:
            columns = line.split("\t")
            if not columns[0].isdigit():
                continue
            found = gold.text.find(columns[1], at)
            at = found if found >= base else at
            starts.append(at)
            at += len(columns[1]) * (found >= base)
            _mentions(columns, gold, opened, starts)
    return gold


def _mentions(
    columns: list[str],
    gold: Treebank,
    opened: dict[str, list[tuple[str, int]]],
    starts: list[int],
) -> None:
    note = next((p[7:] for p in columns[9].split("|") if p.startswith("Entity=")), "")
    here = len(starts) - 1
    for part in _BRACKET.finditer(note):
        fields = (part["open"] or part["close"]).split("-")
        group = re.sub(r"\[.*", "", fields[0])
        if part["open"]:
            opened.setdefault(group, []).append((fields[_MINSPAN], here))
        if part["close"] or part["only"]:
            if not opened.get(group):
                continue
            minimal, first = opened[group].pop()
            places = [first + int(n) - 1 for n in re.findall(r"\d+", minimal)]
            for place in places:
                if place <= here:
                    gold.heads.setdefault(starts[place], set()).add(group)
            if first == here and columns[1].lower() in _PRONOUNS:
                gold.pronouns[starts[here]] = group
