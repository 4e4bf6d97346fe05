from django.db import models
from django.db.models import Q


class Host(models.Model):
    """What pages are fetched from: whose turn it is, and what its robots.txt says.

    Turns are taken at a host's name, so that http and https are one host; robots.txt belongs to an
    origin (RFC 9309), and so do the turns at loopback ports. Each has a row of its own.
    `visitor` is the token of the worker that may ask until `busy_until`; nobody asks before
    `next_at`. `robots_status` is None until the file was asked for, and while it is not known.
    """

    origin = models.CharField(max_length=300, primary_key=True)
    visitor = models.UUIDField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    robots_text = models.TextField(blank=True, default="")
    robots_status = models.PositiveSmallIntegerField(null=True, blank=True)
    robots_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor__isnull=True, busy_until__isnull=True)
                | Q(visitor__isnull=False, busy_until__isnull=False),
                name="sources_host_visited_until_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.origin
