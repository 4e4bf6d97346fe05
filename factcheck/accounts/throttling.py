"""Limits on guessing, counted in the database: a restart of anything forgets nothing.

One row for each thing that is tried (a name from an address, a name, an address, a person's
codes). Its window begins with the first attempt and lasts fifteen minutes.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.dispatch import Signal

from factcheck.accounts.models import Attempts
from factcheck.errors import Retryable

WINDOW = timedelta(minutes=15)

# Sent once a window, when a limit is first passed: limit, subject, address, at.
burst = Signal()

# An attempt also clears away what a few old windows left, so that nothing has to do it later.
COUNT = """
WITH old AS (
    DELETE FROM accounts_attempts WHERE id IN (
        SELECT id FROM accounts_attempts WHERE window_ends_at <= %(at)s AND key <> %(key)s
        LIMIT 20 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO accounts_attempts AS kept (key, number, window_ends_at)
VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN kept.window_ends_at <= %(at)s THEN 1 ELSE kept.number + 1 END,
    window_ends_at = CASE WHEN kept.window_ends_at <= %(at)s THEN %(ends)s
                     ELSE kept.window_ends_at END
RETURNING number, window_ends_at
"""


@dataclass(frozen=True)
class Limit:
    """How many attempts a window allows; `code` tells the counters apart."""

    code: str
    attempts: int


# Ten guesses at one name from one address: a guesser elsewhere locks nobody out. The wider two
# stop a guesser who changes names or addresses.
NAME_AND_ADDRESS = Limit("name_and_address", 10)
NAME = Limit("name", 100)
ADDRESS = Limit("address", 100)
CODES = Limit("codes", 10)
RESET_ADDRESS = Limit("reset_address", 20)
RESET_MAIL = Limit("reset_mail", 5)


class SignInThrottledError(Retryable):
    """Too many attempts in this window."""

    code = "sign_in_throttled"


def spend(*, limit: Limit, subject: str, at: datetime, address: str = "") -> None:
    """Count an attempt. Raises SignInThrottledError once the limit is passed."""
    values: dict[str, str | datetime] = {"key": _key(limit, subject), "at": at, "ends": at + WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        number, ends = cursor.fetchone()
    if number <= limit.attempts:
        return
    if number == limit.attempts + 1:
        burst.send(sender=Limit, limit=limit, subject=subject, address=address, at=at)
    raise SignInThrottledError(minutes=math.ceil((ends - at).total_seconds() / 60))


def forget(*, limit: Limit, subject: str) -> None:
    """Forget the attempts: the right answer came."""
    Attempts.objects.filter(key=_key(limit, subject)).delete()


def give_back(*, limit: Limit, subject: str) -> None:
    """Take one attempt off: it was no guess. The others keep counting."""
    rows = Attempts.objects.filter(key=_key(limit, subject))
    rows.update(number=Greatest(F("number") - 1, 0))


def _key(limit: Limit, subject: str) -> str:
    return hashlib.sha256(f"{limit.code}\n{subject}".encode()).hexdigest()
