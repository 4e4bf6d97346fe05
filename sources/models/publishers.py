import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Publisher(models.Model):
    """Who stands behind sources, as a person confirmed it, and who owns it, as far as is known.

    Owners form chains without a circle: the database sees to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=500)
    owner = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="owned")
    # Who changed it last, and when; the audit trail holds each change.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="sources_publisher_by_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="sources_publisher_has_a_name"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | ~Q(owner=F("id")),
                name="sources_publisher_owned_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublisherSpelling(models.Model):
    """One way to write a publisher's name; `key` is what every spelling alike shares."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="spellings")
    words = models.CharField(max_length=500)
    key = models.CharField(max_length=600, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(key=""), name="sources_spelling_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class PublisherDomain(models.Model):
    """A registrable domain whose pages a publisher stands behind."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)+$"),
                name="sources_domain_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.domain
