import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sources.models.publishers import Publisher
from sources.states import SourceKind

FILE_ADDRESS = "urn:sha256:"


def address_digest(url: str) -> str:
    """Return what the database computes for `Source.url_digest`: look sources up by it."""
    return hashlib.sha256(url.encode()).hexdigest()


class TextDigest(models.Func):
    """SHA-256 of an ASCII text in hexadecimal, by PostgreSQL's own function.

    convert_to() is not immutable and so not allowed in a generated column; the cast is, and reads
    a doubled backslash as one.
    """

    template = r"encode(sha256(replace(%(expressions)s, '\', '\\')::bytea), 'hex')"
    output_field = models.CharField(max_length=64)


class Source(models.Model):
    """An original resource that is cited: a web page by its normalised address, or a file.

    The address of a file is `urn:sha256:` with the digest of its bytes. Title, author, publisher
    and day are what a person has confirmed, never what a document says of itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=4, choices=SourceKind, default=SourceKind.WEB)
    url = models.TextField()
    # An index row holds 2.7 kB at most and addresses may be longer, so their digest is unique.
    url_digest = models.GeneratedField(
        expression=TextDigest("url"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
        unique=True,
    )
    title = models.CharField(max_length=500, blank=True, default="")
    author = models.CharField(max_length=500, blank=True, default="")
    publisher = models.CharField(max_length=500, blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    # Who confirmed one of the four last, and when; the audit trail holds each.
    details_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    details_at = models.DateTimeField(null=True, blank=True)
    # Whom a person said it belongs to, where its publisher's name or its domain would say another.
    chosen_publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="chosen_for"
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SourceKind.WEB, url__regex=r"^https?://[!-~]+$")
                | Q(kind=SourceKind.FILE, url__regex=r"^urn:sha256:[0-9a-f]{64}$"),
                name="sources_source_address_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(details_by__isnull=False, details_at__isnull=False)
                | Q(
                    details_by__isnull=True,
                    details_at__isnull=True,
                    title="",
                    author="",
                    publisher="",
                    published_on__isnull=True,
                ),
                name="sources_source_details_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(chosen_by__isnull=False, chosen_at__isnull=False)
                | Q(chosen_publisher__isnull=True, chosen_by__isnull=True, chosen_at__isnull=True),
                name="sources_source_chosen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def is_file(self) -> bool:
        """Whether it is a file that somebody gave, which has no address to fetch."""
        return self.kind == SourceKind.FILE
