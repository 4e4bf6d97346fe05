import uuid

from django.db import models
from django.db.models import Q

from claims.models.earlier import EarlierClaim
from factcheck.accounts.models import User
from sources.models import Work
from sources.states import OPEN_WORK, WorkState


class ClaimReviewFeed(models.Model):
    """A place where another desk lists its reviews. Changed by claims/following.py alone.

    `every_hours` is how often it is fetched, `next_at` when next; None while it is paused or
    removed. `etag` and `last_modified` are what the server said of the answer at `answered_url`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.CharField(max_length=2000)
    name = models.CharField(max_length=200)
    every_hours = models.PositiveSmallIntegerField(default=24)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    answered_url = models.CharField(max_length=2000, blank=True, default="")
    etag = models.CharField(max_length=1024, blank=True, default="")
    last_modified = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=Q(removed_at=None), name="claims_feed_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="claims_feed_has_a_name"),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https?://[!-~]+$"), name="claims_feed_address_of_the_web"
            ),
            models.CheckConstraint(
                condition=Q(every_hours__gte=1, every_hours__lte=24 * 31),
                name="claims_feed_rhythm_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_by=None)
                | Q(paused_at__isnull=False, paused_by__isnull=False),
                name="claims_feed_paused_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="claims_feed_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, removed_at=None, next_at__isnull=False)
                | Q(next_at=None) & ~Q(paused_at=None, removed_at=None),
                name="claims_feed_due_unless_stopped",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="claims_feed_due"),
            models.Index(
                fields=["-added_at", "-id"],
                condition=Q(removed_at=None),
                name="claims_feed_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.url}"


class FeedFetch(Work):
    """One fetch of a feed: the queue's row, and what came of it.

    `refused` counts reviews that could not be used, by reason. `unlisted` counts those that were
    no longer in the feed. `by_answer` means that the server said that nothing changed (304).
    """

    NOUN = "feed_fetch"

    feed = models.ForeignKey(ClaimReviewFeed, models.PROTECT, related_name="fetches")
    by_answer = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    unlisted = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=dict)

    class Meta(Work.Meta):
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["feed", "-requested_at"], name="claims_feedfetch_newest"),
        ]
        constraints = [
            *Work.Meta.constraints,
            models.UniqueConstraint(
                fields=["feed"], condition=Q(state__in=OPEN_WORK), name="claims_feedfetch_one_open"
            ),
            models.CheckConstraint(
                condition=Q(by_answer=False)
                | Q(state=WorkState.DONE, new=0, changed=0, known=0, unlisted=0),
                name="claims_feedfetch_unchanged_has_no_counts",
            ),
        ]


class FeedListing(models.Model):
    """That a feed lists an earlier claim, since when, and until when if it does no longer.

    `fetch` is the last fetch that found it.
    """

    feed = models.ForeignKey(ClaimReviewFeed, models.PROTECT, related_name="listings")
    earlier = models.ForeignKey(EarlierClaim, models.CASCADE, related_name="listings")
    fetch = models.ForeignKey(FeedFetch, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    unlisted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "earlier"], name="claims_feedlisting_once"),
            models.CheckConstraint(
                condition=Q(unlisted_at=None) | Q(unlisted_at__gte=models.F("since")),
                name="claims_feedlisting_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} lists {self.earlier_id}"
