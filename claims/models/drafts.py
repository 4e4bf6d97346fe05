"""What belongs to a draft only: its saved states, who is writing, interests, what has to change."""

from django.db import models
from django.db.models import F, Q

from claims.models.verdicts import ChangesRequest, VerdictVersion
from factcheck.accounts.models import User


class DraftRevision(models.Model):
    """A draft as it was saved once. Never changes.

    `content` holds every part as text, by its name in claims/blocks.py. `page` tells the page that
    saved it from other pages of the same person; empty where no page did.
    """

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="saved")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    page = models.CharField(max_length=32, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="claims_draftrevision_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} as saved in revision {self.number}"


class DraftLease(models.Model):
    """Who is writing a draft. It runs out at `until`; nobody else saves before that."""

    version = models.OneToOneField(
        VerdictVersion, models.CASCADE, primary_key=True, related_name="lease"
    )
    holder = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="claims_draftlease_has_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} until {self.until}"


class Declaration(models.Model):
    """What somebody who works on a version says of their interests; no words: they have none.

    Changes in drafts only. Readers see the words, and the name where `is_named`.
    """

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000, blank=True, default="")
    is_named = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="claims_declaration_once"),
            models.CheckConstraint(
                condition=Q(is_named=False) | ~Q(words=""), name="claims_declaration_names_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words or "none"


class BlockRequest(models.Model):
    """What an editor who sent a version back wants changed in one part. Never changes.

    `was` is the SHA-256 of the part as it was: it is done once the part says something else.
    """

    request = models.ForeignKey(ChangesRequest, models.PROTECT, related_name="blocks")
    block = models.CharField(max_length=30)
    reason = models.CharField(max_length=2000)
    was = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "block"], name="claims_blockrequest_once"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="claims_blockrequest_reason_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block}: {self.reason}"
