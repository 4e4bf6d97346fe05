"""How many voices stand behind a claim's evidence: pages of one owner count once.

Where it is not known whether two pages are of one house, they count once rather than twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from claims.models import Evidence
from sources.belonging import Belonging, belongings
from sources.models import Source
from sources.states import BelongsBy


@dataclass(frozen=True, slots=True)
class Voice:
    """Pieces of evidence that are one source, each with whom its page belongs to.

    `label` names the owner that they share, or the page where nobody is known.
    """

    items: tuple[tuple[Evidence, Belonging], ...]

    @property
    def evidence(self) -> list[Evidence]:
        """The pieces, in the order in which they came."""
        return [item for item, _ in self.items]

    @property
    def label(self) -> str:
        """The owner, else the publisher, else the page's own title or address."""
        named = next((b for _, b in self.items if b.by != BelongsBy.DOMAIN and b.publisher), None)
        first = named or self.items[0][1]
        return first.owner or first.publisher or str(next(iter(self.pages)))

    @property
    def pages(self) -> dict[Source, str]:
        """The sources that are one, each once, with its publisher or its domain."""
        return {
            item.extracted.capture.source: found.publisher or found.domain
            for item, found in self.items
        }

    @property
    def why(self) -> str:
        """What makes one source of several pages, in words."""
        if len({found.key for _, found in self.items}) == 1:
            return f"of {self.label}"
        if len({item.extracted.capture.digest for item in self.evidence}) == 1:
            return "the same content to the byte"
        return f"of {self.label}, as far as is known"


def is_confirmed(found: Belonging) -> bool:
    """Whether a person said who the publisher is: a domain alone says nothing to readers."""
    return bool(found.publisher_id) or found.by == BelongsBy.NAME


def independent_sources(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Return the evidence in groups, one for each independent source; both orders are kept.

    Pages are one source when they have one ultimate owner, when their bytes are the same, and
    when nobody has said of one of them more than that it lies in the domain of another. Three
    queries at most where captures and sources are loaded already.
    """
    return [voice.evidence for voice in voices(evidence)]


def voices(evidence: Sequence[Evidence]) -> list[Voice]:
    """Return what `independent_sources` does, with whom each page belongs to."""
    prefetch_related_objects(list(evidence), "extracted__capture__source")
    captures = [item.extracted.capture for item in evidence]
    found = belongings([(capture.source, capture.final_url) for capture in captures])
    home = _first_of_domain(found)
    groups = _Groups()
    for place, (capture, owner) in enumerate(zip(captures, found, strict=True)):
        keys = [owner.key, f"bytes:{capture.digest}"]
        if owner.by == BelongsBy.DOMAIN and not owner.publisher_id:
            keys.append(home[owner.domain])
        groups.add(place, keys)
    return [
        Voice(tuple((evidence[place], found[place]) for place in places))
        for places in groups.places()
    ]


def _first_of_domain(found: Sequence[Belonging]) -> dict[str, str]:
    """Return of each domain the key of the first page in it; one that was named goes first."""
    named = sorted(found, key=lambda owner: owner.by == BelongsBy.DOMAIN)
    first: dict[str, str] = {}
    for owner in named:
        first.setdefault(owner.domain, owner.key)
    return first


class _Groups:
    """Places that share a key, directly or through others, in the order in which they came."""

    def __init__(self) -> None:
        self._groups: list[tuple[set[str], list[int]]] = []

    def add(self, place: int, keys: Sequence[str]) -> None:
        joined = [group for group in self._groups if not group[0].isdisjoint(keys)]
        rest = [group for group in self._groups if group[0].isdisjoint(keys)]
        whole = set(keys).union(*(group[0] for group in joined))
        places = sorted([place, *(at for group in joined for at in group[1])])
        self._groups = [*rest, (whole, places)]

    def places(self) -> list[list[int]]:
        return sorted(places for _, places in self._groups)
