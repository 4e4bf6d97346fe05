"""A page of sources by keyset: it costs the same at the start and at the end of a long list."""

import base64
import json
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

from factcheck.errors import Permanent
from sources.models import Publisher, Source

PAGE_SIZE = 30
Row = TypeVar("Row", bound=Model)


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


def older(
    rows: QuerySet[Row], *, cursor: str = "", size: int = PAGE_SIZE, column: str = "id"
) -> tuple[list[Row], str]:
    """Return the rows with the highest `column`, a unique number, and the next page's cursor.

    Raises CursorError.
    """
    if cursor:
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):  # noqa: PLR2004 (fits a bigint)
            raise CursorError
        rows = rows.filter(**{f"{column}__lt": int(cursor)})
    found = list(rows.order_by(f"-{column}")[: size + 1])
    following = str(getattr(found[size - 1], column)) if len(found) > size else ""
    return found[:size], following


def by_name(
    rows: QuerySet[Publisher], *, cursor: str = "", size: int = PAGE_SIZE
) -> tuple[list[Publisher], str]:
    """Return publishers by their names, and the next page's cursor, empty on the last page.

    Raises CursorError.
    """
    if cursor:
        name, last = _decode_name(cursor)
        rows = rows.filter(Q(name__gt=name) | Q(name=name, id__gt=last))
    found = list(rows.order_by("name", "id")[: size + 1])
    if len(found) <= size:
        return found, ""
    return found[:size], _packed([found[size - 1].name, str(found[size - 1].pk)])


def _packed(values: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _decode_name(cursor: str) -> tuple[str, UUID]:
    try:
        name, pk = json.loads(base64.urlsafe_b64decode(cursor))
        if not isinstance(name, str) or "\x00" in name:
            raise CursorError
        return name, UUID(pk)
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error


def _encode(pk: UUID, at: datetime) -> str:
    return _packed([at.isoformat(), str(pk)])


def _decode(cursor: str) -> tuple[datetime, UUID]:
    try:
        written, pk = json.loads(base64.urlsafe_b64decode(cursor))
        at = parse_datetime(written)
        if at is None:
            raise CursorError
        return at, UUID(pk)
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error
