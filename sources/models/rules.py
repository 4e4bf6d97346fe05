from datetime import datetime, timedelta

from django.db.models import Q

SHA256 = r"^[0-9a-f]{64}$"
GENESIS = "0" * 64


# Clocks of machines that work together differ by less.
SKEW = timedelta(hours=1)


def reached(field: str, *, at: datetime, within: timedelta) -> Q:
    """Return the condition that the time in `field` has come.

    Nothing is ever put off for longer than `within`, so a time further ahead was written by a clock
    that was wrong and has been set back: it has come too, or the row would wait for years.
    """
    return Q(**{f"{field}__lte": at}) | Q(**{f"{field}__gt": at + within + SKEW})


def is_sha256(field: str) -> Q:
    """Return the condition that `field` holds a SHA-256 in lower-case hexadecimal."""
    return Q(**{f"{field}__regex": SHA256})
