import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.archiving.reading.jail import WORDS
from sources.models.captures import Capture
from sources.models.rules import reached
from sources.models.sources import Source
from sources.schedule import LONGEST_WAIT
from sources.states import OPEN, RequestState


class CaptureRequest(models.Model):
    """Somebody's wish for a capture: the queue's row. Changed by sources.capturing alone.

    `lease_token` names the worker that holds the row until `lease_until`; nobody else may finish
    it. `report` holds what the last fetch saw (status, hops, address), also when it failed;
    `text_error_code` says why a capture that is kept has no text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A page that a person asked for is fetched whatever robots.txt says, and that is logged.
    obeys_robots = models.BooleanField(default=True)
    # A check keeps a capture only when the page is not the one that is kept.
    is_check = models.BooleanField(default=False)
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_text = models.TextField(blank=True, default="")
    text_error_code = models.CharField(max_length=40, blank=True, default="")
    report = models.JSONField(default=dict, blank=True)
    capture = models.OneToOneField(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=OPEN),
                name="sources_request_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="sources_request_state_known"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state__in=OPEN), name="sources_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RequestState.RUNNING,
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | ~Q(state=RequestState.RUNNING)
                & Q(lease_token__isnull=True, lease_until__isnull=True),
                name="sources_request_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.DONE, capture__isnull=False)
                | ~Q(state=RequestState.DONE) & Q(capture__isnull=True),
                name="sources_request_capture_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | ~Q(state__in=OPEN) & Q(finished_at__isnull=False),
                name="sources_request_finished_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.UNCHANGED) | Q(is_check=True),
                name="sources_request_unchanged_is_a_check",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.FAILED) | ~Q(error_code=""),
                name="sources_request_failure_has_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.state}"

    @property
    def text_error(self) -> str:
        """Why the capture has no text, in words; empty when it has one."""
        words = WORDS.get(self.text_error_code, "")
        return words.format(media_type=self.report.get("media_type") or "unknown")


def rest_is_over(at: datetime) -> Q:
    """Return the condition that a request may be taken up, by the clock as it stands now."""
    return reached("not_before", at=at, within=LONGEST_WAIT)


def lease_is_over(at: datetime) -> Q:
    """Return the condition that the worker that holds a request is taken for dead."""
    lease = timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)
    return reached("lease_until", at=at, within=lease)
