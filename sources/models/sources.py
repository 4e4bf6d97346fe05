import hashlib
import uuid

from django.conf import settings
from django.db import models


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
    """An original resource that is cited, known by its normalised address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.TextField()
    # An index row holds 2.7 kB at most and addresses may be longer, so their digest is unique.
    url_digest = models.GeneratedField(
        expression=TextDigest("url"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
        unique=True,
    )
    title = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(url__regex=r"^https?://[!-~]+$"),
                name="sources_source_address_is_web",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url
