"""A page of sources by keyset: it costs the same at the start and at the end of a long list."""

import base64
import json
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from factcheck.errors import Permanent
from sources.models import Source

PAGE_SIZE = 30


class CursorError(Permanent):
    """The cursor in the address is not one of ours."""

    code = "invalid_cursor"


def newest(*, cursor: str = "", size: int = PAGE_SIZE) -> tuple[list[UUID], str]:
    """Return the ids of the newest sources and the next page's cursor, empty on the last page.

    Raises CursorError.
    """
    rows = Source.objects.order_by("-created_at", "-id")
    if cursor:
        at, last = _decode(cursor)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last))
    found = list(rows.values_list("id", "created_at")[: size + 1])
    following = _encode(*found[size - 1]) if len(found) > size else ""
    return [pk for pk, _ in found[:size]], following


def _encode(pk: UUID, at: datetime) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), str(pk)]).encode()).decode()


def _decode(cursor: str) -> tuple[datetime, UUID]:
    try:
        written, pk = json.loads(base64.urlsafe_b64decode(cursor))
        at = parse_datetime(written)
        if at is None:
            raise CursorError
        return at, UUID(pk)
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error
