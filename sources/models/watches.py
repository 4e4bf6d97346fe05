from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.models.captures import Capture
from sources.models.requests import CaptureRequest
from sources.models.sources import Source
from sources.schedule import FAILURES_UNTIL_DEAD, LONGEST
from sources.states import PAGELESS, TELLING, CheckOutcome, WatchState


class Watch(models.Model):
    """When a source is looked at again. Changed by sources.watching alone.

    `interval` is in days. `capture` is the one whose server gave `etag` and `last_modified`, the
    validators of a conditional request. `failures` counts those in a row that are far enough
    apart, the last of them at `failed_at`.
    """

    source = models.OneToOneField(Source, models.PROTECT, primary_key=True, related_name="watch")
    state = models.CharField(max_length=10, choices=WatchState, default=WatchState.WATCHED)
    closely = models.BooleanField(default=False)
    interval = models.PositiveSmallIntegerField(default=1)
    next_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    etag = models.CharField(max_length=1024, blank=True, default="")
    last_modified = models.CharField(max_length=64, blank=True, default="")
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="sources_watch_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WatchState.values), name="sources_watch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=WatchState.PAUSED,
                    next_at__isnull=True,
                    paused_by__isnull=False,
                    paused_at__isnull=False,
                )
                | ~Q(state=WatchState.PAUSED)
                & Q(next_at__isnull=False, paused_by__isnull=True, paused_at__isnull=True),
                name="sources_watch_paused_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=LONGEST),
                name="sources_watch_interval_in_bounds",
            ),
            models.CheckConstraint(
                condition=~Q(state=WatchState.DEAD) | Q(failures__gte=FAILURES_UNTIL_DEAD),
                name="sources_watch_dead_after_failures",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failed_at__isnull=True)
                | Q(failures__gte=1, failed_at__isnull=False),
                name="sources_watch_failures_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.state}"


class Check(models.Model):
    """One look at a source and what came of it. Never changes, but for `looked_up_at`.

    `capture` is what the look found: a new capture, or the kept one that it is still like; None
    where there was no page. Rows of a telling outcome are the queue of whoever quotes the source:
    they set `looked_up_at`, once.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="checks")
    request = models.ForeignKey(CaptureRequest, models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    # The server said so (304), and sent no page.
    by_answer = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_text = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    looked_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["source", "-id"], name="sources_check_history"),
            models.Index(
                fields=["id"],
                condition=Q(looked_up_at=None, outcome__in=TELLING),
                name="sources_check_to_look_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=CheckOutcome.values), name="sources_check_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=PAGELESS, capture__isnull=True) & ~Q(error_code="")
                | ~Q(outcome__in=PAGELESS) & Q(capture__isnull=False, error_code=""),
                name="sources_check_has_a_page_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(by_answer=False)
                | Q(outcome__in=(CheckOutcome.UNCHANGED, CheckOutcome.BACK)),
                name="sources_check_answered_unchanged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.outcome} {self.at:%Y-%m-%d %H:%M}"
