"""Who stands behind a page, and who owns them in the end: so that one voice counts once.

A person's choice comes first, then the publisher's name that a person confirmed, then the domain;
a file about which nobody said anything stands for itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sources.domains import domain_of, name_key
from sources.models import PublisherDomain, PublisherSpelling, Source
from sources.states import BelongsBy

# Publishers form chains without a circle, so this ends.
ROOTS = """
WITH RECURSIVE up AS (
    SELECT id AS start, name AS called, id, name, owner_id
    FROM sources_publisher WHERE id = ANY(%s)
    UNION ALL
    SELECT up.start, up.called, owner.id, owner.name, owner.owner_id
    FROM up JOIN sources_publisher owner ON owner.id = up.owner_id
)
SELECT start, called, id, name FROM up WHERE owner_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Belonging:
    """To whom a page belongs: its publisher, and the owner at the end of the chain above.

    `publisher_id` is None where no person has made a publisher of the name or the domain. Pages
    with the same `key` have the same owner. `owner` is "" where the publisher owns itself, as far
    as is known; `domain` is "" for a file.
    """

    by: BelongsBy
    key: str
    publisher: str
    publisher_id: UUID | None
    owner: str
    domain: str


def belongings(pages: Sequence[tuple[Source, str]]) -> list[Belonging]:
    """Return to whom each page belongs: a source and the address that answered for it.

    Three queries at most, however many pages.
    """
    domains = ["" if source.is_file else domain_of(address) for source, address in pages]
    names = [name_key(source.publisher) for source, _ in pages]
    by_name = _publishers(PublisherSpelling, "key", names)
    by_domain = _publishers(PublisherDomain, "domain", domains)
    found = [
        _found(source, by_name.get(name), by_domain.get(domain))
        for (source, _), name, domain in zip(pages, names, domains, strict=True)
    ]
    roots = _roots({pk for pk, _ in found if pk})
    return [
        _rowed(by, roots[pk], pk, domain) if pk else _bare(source, by, name, domain)
        for (source, _), (pk, by), name, domain in zip(pages, found, names, domains, strict=True)
    ]


def of_source(source: Source, address: str = "") -> Belonging:
    """Return to whom a source belongs, by the address that answered for it or its own."""
    return belongings([(source, address or source.url)])[0]


def _found(
    source: Source, named: UUID | None, at_home: UUID | None
) -> tuple[UUID | None, BelongsBy]:
    if source.chosen_publisher_id:
        return source.chosen_publisher_id, BelongsBy.CHOICE
    if source.publisher:
        return named, BelongsBy.NAME
    return at_home, BelongsBy.ITSELF if source.is_file else BelongsBy.DOMAIN


def _rowed(by: BelongsBy, chain: tuple[str, UUID, str], pk: UUID, domain: str) -> Belonging:
    called, root, owner = chain
    return Belonging(by, f"publisher:{root}", called, pk, owner if root != pk else "", domain)


def _bare(source: Source, by: BelongsBy, name: str, domain: str) -> Belonging:
    """Return the belonging of a page whose name or domain no publisher carries."""
    if by == BelongsBy.NAME:
        return Belonging(by, f"name:{name}", source.publisher, None, "", domain)
    if by == BelongsBy.DOMAIN and domain:
        return Belonging(by, f"domain:{domain}", domain, None, "", domain)
    return Belonging(BelongsBy.ITSELF, f"source:{source.pk}", "", None, "", domain)


def _publishers(
    model: type[PublisherSpelling | PublisherDomain], column: str, wanted: Iterable[str]
) -> dict[str, UUID]:
    asked = {value for value in wanted if value}
    if not asked:
        return {}
    rows = model.objects.filter(**{f"{column}__in": asked})
    return dict(rows.values_list(column, "publisher_id"))


def _roots(publishers: set[UUID]) -> dict[UUID, tuple[str, UUID, str]]:
    """Return of each publisher its name, and the id and the name of the last owner above it."""
    if not publishers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ROOTS, [list(publishers)])
        return {start: (called, root, name) for start, called, root, name in cursor.fetchall()}
