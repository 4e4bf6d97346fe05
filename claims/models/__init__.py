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
from claims.models.corrections import Abandonment, Change, ReviewMark, Withdrawal
from claims.models.drift import Flag, Lookup
from claims.models.earlier import EarlierClaim, Lexeme, LexemeTotal, SeenBefore
from claims.models.evidence import Evidence
from claims.models.proposals import ProposalRun
from claims.models.publication import ChangeCounter, Published
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
    "Abandonment",
    "Appearance",
    "Approval",
    "Article",
    "ArticleEdit",
    "ArticleRevision",
    "Calculation",
    "CalculationNumber",
    "Change",
    "ChangeCounter",
    "ChangesRequest",
    "Citation",
    "CitationPlace",
    "Claim",
    "DateMention",
    "EarlierClaim",
    "Evidence",
    "Flag",
    "Lexeme",
    "LexemeTotal",
    "Lookup",
    "Number",
    "ProposalRun",
    "Published",
    "Quantity",
    "Rating",
    "RatingScale",
    "ReviewMark",
    "SeenBefore",
    "Sentence",
    "SetAside",
    "Verdict",
    "VerdictVersion",
    "VersionContributor",
    "Withdrawal",
]
