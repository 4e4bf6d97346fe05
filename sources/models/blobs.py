from django.db import models

from sources.models.rules import is_sha256


class Blob(models.Model):
    """Bytes that are kept in the blob store, named by their SHA-256. Rows never change."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=is_sha256("digest"), name="sources_blob_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=models.Q(size__gte=0), name="sources_blob_size_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.digest
