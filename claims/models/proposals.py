import uuid

from django.db import models
from django.db.models import Q

from claims.models.articles import ArticleRevision
from claims.states import RunState
from factcheck.accounts.models import User


class ProposalRun(models.Model):
    """One question to the language model about one revision: the queue's row and its provenance.

    Changed by claims/proposing.py alone. `offered` is how many claims the answer held, `kept`
    how many became new claims or (`reworded`) wordings for known ones, `dropped` how many did not
    stand in the text, to the letter, or said nothing new.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="proposal_runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    endpoint = models.CharField(max_length=300, blank=True, default="")
    model = models.CharField(max_length=120, blank=True, default="")
    prompt_sha256 = models.CharField(max_length=64, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    offered = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    reworded = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="claims_run_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, lease_token__isnull=False)
                | (~Q(state=RunState.RUNNING) & Q(lease_token=None, lease_until=None)),
                name="claims_run_leased_while_running",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.FAILED) | ~Q(error_code=""),
                name="claims_run_failure_has_code",
            ),
            models.CheckConstraint(
                condition=Q(offered=models.F("kept") + models.F("dropped")),
                name="claims_run_counts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(reworded__lte=models.F("kept")), name="claims_run_wordings_are_kept"
            ),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(state__in=(RunState.QUEUED, RunState.RUNNING)),
                name="claims_run_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model or 'model'} on {self.revision_id}: {self.state}"
