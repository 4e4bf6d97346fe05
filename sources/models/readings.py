import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.archiving.reading.jail import WORDS
from sources.models.captures import Capture, ExtractedText
from sources.states import OPEN, ReadingState


class ReadingRequest(models.Model):
    """A wish to have a kept document read: the queue's row. Changed by sources.extracting alone.

    `extracted` is the text that the reading gave; the one there was before, when it gave the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="readings")
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True, default="")
    extracted = models.ForeignKey(
        ExtractedText, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["requested_at"], condition=Q(state__in=OPEN), name="sources_reading_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReadingState.values), name="sources_reading_state_known"
            ),
            models.UniqueConstraint(
                fields=["capture"], condition=Q(state__in=OPEN), name="sources_reading_one_open"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReadingState.RUNNING,
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | ~Q(state=ReadingState.RUNNING)
                & Q(lease_token__isnull=True, lease_until__isnull=True),
                name="sources_reading_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state=ReadingState.DONE, extracted__isnull=False)
                | ~Q(state=ReadingState.DONE) & Q(extracted__isnull=True),
                name="sources_reading_text_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | ~Q(state__in=OPEN) & Q(finished_at__isnull=False),
                name="sources_reading_finished_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReadingState.FAILED) | ~Q(error_code=""),
                name="sources_reading_failure_has_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capture_id} {self.state}"

    @property
    def error_text(self) -> str:
        """Why the document could not be read, in words; empty while there is no reason."""
        words = WORDS.get(self.error_code, "")
        return words.format(media_type=self.capture.media_type or "unknown")
