import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from sources.models.blobs import Blob
from sources.models.rules import GENESIS, is_sha256
from sources.models.sources import FILE_ADDRESS, Source
from sources.states import CaptureKind

# Which columns a fetch and an upload must have.
IS_FETCH = Q(
    kind=CaptureKind.FETCH,
    request_id__isnull=False,
    status__isnull=False,
    peer_address__isnull=False,
    file_name="",
)
IS_UPLOAD = Q(
    kind=CaptureKind.UPLOAD,
    request_id__isnull=True,
    status__isnull=True,
    peer_address__isnull=True,
    hops=[],
    truncated=False,
    requested_by__isnull=False,
    url=Concat(Value(FILE_ADDRESS), F("digest")),
    final_url=F("url"),
) & ~Q(file_name="")


class Capture(models.Model):
    """One kept fetch of a source, or a file that a person gave. Never changed, by the database.

    A fetch has a request, an answer's status and a peer; an upload has a person and a file's name.
    `digest` is the SHA-256 of the decoded body; `warc` holds the exact bytes of the wire.
    Manifests form a chain in the order of `number`, which has no holes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    kind = models.CharField(max_length=6, choices=CaptureKind, default=CaptureKind.FETCH)
    request_id = models.UUIDField(unique=True, null=True)
    url = models.TextField()
    final_url = models.TextField()
    status = models.PositiveSmallIntegerField(null=True)
    hops = models.JSONField()
    peer_address = models.GenericIPAddressField(null=True)
    file_name = models.CharField(max_length=255, blank=True, default="")
    media_type = models.CharField(max_length=255, blank=True)
    wire_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    body = models.ForeignKey(Blob, models.PROTECT, db_column="body_digest", related_name="+")
    warc = models.ForeignKey(Blob, models.PROTECT, db_column="warc_digest", related_name="+")
    truncated = models.BooleanField()
    captured_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    manifest = models.JSONField()
    manifest_digest = models.CharField(max_length=64, unique=True)
    # Unique, so that the chain cannot fork.
    previous_manifest_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["source", "-captured_at"], name="sources_capture_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="sources_capture_numbers_start_at_one"
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous_manifest_digest=GENESIS)
                | Q(number__gt=1) & ~Q(previous_manifest_digest=GENESIS),
                name="sources_capture_chain_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(digest=F("body")), name="sources_capture_digest_is_of_its_body"
            ),
            models.CheckConstraint(
                condition=is_sha256("manifest_digest") & is_sha256("previous_manifest_digest"),
                name="sources_capture_manifests_are_sha256",
            ),
            models.CheckConstraint(
                condition=Q(status__gte=200, status__lt=300), name="sources_capture_is_of_a_page"
            ),
            models.CheckConstraint(
                condition=Q(wire_bytes__gte=0), name="sources_capture_size_not_negative"
            ),
            models.CheckConstraint(
                condition=IS_FETCH | IS_UPLOAD, name="sources_capture_is_fetch_or_upload"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.captured_at:%Y-%m-%d %H:%M}"

    @property
    def is_upload(self) -> bool:
        """Whether a person gave the bytes; else they were fetched."""
        return self.kind == CaptureKind.UPLOAD

    @property
    def body_digest(self) -> str:
        """The name of the blob that holds the decoded body."""
        return self.body_id

    @property
    def warc_digest(self) -> str:
        """The name of the blob that holds the WARC records."""
        return self.warc_id


class ExtractedText(models.Model):
    """The text that one extractor read from a capture. The database refuses every change to it."""

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="texts")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    extractor = models.CharField(max_length=40)
    extractor_version = models.CharField(max_length=40)
    # What the document says of itself: suggestions, until a person confirms them on the source.
    title = models.CharField(max_length=500, blank=True, default="")
    author = models.CharField(max_length=500, blank=True, default="")
    publisher = models.CharField(max_length=500, blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    # The offset in the text at which each page of a PDF begins; empty for everything else.
    pages = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=is_sha256("sha256"), name="sources_text_digest_is_sha256"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="sources_text_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title or self.sha256
