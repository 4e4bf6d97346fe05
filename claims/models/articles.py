import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.states import ArticleLanguage, ArticleState, DismissalReason, Disposition
from factcheck.accounts.models import User


class Article(models.Model):
    """A text under check. Its words stand in its revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=8192, blank=True, default="")
    publisher = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(
        max_length=10, choices=ArticleLanguage.choices, default=ArticleLanguage.ENGLISH
    )
    published_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ArticleState.choices)
    error_code = models.CharField(max_length=60, blank=True, default="")
    capture_request = models.ForeignKey(
        "sources.CaptureRequest", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    # Made of the form and of what was sent with it: the same form sent twice is one article.
    intake_key = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "intake_key"],
                name="claims_article_brought_in_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ArticleState.values), name="claims_article_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.WAITING) | Q(capture_request__isnull=False),
                name="claims_article_waits_for_something",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="claims_article_title_given"),
            models.CheckConstraint(
                condition=Q(language__in=ArticleLanguage.values),
                name="claims_article_language_known",
            ),
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


class Number(models.Model):
    """A number of a revision's text, so that none is forgotten.

    What became of it follows from the claims and the sentence around it (claims/coverage.py),
    save where a `reason` sets it aside by itself.
    """

    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="numbers")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "start"], name="claims_number_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_number_has_length"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *DismissalReason.values]),
                name="claims_number_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class Citation(models.Model):
    """An article points at a source: by links in its text, or because a person added it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="citations")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source"], name="claims_citation_source_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} cites {self.source}"


class CitationPlace(models.Model):
    """The words of a revision that link to a source."""

    citation = models.ForeignKey(Citation, models.PROTECT, related_name="places")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citation", "revision", "start"], name="claims_citationplace_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_citationplace_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class ArticleEdit(models.Model):
    """What a person did to an article's claims, kept so that it can be undone.

    `before` and `after` are the touched claims, as claims/editing.py writes them.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="edits")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    # The sentences whose disposition followed: [id, disposition, reason, who decided] before.
    sentences = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["article", "by", "-id"],
                condition=Q(undone_at=None),
                name="claims_articleedit_undoable",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by}"
