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
from claims.models.evidence import Evidence
from claims.models.proposals import ProposalRun
from claims.models.publication import ChangeCounter, Published
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
    "Calculation",
    "CalculationNumber",
    "ChangeCounter",
    "ChangesRequest",
    "Citation",
    "CitationPlace",
    "Claim",
    "DateMention",
    "Evidence",
    "Number",
    "ProposalRun",
    "Published",
    "Quantity",
    "Rating",
    "RatingScale",
    "Sentence",
    "Verdict",
    "VerdictVersion",
    "VersionContributor",
]
