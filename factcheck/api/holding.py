"""Which keys hold which version of a verdict, read from the receipts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from claims.models import Change
from claims.states import LEDGER_KINDS

SIZE: Final = 100  # keys of a page

# For each key: when it was first served anything older than `needed`, the newest such number, and
# when it was first served `needed` or later; by single verdicts, and by runs of the list.
HOLDERS = """
WITH told AS (SELECT unnest(%(told)s::bigint[]) AS seq), held AS (
    SELECT k.id, k.partner, k.prefix, k.revoked_at IS NOT NULL AS is_revoked,
           least(one.old_at, run.old_at) AS old_at,
           greatest(one.old_seq, run.old_seq) AS old_seq,
           least(one.new_at, run.new_at) AS new_at
    FROM api_apikey k
    LEFT JOIN LATERAL (
        SELECT min(first_at) FILTER (WHERE seq < %(needed)s) AS old_at,
               max(seq) FILTER (WHERE seq < %(needed)s) AS old_seq,
               min(first_at) FILTER (WHERE seq >= %(needed)s) AS new_at
        FROM api_receipt WHERE key_id = k.id AND verdict_id = %(verdict)s
    ) one ON true
    LEFT JOIN LATERAL (
        SELECT min(at) FILTER (WHERE told.seq < %(needed)s) AS old_at,
               max(told.seq) FILTER (WHERE told.seq < %(needed)s) AS old_seq,
               min(at) FILTER (WHERE told.seq >= %(needed)s) AS new_at
        FROM told JOIN api_listreceipt r
          ON r.key_id = k.id AND r.upto >= told.seq AND r.after < told.seq
    ) run ON true
)
SELECT id, partner, prefix, is_revoked, old_at, old_seq, new_at FROM held
WHERE old_at IS NOT NULL OR new_at IS NOT NULL
ORDER BY new_at IS NOT NULL, partner, id
OFFSET %(offset)s LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Holder:
    """A key and what it holds: since when a version before the correction, since when after it."""

    key: int
    partner: str
    prefix: str
    is_revoked: bool
    old_at: datetime | None
    old_version: int | None
    new_at: datetime | None

    @property
    def is_wrong(self) -> bool:
        """Whether it holds what was corrected or withdrawn since, and nothing newer."""
        return self.new_at is None


@dataclass(frozen=True)
class Holders:
    """A page of holders, those with a wrong version first; `needed` is the newest correction."""

    needed: Change | None
    rows: list[Holder]
    has_more: bool


def of_verdict(verdict_id: UUID, *, offset: int = 0, size: int = SIZE) -> Holders:
    """Return which keys hold the verdict, and which of them a wrong version; two queries.

    A key whose list stopped between two numbers of the verdict counts as wrong, even where it never
    met the older one: it does not hold the correction either.
    """
    rows = Change.objects.filter(verdict=verdict_id).select_related("version").order_by("seq")
    changes = list(rows.defer("version__manifest", "version__reasoning"))
    corrections = [change for change in changes if change.kind in LEDGER_KINDS]
    needed = corrections[-1] if corrections else None
    versions = {change.seq: change.version.number for change in changes}
    parameters: dict[str, Any] = {
        "told": list(versions),
        "needed": needed.seq if needed else 0,
        "verdict": verdict_id,
        "offset": offset,
        "limit": size + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, parameters)
        found = [
            Holder(key, partner, prefix, revoked, old_at, versions.get(old_seq), new_at)
            for key, partner, prefix, revoked, old_at, old_seq, new_at in cursor.fetchall()
        ]
    return Holders(needed, found[:size], len(found) > size)
