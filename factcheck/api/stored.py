"""Reading the partners' rows: plain SQL, because compiling a query costs more than running it."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from django.db import connection

Form = Literal["body", "claim_review"]

DETAIL = {
    "body": "SELECT seq, etag, updated_at, body FROM claims_published WHERE verdict_id = %s",
    "claim_review": (
        "SELECT seq, etag, updated_at, claim_review FROM claims_published WHERE verdict_id = %s"
    ),
}
PAGE = {
    "body": (
        "SELECT seq, etag, updated_at, body FROM claims_published "
        "WHERE seq > %s ORDER BY seq LIMIT %s"
    ),
    "claim_review": (
        "SELECT seq, etag, updated_at, claim_review FROM claims_published "
        "WHERE seq > %s ORDER BY seq LIMIT %s"
    ),
}


class Row(NamedTuple):
    """A published verdict in one of its forms; `text` is JSON, exactly as it is sent."""

    seq: int
    etag: str
    updated_at: datetime
    text: str

    def with_seq(self) -> str:
        """Return the JSON object with its number in front: the number came after the text."""
        return f'{{"seq":{self.seq},{self.text[1:]}'


def find(verdict_id: UUID, *, form: Form) -> Row | None:
    """Return one verdict, or None where nothing was published."""
    with connection.cursor() as cursor:
        cursor.execute(DETAIL[form], [verdict_id])
        row = cursor.fetchone()
    return Row(*row) if row else None


def page(*, after: int, limit: int, form: Form) -> list[Row]:
    """Return up to `limit` verdicts with a greater number than `after`, in order."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE[form], [after, limit])
        return [Row(*row) for row in cursor.fetchall()]
