import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.blocks import BLOCKS, SUMMARY
from claims.models.articles import ArticleRevision
from claims.models.claims import Claim
from claims.models.evidence import Evidence
from claims.models.verdicts import VerdictVersion
from claims.together_states import CommentPlace
from factcheck.accounts.models import User

_NO_WORDS = Q(start=None, end=None, exact="")
_WORDS = Q(start__isnull=False, end__gt=F("start")) & ~Q(exact="")
_PLACES = (
    Q(place=CommentPlace.CLAIM, revision=None, evidence=None, version=None, block="") & _NO_WORDS
    | Q(place=CommentPlace.ARTICLE, revision__isnull=False, evidence=None, version=None, block="")
    & _WORDS
    | Q(place=CommentPlace.EVIDENCE, revision=None, evidence__isnull=False, version=None, block="")
    & (_NO_WORDS | _WORDS)
    | Q(place=CommentPlace.DRAFT, revision=None, evidence=None, version__isnull=False)
    & ~Q(block="")
    & (_NO_WORDS | _WORDS)
)


class Thread(models.Model):
    """Comments that answer each other: on a claim, or on words of what belongs to it.

    `exact` stood at [start, end) of the revision, the quote or the block of the draft when the
    thread was begun, as a trigger makes sure; whether it still does is looked up when it is shown.
    Internal: no payload and no page for readers holds any of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="threads")
    place = models.CharField(max_length=10, choices=CommentPlace.choices)
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, null=True, related_name="threads")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="threads")
    version = models.ForeignKey(VerdictVersion, models.PROTECT, null=True, related_name="threads")
    block = models.CharField(max_length=20, blank=True, default="")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    exact = models.CharField(max_length=2000, blank=True, default="")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=CommentPlace.values), name="claims_thread_place_known"
            ),
            models.CheckConstraint(condition=_PLACES, name="claims_thread_place_whole"),
            models.CheckConstraint(
                condition=Q(block__in=["", SUMMARY.code, *(part.code for part in BLOCKS)]),
                name="claims_thread_block_known",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="claims_thread_resolved_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "-created_at", "-id"], name="claims_thread_of_claim"),
            models.Index(
                fields=["revision"],
                condition=Q(place=CommentPlace.ARTICLE, resolved_at=None),
                name="claims_thread_in_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.exact[:80]}"

    def get_absolute_url(self) -> str:
        """The claim's page, with this thread on it."""
        return f"{reverse('claims:claim', args=[self.claim_id])}?thread={self.pk}#thread-{self.pk}"


class Comment(models.Model):
    """What somebody wrote in a thread. Once deleted, only its place is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    text = models.CharField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="claims_comment_text_given")
        ]
        indexes = [models.Index(fields=["thread", "at", "id"], name="claims_comment_in_order")]

    def __str__(self) -> str:
        return self.text[:80]


class CommentWording(models.Model):
    """An older text of a comment that was edited. Never changes."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="wordings")
    text = models.CharField(max_length=4000)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]


class Mention(models.Model):
    """Somebody is named in a comment."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="claims_mention_once")
        ]

    def __str__(self) -> str:
        return f"@{self.person.username}"
