from django.db import models


class Event(models.Model):
    """Something that happened: who did what to which row, and when.

    No foreign keys: an event must outlive whatever it speaks of. Rows are append-only.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, default="")
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="audit_event_target")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"


class Link(models.Model):
    """An event's place in the hash chain; the database writes it when the event commits.

    The digest is SHA-256 of the previous digest and the event's own fields, one to a line.
    `number` has no holes, so a missing link shows.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="link")
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="audit_link_numbers_start_at_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
