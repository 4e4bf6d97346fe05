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
from claims.forms.standards import ClaimantForm, ReplyForm
from claims.forms.together import AssignForm, RemarkForm, ThreadForm, WishForm
from claims.forms.verdicts import AcknowledgeForm, DraftForm, SealForm, SendBackForm

__all__ = [
    "AcknowledgeForm",
    "ArticleForm",
    "AssignForm",
    "CellForm",
    "ClaimantForm",
    "CutForm",
    "DismissForm",
    "DraftForm",
    "EvidenceForm",
    "MergeForm",
    "PassageForm",
    "QualityForm",
    "RemarkForm",
    "ReplyForm",
    "RevisionForm",
    "RewordForm",
    "SealForm",
    "SendBackForm",
    "SourceForm",
    "ThreadForm",
    "WishForm",
    "WordsForm",
]
