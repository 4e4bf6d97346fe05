"""A feed of another desk's reviews."""

from typing import Any

from django import forms

from claims.following import MOST_CHARACTERS, RHYTHMS
from factcheck.errors import TEXTS


class FeedForm(forms.Form):
    """Where the feed is, who publishes it, and how often it is fetched."""

    url = forms.CharField(
        label="Address",
        max_length=MOST_CHARACTERS,
        help_text="A JSON feed of ClaimReviews, or a page that holds them.",
        error_messages={"required": "Give the feed's address."},
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Publisher",
        max_length=200,
        error_messages={"required": TEXTS["feed_name_missing"]},
    )
    every_hours = forms.TypedChoiceField(
        label="How often",
        coerce=int,
        initial=24,
        choices=[(hours, words) for hours, words in RHYTHMS.items()],
        error_messages={
            "required": TEXTS["feed_rhythm_unknown"],
            "invalid_choice": TEXTS["feed_rhythm_unknown"],
        },
    )

    def given(self) -> dict[str, Any]:
        """Return what was typed as the verbs take it; call it on a valid form only."""
        return {name: self.cleaned_data[name] for name in ("url", "name", "every_hours")}
