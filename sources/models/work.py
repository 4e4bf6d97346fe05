import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.models.blobs import Blob
from sources.models.captures import Capture
from sources.models.rules import is_sha256
from sources.models.sources import Source
from sources.states import OPEN_WORK, ReplicaKind, WorkState

_NAME = "%(app_label)s_%(class)s_"


class Work(models.Model):
    """Something to be done with another service: a queue's row. Only sources.queueing changes it.

    `lease_token` names the worker that holds the row until `lease_until`; nobody else may finish
    it. `error_code` and `error_text` say how the last attempt ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.QUEUED)
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
    finished_at = models.DateTimeField(null=True, blank=True)

    # How the audit trail speaks of it.
    NOUN: ClassVar[str]

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state__in=OPEN_WORK), name=_NAME + "open"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WorkState.values), name=_NAME + "state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=WorkState.RUNNING, lease_token__isnull=False, lease_until__isnull=False
                )
                | ~Q(state=WorkState.RUNNING)
                & Q(lease_token__isnull=True, lease_until__isnull=True),
                name=_NAME + "leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_WORK, finished_at__isnull=True)
                | ~Q(state__in=OPEN_WORK) & Q(finished_at__isnull=False),
                name=_NAME + "finished_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=WorkState.FAILED) | ~Q(error_code=""),
                name=_NAME + "failure_has_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class DayStamp(Work):
    """The time stamp of the newest capture of a day, and with it of the chain up to there.

    `digest` is that capture's manifest digest, `token` the authority's answer (RFC 3161) as it
    came, `stamped_at` the time that it states. What is to be stamped never changes, nor does a
    stamp: the database sees to it.
    """

    NOUN = "stamp"

    day = models.DateField(unique=True)
    capture = models.OneToOneField(Capture, models.PROTECT, related_name="stamp")
    digest = models.CharField(max_length=64)
    authority = models.CharField(max_length=300, blank=True, default="")
    token = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, db_column="token_digest", related_name="+"
    )
    stamped_at = models.DateTimeField(null=True, blank=True)

    class Meta(Work.Meta):
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                condition=is_sha256("digest"), name="sources_daystamp_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(state=WorkState.DONE, token__isnull=False, stamped_at__isnull=False)
                | ~Q(state=WorkState.DONE) & Q(token__isnull=True, stamped_at__isnull=True),
                name="sources_daystamp_token_when_done",
            ),
        ]

    @property
    def token_digest(self) -> str:
        """The name of the blob that holds the authority's answer; empty while there is none."""
        return self.token_id or ""


class Replica(Work):
    """A copy of a source elsewhere: looked for, or asked for. Our own capture is the archive.

    `address` and `archived_at` name the copy: of a look-up the one nearest to our capture, with
    how many `copies` there are. `job` is the service's name for a request that it works on.
    """

    NOUN = "replica"

    source = models.ForeignKey(Source, models.PROTECT, related_name="replicas")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ReplicaKind)
    service = models.CharField(max_length=253)
    job = models.CharField(max_length=100, blank=True, default="")
    job_at = models.DateTimeField(null=True, blank=True)
    address = models.TextField(blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Work.Meta):
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["source", "-requested_at"], name="sources_replica_newest"),
        ]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ReplicaKind.values), name="sources_replica_kind_known"
            ),
            models.UniqueConstraint(
                fields=["source", "kind"],
                condition=Q(state__in=OPEN_WORK),
                name="sources_replica_one_open",
            ),
            models.UniqueConstraint(
                fields=["capture", "kind"],
                condition=Q(requested_by__isnull=True),
                name="sources_replica_one_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(address="", archived_at__isnull=True)
                | Q(address__regex=r"^https?://[!-~]+$", archived_at__isnull=False),
                name="sources_replica_address_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(job="", job_at__isnull=True) | ~Q(job="") & Q(job_at__isnull=False),
                name="sources_replica_job_has_a_time",
            ),
            models.CheckConstraint(
                # Said of each outcome in full: a comparison with nothing is not false to SQL.
                condition=~Q(state=WorkState.DONE) & Q(address="", copies__isnull=True)
                | Q(state=WorkState.DONE, kind=ReplicaKind.SUBMISSION, copies__isnull=True)
                & ~Q(address="")
                | Q(state=WorkState.DONE, kind=ReplicaKind.LOOKUP, copies__isnull=False)
                & (Q(copies=0, address="") | Q(copies__gt=0) & ~Q(address="")),
                name="sources_replica_copy_when_done",
            ),
        ]
