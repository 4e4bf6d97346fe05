"""How a verdict goes out: alone, at a time, not before one, tagged, with a second opinion."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from claims.forms.verdicts import SealForm
from claims.models import Rating, Stake
from claims.stakes import MOST_APPROVALS
from claims.states import Ruling
from factcheck.accounts.models import User
from factcheck.errors import TEXTS


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        error_messages={"required": TEXTS["schedule_in_past"]},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def _words(label: str, code: str, *, most: int = 1000, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        error_messages={"required": TEXTS[code]},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AloneForm(SealForm):
    """Why it cannot wait for a second editor."""

    reason = _words(
        "Why it cannot wait",
        "emergency_reason_required",
        help_text="Readers and partners see your name and this reason.",
    )


class ScheduleForm(SealForm):
    """When an approved version goes out."""

    publish_at = _moment("Publish it at", "It goes out in your name.")


class EmbargoForm(forms.Form):
    """Until when a verdict is kept back, and why."""

    until = _moment("Not before", "Nobody can publish it earlier, not even alone.")
    why = _words("Why", "reason_required", most=500, help_text="For the desk only.")


class StakeForm(forms.Form):
    """A tag of the desk."""

    label = forms.CharField(
        label="Name", max_length=60, error_messages={"required": TEXTS["tag_invalid"]}
    )
    approvals_required = forms.IntegerField(
        label="Approvals",
        min_value=1,
        max_value=MOST_APPROVALS,
        initial=2,
        help_text="How many editors must say yes.",
    )


class ClaimStakeForm(forms.Form):
    """A tag for a claim."""

    stake = forms.ModelChoiceField(
        label="Tag", queryset=Stake.objects.none(), empty_label="Choose a tag"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        field = self.fields["stake"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Stake.objects.filter(is_current=True)


class AskOpinionForm(forms.Form):
    """Who is asked for a second opinion."""

    of = forms.ModelChoiceField(
        label="Ask",
        queryset=User.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": TEXTS["opinion_person"]},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's form data)
        people: QuerySet[User],
        **kwargs: Any,  # noqa: ANN401 (Django's form data)
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people


class OpinionForm(forms.Form):
    """A rating given without sight of the draft."""

    rating = forms.ModelChoiceField(
        label="Your rating",
        queryset=Rating.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": TEXTS["rating_unknown"],
            "invalid_choice": TEXTS["rating_unknown"],
        },
    )
    reasoning = _words("Why", "opinion_reason_required", most=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        field = self.fields["rating"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Rating.objects.filter(scale__is_current=True).select_related("scale")


class RulingForm(forms.Form):
    """Whose rating is right."""

    ruling = forms.ChoiceField(
        label="Whose rating is right", choices=Ruling.choices, widget=forms.RadioSelect
    )
    because = _words("Why", "opinion_reason_required")
