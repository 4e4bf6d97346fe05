"""The forms of the claims screens: what was typed comes back with the words of what is wrong."""

from claims.forms.articles import ArticleForm, RevisionForm, SourceForm
from claims.forms.corrections import (
    CloseReviewForm,
    CorrectionForm,
    DescribeForm,
    GiveUpForm,
    ReviewForm,
    WithdrawalForm,
)
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
from claims.forms.together import AssignForm, RemarkForm, ThreadForm, WishForm
from claims.forms.verdicts import AcknowledgeForm, DraftForm, SealForm, SendBackForm

__all__ = [
    "AcknowledgeForm",
    "ArticleForm",
    "AssignForm",
    "CellForm",
    "ClaimantAnswerForm",
    "ClaimantForm",
    "CloseReviewForm",
    "CorrectionForm",
    "CutForm",
    "DecideForm",
    "DescribeForm",
    "DismissForm",
    "DraftForm",
    "EvidenceForm",
    "GiveUpForm",
    "MergeForm",
    "PassageForm",
    "QualityForm",
    "RecommendForm",
    "RemarkForm",
    "ReplyForm",
    "ReplyLinkForm",
    "ReportForm",
    "ReviewForm",
    "RevisionForm",
    "RewordForm",
    "SealForm",
    "SendBackForm",
    "SourceForm",
    "ThreadForm",
    "WishForm",
    "WithdrawalForm",
    "WordsForm",
]
