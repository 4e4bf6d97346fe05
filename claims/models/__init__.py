from claims.models.articles import (
    Article,
    ArticleEdit,
    ArticleRevision,
    Citation,
    CitationPlace,
    Number,
    Sentence,
)
from claims.models.assignments import Assignment, WorkLock
from claims.models.calculations import Calculation, CalculationNumber
from claims.models.claims import Appearance, Claim, DateMention, Quantity
from claims.models.comments import Comment, CommentWording, Mention, Thread
from claims.models.complaints import Complaint
from claims.models.corrections import Abandonment, Change, ReviewMark, Withdrawal
from claims.models.drafts import BlockRequest, Declaration, DraftLease, DraftRevision
from claims.models.drift import Flag, Lookup
from claims.models.earlier import EarlierClaim, EarlierMeaning, Lexeme, LexemeTotal, SeenBefore
from claims.models.evidence import Evidence
from claims.models.feeds import ClaimReviewFeed, FeedFetch, FeedListing
from claims.models.notifications import Mail, Notification, NotificationWish
from claims.models.proposals import ProposalRun
from claims.models.publication import ChangeCounter, Published
from claims.models.releases import (
    ClaimStake,
    Embargo,
    Emergency,
    Schedule,
    SecondOpinion,
    Stake,
)
from claims.models.replies import ReplyEntry
from claims.models.reply_links import Letter, ReplyLink
from claims.models.scales import Rating, RatingLabel, RatingScale
from claims.models.standards import StandardSetting
from claims.models.suggestions import SetAside
from claims.models.verdicts import (
    Approval,
    ChangesRequest,
    Verdict,
    VerdictVersion,
    VersionContributor,
)

__all__ = [
    "Abandonment",
    "Appearance",
    "Approval",
    "Article",
    "ArticleEdit",
    "ArticleRevision",
    "Assignment",
    "BlockRequest",
    "Calculation",
    "CalculationNumber",
    "Change",
    "ChangeCounter",
    "ChangesRequest",
    "Citation",
    "CitationPlace",
    "Claim",
    "ClaimReviewFeed",
    "ClaimStake",
    "Comment",
    "CommentWording",
    "Complaint",
    "DateMention",
    "Declaration",
    "DraftLease",
    "DraftRevision",
    "EarlierClaim",
    "EarlierMeaning",
    "Embargo",
    "Emergency",
    "Evidence",
    "FeedFetch",
    "FeedListing",
    "Flag",
    "Letter",
    "Lexeme",
    "LexemeTotal",
    "Lookup",
    "Mail",
    "Mention",
    "Notification",
    "NotificationWish",
    "Number",
    "ProposalRun",
    "Published",
    "Quantity",
    "Rating",
    "RatingLabel",
    "RatingScale",
    "ReplyEntry",
    "ReplyLink",
    "ReviewMark",
    "Schedule",
    "SecondOpinion",
    "SeenBefore",
    "Sentence",
    "SetAside",
    "Stake",
    "StandardSetting",
    "Thread",
    "Verdict",
    "VerdictVersion",
    "VersionContributor",
    "Withdrawal",
    "WorkLock",
]
