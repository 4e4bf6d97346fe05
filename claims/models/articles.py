import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.states import ArticleState, DismissalReason, Disposition
from factcheck.accounts.models import User


class Article(models.Model):
    """A text under check. Its words stand in its revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=8192, blank=True, default="")
    publisher = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    published_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ArticleState.choices)
    error_code = models.CharField(max_length=60, blank=True, default="")
    capture_request = models.ForeignKey(
        "sources.CaptureRequest", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ArticleState.values), name="claims_article_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.WAITING) | Q(capture_request__isnull=False),
                name="claims_article_waits_for_something",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="claims_article_title_given"),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="claims_article_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The workspace page."""
        return reverse("claims:article", args=[self.pk])

    @property
    def revision(self) -> "ArticleRevision | None":
        """The newest revision, or None while the text is on its way."""
        return self.revisions.order_by("-number").first()


class ArticleRevision(models.Model):
    """One immutable version of an article's text, with the bytes it was read from."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    original = models.ForeignKey("sources.Blob", models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)
    extractor = models.CharField(max_length=100)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="claims_revision_numbered_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claims_revision_text_given"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="claims_revision_numbers_start_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} (revision {self.number})"


class Sentence(models.Model):
    """A sentence of a revision and what became of it. Offsets are code points, end exclusive."""

    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="sentences")
    position = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    disposition = models.CharField(max_length=10, choices=Disposition.choices)
    reason = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"], name="claims_sentence_positioned_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_sentence_has_length"
            ),
            models.CheckConstraint(
                condition=Q(disposition__in=Disposition.values),
                name="claims_sentence_disposition_known",
            ),
            models.CheckConstraint(
                condition=Q(disposition=Disposition.DISMISSED, reason__in=DismissalReason.values)
                | (~Q(disposition=Disposition.DISMISSED) & Q(reason="")),
                name="claims_sentence_dismissed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}: {self.disposition}"


class Citation(models.Model):
    """An article points at a source: by a link in its text, or because a person added it.

    `start` and `end` are the link's words in the first revision, where they were found.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="citations")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    anchor_text = models.CharField(max_length=500, blank=True, default="")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source"], name="claims_citation_source_once"
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")),
                name="claims_citation_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} cites {self.source}"
