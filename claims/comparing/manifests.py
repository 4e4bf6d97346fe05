"""Two sealed versions of a verdict side by side: what a later one changes. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from claims.blocks import BLOCKS, SUMMARY, TITLES, joined
from sources.anchoring.differences import Paragraph, paragraphs

Manifest = dict[str, Any]

_NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f]\d+)*")
_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}")
# Parts that say which version it is, not what it says; and parts that are compared by themselves.
_ABOUT = frozenset({"format", "verdict", "version", "previous", "submitted_at", "correction"})
# How the desk worked on it, which readers see but which says nothing about the claim.
_WORK = frozenset({"gate", "interests", "independent_sources", "approvals_required", "tags"})
_DAYS = ("holds_as_of", "look_again_on")
_APART = frozenset(
    {
        *(*_ABOUT, *_WORK, *_DAYS),
        *("rating", "evidence", "calculations", "seen_before", "claim", "desk"),
    }
)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs, paragraph by paragraph."""

    label: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A passage or a calculation on one side only: `item` as the manifest holds it."""

    kind: Literal["added", "removed"]
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later version changes; empty parts did not change."""

    rating: tuple[str, str] | None
    texts: tuple[TextChange, ...]
    evidence: tuple[ItemChange, ...]
    calculations: tuple[ItemChange, ...]
    seen_before: tuple[ItemChange, ...]

    def __bool__(self) -> bool:
        parts = (self.texts, self.evidence, self.calculations, self.seen_before)
        return self.rating is not None or any(parts)


def difference(old: Manifest, new: Manifest) -> Difference:
    """Compare everything that readers see of two sealed versions."""
    return Difference(
        rating=None
        if is_same_rating(old, new)
        else (old["rating"]["label"], new["rating"]["label"]),
        texts=tuple(_texts(old, new)),
        evidence=_items(old["evidence"], new["evidence"], _evidence_key),
        calculations=_items(
            old.get("calculations", []), new.get("calculations", []), _calculation_key
        ),
        seen_before=_items(old.get("seen_before", []), new.get("seen_before", []), repr),
    )


def is_same_rating(old: Manifest, new: Manifest) -> bool:
    """Whether both stand at the same place of the same scale, whatever its version."""
    names = ("scale", "code")
    return all(old["rating"][name] == new["rating"][name] for name in names)


def is_same(old: Manifest, new: Manifest) -> bool:
    """Whether the two say the same, to the letter, on the same evidence."""
    rest = [{key: value for key, value in side.items() if key not in _APART} for side in (old, new)]
    return not difference(old, new) and rest[0] == rest[1]


def typo_breaches(old: Manifest, new: Manifest) -> list[str]:
    """Name what the mending of a typing error must not touch, and does: words for people."""
    found = difference(old, new)
    return [
        words
        for words, touched in (
            ("rating", found.rating is not None),
            ("evidence", bool(found.evidence or found.seen_before)),
            ("calculation", bool(found.calculations)),
            ("number", _numbers(old) != _numbers(new)),
        )
        if touched
    ]


def _texts(old: Manifest, new: Manifest) -> Iterator[TextChange]:
    for label, before, after in (
        ("Claim", old["claim"]["text"], new["claim"]["text"]),
        ("Claimant", old["claim"]["claimant"], new["claim"]["claimant"]),
        (SUMMARY.title, old["summary"], new["summary"]),
        *_reasoning(old, new),
        *((TITLES[name], old.get(name) or "", new.get(name) or "") for name in _DAYS),
    ):
        if before != after:
            yield TextChange(label, paragraphs(before, after))


def _reasoning(old: Manifest, new: Manifest) -> Iterator[tuple[str, str, str]]:
    """Yield each block on both sides; the reasoning as one text where one side has no blocks."""
    if "blocks" in old and "blocks" in new:
        for block in BLOCKS:
            yield block.title, old["blocks"][block.code], new["blocks"][block.code]
    else:
        yield "Reasoning", _joined(old), _joined(new)


def _joined(sealed: Manifest) -> str:
    return joined(sealed["blocks"]) if "blocks" in sealed else str(sealed["reasoning"])


def _items(old: Iterable[Any], new: Iterable[Any], key: Any) -> tuple[ItemChange, ...]:  # noqa: ANN401 (any of the three keys)
    """Return what stands on one side only, what was taken away first."""
    before, after = list(old), list(new)
    there, gone = Counter(map(key, after)), Counter(map(key, before))
    changes = [ItemChange("removed", item) for item in before if not there[key(item)]]
    changes += [ItemChange("added", item) for item in after if not gone[key(item)]]
    return tuple(changes)


def _evidence_key(item: dict[str, Any]) -> str:
    """Tell passages by what they say and where it stands: one attached anew is the same."""
    place = {name: item["quote"][name] for name in ("start", "end", "exact", "text_sha256")}
    weight = item.get("strength"), item.get("is_primary")
    return repr(
        (item["stance"], *weight, item["note"], item.get("cell"), place, item["capture"]["id"])
    )


def _calculation_key(item: dict[str, Any]) -> str:
    numbers = [item["claimed"], *item["inputs"]]
    return repr((item["operation"], item["value"], item["verdict"], *map(_number_key, numbers)))


def _number_key(number: dict[str, Any]) -> tuple[Any, ...]:
    return number["text"], number["value"], number["unit"], number["year"], number["reason"]


def _numbers(sealed: Manifest) -> list[str]:
    """Return every number of the texts that readers see, in order."""
    texts = [sealed["claim"]["text"], *_strings(_rest(sealed))]
    return [number for text in texts for number in _NUMBER.findall(text)]


def _rest(sealed: Manifest) -> Manifest:
    return {key: sealed[key] for key in sorted(sealed) if key not in _APART}


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """Yield the texts of a JSON value, without identities and digests."""
    if isinstance(value, str) and not _IDENTITY.fullmatch(value):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
