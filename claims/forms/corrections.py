"""What is said of a verdict after its publication."""

from django import forms

from claims.states import CorrectionKind, ReviewOutcome
from factcheck.errors import TEXTS

REQUIRED = {"required": TEXTS["public_reason_required"]}


def _words(label: str, hint: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        required=required,
        help_text=hint,
        error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class CorrectionForm(forms.Form):
    """What kind of correction it is, and the note for readers; both may be settled later."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=CorrectionKind.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the four kinds of correction."},
    )
    note = _words(
        "Note for readers",
        "What changed, and why. It stands on the verdict's page and in the ledger of corrections.",
        required=False,
    )


class DescribeForm(CorrectionForm):
    """The same on a draft; `revision` says from which save the form was made."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """Why the desk looks again at what it published."""

    reason = _words(
        "Why you look again", "Readers and partners see it at once, with the verdict as it is."
    )


class CloseReviewForm(forms.Form):
    """How the look ended."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[
            (choice.value, choice.label)
            for choice in ReviewOutcome
            if choice != ReviewOutcome.WITHDRAWN
        ],
        widget=forms.RadioSelect,
    )
    note = _words("What you found", "It stays in the verdict's public history.")


class WithdrawalForm(forms.Form):
    """Why the verdict is taken back."""

    reason = _words(
        "Why it is taken back", "It replaces the verdict on its page once another editor confirms."
    )


class GiveUpForm(forms.Form):
    """Why a draft is given up."""

    reason = _words("Why it is given up", "For the desk; it can be opened again at any time.")
