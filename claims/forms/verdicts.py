"""A verdict in the making, and the editor's decision on it."""

from typing import Any

from django import forms

from claims.models import Rating
from factcheck.errors import TEXTS


class RatingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A rating of the current scale; one of an earlier scale is told from one that never was."""

    def to_python(self, value: Any) -> Rating | None:  # noqa: ANN401 (Django's form data)
        """Return the rating, or raise with the words for what is wrong with it."""
        try:
            found: Rating | None = super().to_python(value)
        except forms.ValidationError:
            earlier = str(value).isdigit() and len(str(value)) < 19  # noqa: PLR2004 (a bigint's)
            rating = Rating.objects.filter(pk=value).first() if earlier else None
            if rating is None:
                raise
            raise forms.ValidationError(
                TEXTS["rating_of_other_scale"].format(label=rating.label)
            ) from None
        return found


class DraftForm(forms.Form):
    """A verdict in the making; `revision` says from which save the form was made."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    rating = RatingField(
        label="Rating",
        queryset=Rating.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": TEXTS["rating_unknown"]},
    )
    summary = forms.CharField(
        label="Conclusion in a sentence",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    reasoning = forms.CharField(
        label="Reasoning",
        required=False,
        max_length=20_000,
        help_text="What is claimed, what we found, what we do not know.",
        widget=forms.Textarea(attrs={"rows": 11, "class": "prose", "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        field = self.fields["rating"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Rating.objects.filter(scale__is_current=True).select_related("scale")

    def clean_summary(self) -> str:
        """Keep one kind of line end: the words are sealed by a digest."""
        return self._one_line_end("summary")

    def clean_reasoning(self) -> str:
        """Keep one kind of line end: the words are sealed by a digest."""
        return self._one_line_end("reasoning")

    def _one_line_end(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        return text.replace("\r\n", "\n").replace("\r", "\n")


class SealForm(forms.Form):
    """The digest of the version that the editor was shown."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AcknowledgeForm(forms.Form):
    """What a changed source means for the verdict."""

    note = forms.CharField(
        label="What you found",
        max_length=1000,
        help_text="Does the verdict still hold? It stays in the claim's history.",
        error_messages={"required": TEXTS["note_required"]},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SendBackForm(SealForm):
    """A reason that the checker can act on."""

    reason = forms.CharField(
        label="What has to change",
        max_length=2000,
        error_messages={"required": TEXTS["reason_required"]},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
