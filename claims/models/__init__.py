from claims.models.articles import Article, ArticleRevision, Citation, Sentence
from claims.models.claims import Appearance, Claim, Quantity
from claims.models.evidence import Evidence
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
    "ArticleRevision",
    "ChangeCounter",
    "ChangesRequest",
    "Citation",
    "Claim",
    "Evidence",
    "Published",
    "Quantity",
    "Rating",
    "RatingScale",
    "Sentence",
    "Verdict",
    "VerdictVersion",
    "VersionContributor",
]
