"""Asking for checks: of every source whose time has come, and of one that a person names."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from factcheck.accounts.models import User
from sources import capturing
from sources.models import CaptureRequest, Source, Watch
from sources.schedule import LONGEST

AT_ONCE = 100
# When nothing comes back of a request that was made, the source is due again after this long.
_PATIENCE = timedelta(days=1)
# A time further off than any schedule was written by a clock that had jumped.
_TOO_FAR = timedelta(days=LONGEST + 1)


@transaction.atomic
def ask_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Make a capture request for every watched source that is due; return how many.

    Two sweepers at once ask for different sources; a source with an open request gets no second.
    """
    if not settings.WATCH_SOURCES:
        return 0
    rows = list(
        Watch.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("source")
        .filter(Q(next_at__lte=at) | Q(next_at__gt=at + _TOO_FAR))
        .order_by("next_at")[:limit]
    )
    for row in rows:
        capturing.request_check(source=row.source, by=None, at=at)
    Watch.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=at + _PATIENCE)
    return len(rows)


def check_now(*, source: Source, by: User, at: datetime) -> CaptureRequest:
    """Look at a source at once, whatever its schedule and robots.txt say: a person asked."""
    return capturing.request_check(source=source, by=by, at=at)
