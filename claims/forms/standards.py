"""Forms beside the draft: the right of reply and the claimant."""

from django import forms

from claims.states import ReplyKind


class ReplyForm(forms.Form):
    """A line of the log."""

    kind = forms.ChoiceField(
        label="The claimant",
        choices=ReplyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    on = forms.DateField(
        label="On",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    means = forms.CharField(
        label="How", max_length=100, required=False, help_text="By e-mail, by telephone."
    )
    whom = forms.CharField(
        label="Who was asked",
        max_length=200,
        required=False,
        help_text="Stays at the desk. The rest may be read by anybody.",
    )
    words = forms.CharField(
        label="The answer, or why nobody was asked",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ClaimantForm(forms.Form):
    """Who made the claim."""

    claimant = forms.CharField(
        label="Who made the claim",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
