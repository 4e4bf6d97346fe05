"""A verdict in the making, and the editor's decision on it."""

from typing import Any

from django import forms

from claims.blocks import ASKABLE, BLOCKS, PARTS, SUMMARY, TITLES, Block, Content
from claims.models import Rating
from factcheck.errors import TEXTS


def _words(block: Block, *, rows: int, limit: int = 20_000, prose: bool = True) -> forms.CharField:
    attributes = {"rows": rows, "dir": "auto"} | ({"class": "prose"} if prose else {})
    return forms.CharField(
        label=block.title,
        help_text=block.hint,
        required=False,
        max_length=limit,
        widget=forms.Textarea(attrs=attributes),
    )


def _day(label: str, hint: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


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
    # Tells this page from others of the same person: what it saved itself overtakes nobody.
    page = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    summary = _words(SUMMARY, rows=2, limit=500, prose=False)
    what_is_claimed = _words(BLOCKS[0], rows=3)
    what_we_found = _words(BLOCKS[1], rows=8)
    what_we_do_not_know = _words(BLOCKS[2], rows=3)
    conclusion = _words(BLOCKS[3], rows=3)
    considered = _words(
        Block(
            "considered",
            TITLES["considered"],
            "Where you looked for it and what it weighs, if no passage above speaks for it.",
        ),
        rows=2,
        limit=2000,
        prose=False,
    )
    sole_source_reason = _words(
        Block(
            "sole_source_reason",
            TITLES["sole_source_reason"],
            "Only where the evidence comes from one primary source.",
        ),
        rows=2,
        limit=2000,
        prose=False,
    )
    holds_as_of = _day(TITLES["holds_as_of"], "Empty: the day on which it is submitted.")
    look_again_on = _day(TITLES["look_again_on"], "When the facts may have moved on.")
    interest = forms.ChoiceField(
        label="Conflict of interest",
        choices=[("none", "I have none"), ("some", "I have one:")],
        required=False,
        widget=forms.RadioSelect,
    )
    interest_words = forms.CharField(
        label="Your interest in the matter, in words for readers",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    interest_named = forms.BooleanField(label="Publish it with my name", required=False)

    def content(self) -> Content:
        """Return what was typed into a valid form."""
        data = self.cleaned_data
        rating: Rating | None = data["rating"]
        parts = {name: data[name] for name in PARTS if name != "rating"}
        return Content(**{**parts, "rating": rating.pk if rating else None}).tidy()

    def declared(self) -> str | None:
        """Return the words of the declaration; None where nothing was declared."""
        if self.cleaned_data["interest"] == "none":
            return ""
        words: str = self.cleaned_data["interest_words"].strip()
        return words if self.cleaned_data["interest"] == "some" and words else None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        field = self.fields["rating"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Rating.objects.filter(scale__is_current=True).select_related("scale")


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
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        for block in ASKABLE:
            self.fields[f"block_{block.code}"] = forms.CharField(
                label=block.title,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def blocks(self) -> dict[str, str]:
        """Return the reasons for single parts, by their codes, from a valid form."""
        return {block.code: self.cleaned_data[f"block_{block.code}"] for block in ASKABLE}

    def by_block(self) -> list[forms.BoundField]:
        """Return the fields of the single parts, in their order."""
        return [self[f"block_{block.code}"] for block in ASKABLE]
