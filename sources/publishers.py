"""Publishers and their owners, as people confirm them: named, owned, told apart and merged."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources.domains import name_key, written_domain
from sources.models import Publisher, PublisherDomain, PublisherSpelling, Source

MAXIMUM = 500


class PublisherNameError(Permanent):
    """The name is empty or longer than MAXIMUM characters."""

    code = "publisher_name"


class PublisherTakenError(Refused):
    """The name or the domain is another publisher's."""

    code = "publisher_taken"


class PublisherDomainError(Permanent):
    """Nobody can register it as a domain."""

    code = "publisher_domain"


class PublisherOwnerError(Refused):
    """The owner would be owned by what it owns."""

    code = "publisher_owner_circle"


class PublisherLastSpellingError(Refused):
    """A publisher keeps the spelling that it is called by."""

    code = "publisher_last_spelling"


class PublisherUsedError(Refused):
    """Sources or other publishers belong to it."""

    code = "publisher_used"


@transaction.atomic
def add(*, name: str, domain: str = "", by: User, at: datetime) -> Publisher:
    """Make a publisher of a name, with a domain where one is given; a known name is a no-op.

    Raises PublisherNameError, PublisherDomainError and PublisherTakenError.
    """
    words = _words(name)
    known = Publisher.objects.filter(spellings__key=name_key(words)).first()
    if known is None:
        known = Publisher.objects.create(name=words, confirmed_by=by, confirmed_at=at)
        _spell(known, words)
        record(action="publisher.added", target=known, by=by, at=at, data={"name": words})
    return add_domain(publisher=known, domain=domain, by=by, at=at) if domain.strip() else known


@transaction.atomic
def rename(*, publisher: Publisher, name: str, by: User, at: datetime) -> Publisher:
    """Call a publisher by another name; the old one stays a spelling of it. Again is a no-op.

    Raises PublisherNameError and PublisherTakenError.
    """
    words, before = _words(name), _locked(publisher)
    _spell(before, words)
    if before.name == words:
        return before
    data = {"name": words, "before": before.name}
    before.name = words
    return _confirmed(before, "publisher.renamed", data, "name", by=by, at=at)


@transaction.atomic
def set_owner(
    *, publisher: Publisher, owner: Publisher | None, by: User, at: datetime
) -> Publisher:
    """Say who owns a publisher; None: nobody is known. The same again is a no-op.

    Raises PublisherOwnerError where the owner is the publisher or owned by it, at any remove.
    """
    _one_at_a_time()
    found = _locked(publisher)
    if found.owner_id == (owner and owner.pk):
        return found
    if owner and found.pk in {row.pk for row in chain(Publisher.objects.get(pk=owner.pk))}:
        raise PublisherOwnerError
    before = str(found.owner or "")
    found.owner = owner
    data = {"name": found.name, "owner": str(owner or ""), "before": before}
    return _confirmed(found, "publisher.owner_set", data, "owner", by=by, at=at)


@transaction.atomic
def add_domain(*, publisher: Publisher, domain: str, by: User, at: datetime) -> Publisher:
    """Say that a publisher stands behind a registrable domain; an address is read as its domain.

    Again is a no-op. Raises PublisherDomainError and PublisherTakenError.
    """
    name, found = written_domain(domain), _locked(publisher)
    if not name:
        raise PublisherDomainError
    row, is_new = PublisherDomain.objects.get_or_create(domain=name, defaults={"publisher": found})
    if row.publisher_id != found.pk:
        raise PublisherTakenError(words=name, name=row.publisher.name)
    if not is_new:
        return found
    return _confirmed(found, "publisher.domain_added", {"domain": name}, by=by, at=at)


@transaction.atomic
def drop_domain(*, publisher: Publisher, domain: str, by: User, at: datetime) -> Publisher:
    """Take a domain away from a publisher. Again is a no-op."""
    found, domain = _locked(publisher), written_domain(domain)
    if not found.domains.filter(domain=domain).delete()[0]:
        return found
    return _confirmed(found, "publisher.domain_dropped", {"domain": domain}, by=by, at=at)


@transaction.atomic
def part_spelling(*, publisher: Publisher, spelling: int, by: User, at: datetime) -> Publisher:
    """Make a publisher of its own of a spelling, as a merge is undone; returns the new one.

    `spelling` is its row's number; one that is gone is a no-op. Raises
    PublisherLastSpellingError for the name that the publisher is called by.
    """
    found = _locked(publisher)
    row = found.spellings.filter(pk=spelling).first()
    if row is None:
        return found
    if row.key == name_key(found.name):
        raise PublisherLastSpellingError
    row.delete()
    data = {"name": found.name, "spelling": row.words}
    _confirmed(found, "publisher.spelling_parted", data, by=by, at=at)
    return add(name=row.words, by=by, at=at)


@transaction.atomic
def merge(*, kept: Publisher, gone: Publisher, by: User, at: datetime) -> Publisher:
    """Take two publishers for one: spellings, domains, what it owns and its sources move.

    `kept` keeps its name, and its owner where it has one. A publisher with itself is a no-op.
    Raises PublisherOwnerError where the owners would form a circle.
    """
    if kept.pk == gone.pk:
        return kept
    _one_at_a_time()
    pair = {row.pk: row for row in _rows().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")}
    kept, gone = pair[kept.pk], pair[gone.pk]
    owner = _owner_of_both(kept, gone)
    moved = {
        "name": kept.name,
        "merged": gone.name,
        "merged_id": str(gone.pk),
        "merged_owner": str(gone.owner or ""),
        "spellings": [row.words for row in gone.spellings.order_by("pk")],
        "domains": [row.domain for row in gone.domains.order_by("pk")],
    }
    # Ends of the chain first: no moment at which the two own each other.
    Publisher.objects.filter(pk__in=pair).update(owner=None)
    gone.owned.exclude(pk=kept.pk).update(owner=kept)
    gone.chosen_for.update(chosen_publisher=kept)
    gone.spellings.update(publisher=kept)
    gone.domains.update(publisher=kept)
    gone.delete()
    kept.owner = owner
    return _confirmed(kept, "publisher.merged", moved, "owner", by=by, at=at)


@transaction.atomic
def remove(*, publisher: Publisher, by: User, at: datetime) -> None:
    """Take away a publisher that nothing was said to belong to; its names and domains are free.

    Raises PublisherUsedError while a source was put under it or it owns another.
    """
    found = _locked(publisher)
    if found.owned.exists() or found.chosen_for.exists():
        raise PublisherUsedError
    data = {
        "name": found.name,
        "owner": str(found.owner or ""),
        "spellings": [row.words for row in found.spellings.order_by("pk")],
        "domains": [row.domain for row in found.domains.order_by("pk")],
    }
    record(action="publisher.removed", target=found, by=by, at=at, data=data)
    found.delete()


@transaction.atomic
def choose(*, source: Source, publisher: Publisher | None, by: User, at: datetime) -> Source:
    """Say to whom a source belongs, whatever its name and domain say; None takes it back.

    The same again is a no-op.
    """
    found = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if found.chosen_publisher_id == (publisher and publisher.pk):
        return found
    data = {"publisher": str(publisher or ""), "before": str(found.chosen_publisher or "")}
    found.chosen_publisher, found.chosen_by, found.chosen_at = publisher, by, at
    found.save(update_fields=["chosen_publisher", "chosen_by", "chosen_at"])
    record(action="source.publisher_chosen", target=found, by=by, at=at, data=data)
    return found


def chain(publisher: Publisher) -> list[Publisher]:
    """Return the publisher and its owners above it, nearest first."""
    found = [publisher]
    while found[-1].owner is not None:
        found.append(found[-1].owner)
    return found


def _owner_of_both(kept: Publisher, gone: Publisher) -> Publisher | None:
    """Return who owns the two as one: the first owner that is neither of them."""
    owner = next(
        (row.owner for row in (kept, gone) if row.owner_id not in {None, kept.pk, gone.pk}), None
    )
    if owner and not {kept.pk, gone.pk}.isdisjoint(row.pk for row in chain(owner)):
        raise PublisherOwnerError
    return owner


def _one_at_a_time() -> None:
    """Wait for whoever else sets owners now; the trigger against circles takes the same lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sources_publisher.owner'))")


def _words(name: str) -> str:
    words = " ".join(name.split())
    if not 0 < len(words) <= MAXIMUM or "\x00" in words:
        raise PublisherNameError(limit=MAXIMUM)
    return words


def _spell(publisher: Publisher, words: str) -> None:
    row, _ = PublisherSpelling.objects.get_or_create(
        key=name_key(words), defaults={"publisher": publisher, "words": words}
    )
    if row.publisher_id != publisher.pk:
        raise PublisherTakenError(words=words, name=row.publisher.name)


def _rows() -> Any:  # noqa: ANN401 (a locked queryset)
    return Publisher.objects.select_for_update(of=("self",)).select_related("owner")


def _locked(publisher: Publisher) -> Publisher:
    found: Publisher = _rows().get(pk=publisher.pk)
    return found


def _confirmed(
    publisher: Publisher, action: str, data: dict[str, Any], *fields: str, by: User, at: datetime
) -> Publisher:
    """Save a publisher as a person has just confirmed it, and say in the trail what changed."""
    publisher.confirmed_by, publisher.confirmed_at = by, at
    # The owner is written by the two verbs alone that take the lock for it first.
    publisher.save(update_fields=["confirmed_by", "confirmed_at", *fields])
    record(action=action, target=publisher, by=by, at=at, data=data)
    return publisher
