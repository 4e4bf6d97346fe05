"""What a workspace address asks to see; its choices are kept for the session."""

from uuid import UUID

from claims.models import Article
from claims.views.rail import Wish
from claims.views.windows import ORDERS
from factcheck.accounts.views.desk import DeskRequest

WITHIN = ("all", "part")
MOST_DIGITS = 17  # fits a bigint


def wish_of(request: DeskRequest, found: Article) -> Wish:
    """Return what is asked for: in the address, else as it was the last time.

    The session knows the one article that was read last, and its part.
    """
    kept = request.session.get("reading", [])
    last = kept[1] if kept and kept[0] == str(found.pk) else 1
    return Wish(
        order=_chosen(request, "order", tuple(ORDERS)),
        within=_chosen(request, "within", WITHIN),
        part=as_number(request.GET.get("part", "")) or last,
        at=as_number(request.GET.get("at", "")),
        claim=as_uuid(request.GET.get("claim", "")),
        cursor=request.GET.get("after", ""),
    )


def remember(request: DeskRequest, found: Article, part: int) -> None:
    """Keep which part was shown, so that what is done in it leads back to it."""
    kept = [str(found.pk), part]
    if request.session.get("reading") != kept and (part > 1 or "reading" in request.session):
        request.session["reading"] = kept


def _chosen(request: DeskRequest, name: str, known: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    if asked in known and request.session.get(name, known[0]) != asked:
        request.session[name] = asked
    chosen = str(request.session.get(name, known[0]))
    return chosen if chosen in known else known[0]


def as_number(written: str) -> int | None:
    """Read a number from an address; None for anything else."""
    fits = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    return int(written) if fits else None


def as_uuid(written: str) -> UUID | None:
    """Read an id from an address; None for anything else."""
    try:
        return UUID(written)
    except ValueError:
        return None
