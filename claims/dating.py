"""As of when a verdict holds, and when somebody should look again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from claims.models import VerdictVersion


def fill(version: VerdictVersion, *, at: datetime) -> VerdictVersion:
    """Put the day of submission, and the desk's interval, where a draft names no days."""
    day = timezone.localdate(at)
    version.holds_as_of = version.holds_as_of or day
    if version.look_again_on is None and settings.LOOK_AGAIN_DAYS > 0:
        # The interval counts from the submission: as of an old day it might be over already.
        version.look_again_on = day + timedelta(days=settings.LOOK_AGAIN_DAYS)
    version.save(update_fields=["holds_as_of", "look_again_on"])
    return version


def forget(version: VerdictVersion, submitted_at: datetime | None) -> VerdictVersion:
    """Take off what `fill` put there at a submission that is undone."""
    if submitted_at is None:
        return version
    day = timezone.localdate(submitted_at)
    if version.holds_as_of == day:
        version.holds_as_of = None
    interval = timedelta(days=settings.LOOK_AGAIN_DAYS)
    if interval and version.look_again_on == day + interval:
        version.look_again_on = None
    version.save(update_fields=["holds_as_of", "look_again_on"])
    return version
