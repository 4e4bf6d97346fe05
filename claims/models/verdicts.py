import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.blocks import BLOCKS, SUMMARY
from claims.models.claims import Claim
from claims.models.scales import Rating
from claims.states import (
    OPEN_STATES,
    PUBLIC_STATES,
    SEALED_STATES,
    UNSEALED_STATES,
    CorrectionKind,
    VersionState,
)
from factcheck.accounts.models import User

HAS_BLOCKS = ~(
    Q(what_is_claimed="") | Q(what_we_found="") | Q(what_we_do_not_know="") | Q(conclusion="")
)


class Verdict(models.Model):
    """The desk's decision on a claim. What it says stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="verdict")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Verdict on “{self.claim}”"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("claims:verdict", args=[self.pk])


class VerdictVersion(models.Model):
    """A numbered version of a verdict.

    Only claims/workflow/ changes its state. Triggers hold the same rules: transitions, content
    frozen outside of drafts, no approval or publication without a second person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=VersionState.choices, default=VersionState.DRAFT
    )
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+")
    summary = models.CharField(max_length=500, blank=True, default="")
    # The reasoning in one text, of versions that were written before it had blocks.
    reasoning = models.TextField(max_length=20_000, blank=True, default="")
    what_is_claimed = models.TextField(max_length=20_000, blank=True, default="")
    what_we_found = models.TextField(max_length=20_000, blank=True, default="")
    what_we_do_not_know = models.TextField(max_length=20_000, blank=True, default="")
    conclusion = models.TextField(max_length=20_000, blank=True, default="")
    # Why one primary source is enough, and what was looked for on the other side.
    sole_source_reason = models.CharField(max_length=2000, blank=True, default="")
    considered = models.CharField(max_length=2000, blank=True, default="")
    # The day for which it holds, and the day on which somebody should look again.
    holds_as_of = models.DateField(null=True)
    look_again_on = models.DateField(null=True)
    # What a version after a published one changes, in a word and for readers. Empty on a first one.
    correction_kind = models.CharField(
        max_length=20, choices=CorrectionKind.choices, blank=True, default=""
    )
    correction_note = models.CharField(max_length=1000, blank=True, default="")
    # How many editors must say yes; set when the version is sealed.
    approvals_required = models.PositiveSmallIntegerField(default=1)
    # Counts every save, so that a stale form is noticed.
    revision = models.PositiveIntegerField(default=1)
    manifest = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "number"], name="claims_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["verdict"],
                condition=Q(state__in=OPEN_STATES),
                name="claims_version_one_open",
            ),
            models.UniqueConstraint(
                fields=["verdict"],
                condition=Q(state=VersionState.PUBLISHED),
                name="claims_version_one_published",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="claims_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNSEALED_STATES, digest="", manifest=None)
                | (
                    Q(state__in=SEALED_STATES, manifest__isnull=False, rating__isnull=False)
                    & Q(submitted_by__isnull=False, submitted_at__isnull=False)
                    & ~Q(digest="")
                    & ~Q(summary="")
                    & (~Q(reasoning="") | HAS_BLOCKS)
                ),
                name="claims_version_sealed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="claims_version_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(correction_kind__in=["", *CorrectionKind.values]),
                name="claims_version_correction_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(approvals_required__gte=1), name="claims_version_approvals_required"
            ),
            models.CheckConstraint(
                condition=Q(look_again_on__isnull=True)
                | Q(holds_as_of__isnull=True)
                | Q(look_again_on__gt=F("holds_as_of")),
                name="claims_version_looks_again_later",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "updated_at", "id"],
                condition=Q(state__in=OPEN_STATES),
                name="claims_version_open",
            ),
            models.Index(
                fields=["look_again_on", "id"],
                condition=Q(state=VersionState.PUBLISHED, look_again_on__isnull=False),
                name="claims_version_look_again",
            ),
            models.Index(
                fields=["updated_at", "id"],
                condition=Q(state=VersionState.ABANDONED),
                name="claims_version_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} (version {self.number}, {self.state})"

    def get_absolute_url(self) -> str:
        """The approval page."""
        return reverse("claims:approval", args=[self.pk])

    @property
    def blocks(self) -> dict[str, str]:
        """The reasoning by block; one that was written before there were any was what was found."""
        found = {block.code: getattr(self, block.code) for block in BLOCKS}
        return found if any(found.values()) else found | {"what_we_found": self.reasoning}

    def words(self, block: str) -> str:
        """What stands in a block, or as the summary."""
        return self.summary if block == SUMMARY.code else self.blocks[block]


class VersionContributor(models.Model):
    """Somebody who worked on a version, and who therefore cannot approve it."""

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="contributors")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="claims_contributor_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.version_id}"


class Approval(models.Model):
    """An editor's yes, bound to one digest of the version. Never changes.

    It holds for as long as the version's digest is the one that was approved.
    """

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="approvals")
    editor = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "editor", "digest"], name="claims_approval_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.editor} approved {self.digest[:12]}"


class ChangesRequest(models.Model):
    """An editor sent a version back, with a reason. Never changes."""

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="changes_requests")
    editor = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_changes_reason_given")
        ]

    def __str__(self) -> str:
        return self.reason
