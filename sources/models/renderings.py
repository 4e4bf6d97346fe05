import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.models.blobs import Blob
from sources.models.captures import Capture
from sources.states import OPEN_RENDERINGS, RenderState


class Rendering(models.Model):
    """A captured page as a browser draws it: the queue's row and, once done, what came of it.

    Changed by sources.rendering alone, and once it is done by nobody: the database refuses.
    `report` says what the page asked for while it was drawn, and what of it was refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="renderings")
    state = models.CharField(max_length=10, choices=RenderState, default=RenderState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_text = models.TextField(blank=True, default="")
    browser = models.CharField(max_length=80, blank=True, default="")
    report = models.JSONField(default=dict, blank=True)
    picture = models.ForeignKey(
        Blob,
        models.PROTECT,
        null=True,
        blank=True,
        db_column="picture_digest",
        related_name="+",
    )
    document = models.ForeignKey(
        Blob,
        models.PROTECT,
        null=True,
        blank=True,
        db_column="document_digest",
        related_name="+",
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=OPEN_RENDERINGS),
                name="sources_rendering_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RenderState.values), name="sources_rendering_state_known"
            ),
            models.UniqueConstraint(
                fields=["capture"],
                condition=Q(state__in=OPEN_RENDERINGS),
                name="sources_rendering_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RenderState.RUNNING,
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | ~Q(state=RenderState.RUNNING)
                & Q(lease_token__isnull=True, lease_until__isnull=True),
                name="sources_rendering_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state=RenderState.DONE, picture__isnull=False, document__isnull=False)
                | ~Q(state=RenderState.DONE) & Q(picture__isnull=True, document__isnull=True),
                name="sources_rendering_drawn_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_RENDERINGS, finished_at__isnull=True)
                | ~Q(state__in=OPEN_RENDERINGS) & Q(finished_at__isnull=False),
                name="sources_rendering_finished_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=RenderState.FAILED) | ~Q(error_code=""),
                name="sources_rendering_failure_has_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capture_id} {self.state}"
