"""The forms of the claims screens: what was typed comes back with the words of what is wrong."""

from claims.forms.articles import ArticleForm, RevisionForm, SourceForm
from claims.forms.passages import (
    CellForm,
    CutForm,
    DismissForm,
    EvidenceForm,
    MergeForm,
    PassageForm,
    QualityForm,
    RewordForm,
    WordsForm,
)
from claims.forms.readers import (
    ClaimantAnswerForm,
    DecideForm,
    RecommendForm,
    ReplyLinkForm,
    ReportForm,
)
from claims.forms.standards import ClaimantForm, ReplyForm
from claims.forms.verdicts import AcknowledgeForm, DraftForm, SealForm, SendBackForm

__all__ = [
    "AcknowledgeForm",
    "ArticleForm",
    "CellForm",
    "ClaimantAnswerForm",
    "ClaimantForm",
    "CutForm",
    "DecideForm",
    "DismissForm",
    "DraftForm",
    "EvidenceForm",
    "MergeForm",
    "PassageForm",
    "QualityForm",
    "RecommendForm",
    "ReplyForm",
    "ReplyLinkForm",
    "ReportForm",
    "RevisionForm",
    "RewordForm",
    "SealForm",
    "SendBackForm",
    "SourceForm",
    "WordsForm",
]
