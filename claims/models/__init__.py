from claims.models.articles import (
    Article,
    ArticleEdit,
    ArticleRevision,
    Citation,
    CitationPlace,
    Number,
    Sentence,
)
from claims.models.calculations import Calculation, CalculationNumber
from claims.models.claims import Appearance, Claim, DateMention, Quantity
from claims.models.complaints import Complaint
from claims.models.drafts import BlockRequest, Declaration, DraftLease, DraftRevision
from claims.models.drift import Flag, Lookup
from claims.models.earlier import EarlierClaim, Lexeme, LexemeTotal, SeenBefore
from claims.models.evidence import Evidence
from claims.models.proposals import ProposalRun
from claims.models.publication import ChangeCounter, Published
from claims.models.replies import ReplyEntry
from claims.models.reply_links import Letter, ReplyLink
from claims.models.standards import StandardSetting
from claims.models.suggestions import SetAside
from claims.models.verdicts import (
    Approval,
    ChangesRequest,
    Rating,
    RatingScale,
    Verdict,
    VerdictVersion,
    VersionContributor,
)

__all__ = [
    "Appearance",
    "Approval",
    "Article",
    "ArticleEdit",
    "ArticleRevision",
    "BlockRequest",
    "Calculation",
    "CalculationNumber",
    "ChangeCounter",
    "ChangesRequest",
    "Citation",
    "CitationPlace",
    "Claim",
    "Complaint",
    "DateMention",
    "Declaration",
    "DraftLease",
    "DraftRevision",
    "EarlierClaim",
    "Evidence",
    "Flag",
    "Letter",
    "Lexeme",
    "LexemeTotal",
    "Lookup",
    "Number",
    "ProposalRun",
    "Published",
    "Quantity",
    "Rating",
    "RatingScale",
    "ReplyEntry",
    "ReplyLink",
    "SeenBefore",
    "Sentence",
    "SetAside",
    "StandardSetting",
    "Verdict",
    "VerdictVersion",
    "VersionContributor",
]
