"""Publishers by the names that people type: looked up, made where they are new, and put to use."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from factcheck.accounts.models import User
from factcheck.errors import Permanent
from sources import publishers
from sources.domains import name_key
from sources.models import Publisher, Source


class PublisherUnknownError(Permanent):
    """No publisher has a spelling like this."""

    code = "publisher_unknown"


def spelled(words: str) -> QuerySet[Publisher]:
    """Return the publishers with these words in one of their spellings, all for none."""
    rows = Publisher.objects.select_related("owner").prefetch_related("domains")
    key = name_key(words.replace("\x00", ""))
    return rows.filter(spellings__key__contains=key).distinct() if key else rows


def called(name: str) -> Publisher:
    """Return the publisher with this spelling. Raises PublisherUnknownError."""
    found = Publisher.objects.filter(spellings__key=name_key(name.replace("\x00", ""))).first()
    if found is None:
        raise PublisherUnknownError
    return found


@transaction.atomic
def own(*, publisher: Publisher, name: str, by: User, at: datetime) -> Publisher | None:
    """Say by name who owns a publisher, and return the owner; "" for nobody.

    A name that is new becomes a publisher. Raises as publishers.add and set_owner do.
    """
    owner = publishers.add(name=name, by=by, at=at) if name.strip() else None
    publishers.set_owner(publisher=publisher, owner=owner, by=by, at=at)
    return owner


@transaction.atomic
def choose(*, source: Source, name: str, by: User, at: datetime) -> Publisher | None:
    """Say by name to whom a source belongs, and return it; "" takes the choice back.

    A name that is new becomes a publisher. Raises PublisherNameError.
    """
    chosen = publishers.add(name=name, by=by, at=at) if name.strip() else None
    publishers.choose(source=source, publisher=chosen, by=by, at=at)
    return chosen
