import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim
from claims.models.complaints import Complaint
from claims.models.replies import ReplyEntry
from claims.states import ReplyLinkState
from factcheck.accounts.models import User
from sources.models import Work
from sources.models.rules import is_sha256


class ReplyLink(models.Model):
    """A link through which a claimant answers once, without an account.

    `digest` is the SHA-256 of the token in it; the token itself is kept nowhere. A claim has one
    link at most that is neither used nor taken back. `entry` is what came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reply_links")
    digest = models.CharField(max_length=64, unique=True)
    asks = models.CharField(max_length=3000)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(ReplyEntry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=is_sha256("digest"), name="claims_replylink_digest"),
            models.CheckConstraint(condition=~Q(asks=""), name="claims_replylink_asks"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="claims_replylink_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="claims_replylink_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, entry=None)
                | Q(used_at__isnull=False, entry__isnull=False, revoked_at=None),
                name="claims_replylink_used_once",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__lte=F("expires_at")),
                name="claims_replylink_used_in_time",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(used_at=None, revoked_at=None),
                name="claims_replylink_one_live",
            ),
        ]
        indexes = [models.Index(fields=["claim", "-made_at"], name="claims_replylink_newest")]

    def __str__(self) -> str:
        return f"Link of {self.made_at:%Y-%m-%d} on {self.claim_id}"

    def state_at(self, at: datetime) -> ReplyLinkState:
        """Where it stands at a time."""
        if self.used_at is not None:
            return ReplyLinkState.USED
        if self.revoked_at is not None:
            return ReplyLinkState.REVOKED
        return ReplyLinkState.EXPIRED if at > self.expires_at else ReplyLinkState.OPEN


class Letter(Work):
    """An e-mail to somebody outside: the desk's answer to a reader, or a claimant's link.

    The row is the queue; what is said in it is written when it is sent, so that no link is kept.
    """

    NOUN = "letter"

    to = models.EmailField(blank=True, default="")
    complaint = models.OneToOneField(
        Complaint, models.PROTECT, null=True, blank=True, related_name="letter"
    )
    link = models.OneToOneField(
        ReplyLink, models.PROTECT, null=True, blank=True, related_name="letter"
    )

    class Meta(Work.Meta):
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                condition=Q(complaint__isnull=False, link=None)
                | Q(complaint=None, link__isnull=False),
                name="claims_letter_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(to="") | Q(finished_at__isnull=False),
                name="claims_letter_to_somebody",
            ),
        ]
