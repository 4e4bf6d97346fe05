"""Addresses of sources: which may be fetched, within which bounds, and the row of each."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from factcheck.accounts.models import User
from factcheck.errors import Refused
from sources import sealing, watching
from sources.fetching import FetchError, FetchPolicy, precheck
from sources.fetching.policy import MEGABYTE
from sources.fetching.proxies import Proxy
from sources.models import Source
from sources.models.sources import address_digest


class AddressRefusedError(Refused):
    """The address would never be fetched; `reason` is the code of sources.fetching.CODES."""

    code = "source_address_refused"

    def __init__(self, cause: FetchError) -> None:
        super().__init__(words=cause.words)
        self.reason = cause.code


def policy() -> FetchPolicy:
    """Return the bounds of a fetch under this deployment's settings."""
    return FetchPolicy(
        user_agent=f"Factcheck/{sealing.VERSION} (+{settings.FETCH_CONTACT})",
        ports=settings.FETCH_PORTS,
        proxy=Proxy.read(settings.EGRESS_PROXY),
        loopback_ports=settings.LOOPBACK_PORTS,
        deadline=settings.FETCH_DEADLINE_SECONDS,
        wire_bytes=settings.FETCH_MAX_MEGABYTES * MEGABYTE,
        decoded_bytes=2 * settings.FETCH_MAX_MEGABYTES * MEGABYTE,
        # A worker has many pages in hand at once: what is larger waits in a file.
        memory_bytes=MEGABYTE,
    )


def checked(address: str) -> str:
    """Return an address in its uniform spelling. Raises AddressRefusedError if never fetched."""
    try:
        return precheck(address.strip(), policy=policy()).url
    except FetchError as error:
        raise AddressRefusedError(error) from error


def source_at(address: str, *, by: User | None, at: datetime) -> Source:
    """Return the source at an address, made now if it is new.

    Raises AddressRefusedError for an address that would never be fetched.
    """
    url = checked(address)
    known = Source.objects.filter(url_digest=address_digest(url))
    found = known.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            source = Source.objects.create(url=url, created_by=by, created_at=at)
            watching.begin(source=source, at=at)
            return source
    except IntegrityError:  # somebody else added it just now
        return known.get()
