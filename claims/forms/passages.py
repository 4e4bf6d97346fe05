"""Passages of a text, and what people decide about claims."""

import re
from typing import Any

from django import forms

from claims.states import DismissalReason, Stance, Strength
from factcheck.errors import TEXTS

PART = re.compile(r"\w\w")  # two characters of one word


class PassageForm(forms.Form):
    """A passage of a text: by its offsets when it was selected, else by its words alone.

    `text` is the text that the passage is of. Offsets are code points, end exclusive.
    """

    AROUND = 40  # characters shown on each side of a place
    MOST = 20  # places to choose from

    # Which of several places is meant, as "start-end": asked for where the words alone do not tell.
    place = forms.CharField(required=False)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    exact = forms.CharField(
        label="Passage",
        strip=False,
        error_messages={"required": TEXTS["quote_empty"]},
        widget=forms.Textarea(attrs={"rows": 3, "class": "prose", "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, text: str = "", **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(data, **kwargs)
        self.text = text
        self._places: list[tuple[int, int]] = []

    def clean(self) -> dict[str, Any]:
        """Find the passage: its offsets are right, or its words stand in the text once."""
        data: dict[str, Any] = self.cleaned_data
        words = (data.get("exact") or "").split()
        if "exact" not in data:
            return data
        if not words:
            self.add_error("exact", TEXTS["quote_empty"])
            return data
        start, end = data.get("start"), data.get("end")
        if start is None or end is None or self.text[start:end].split() != words:
            data["start"], data["end"] = self._search(words)
        return data

    def _search(self, words: list[str]) -> tuple[int, int]:
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
        places = [found.span() for found in pattern.finditer(self.text)]
        # "the" is meant as a word and not as a part of "their", where both stand in the text.
        places = [place for place in places if self._is_whole(*place)] or places
        if len(places) == 1:
            return places[0]
        for start, end in places:
            if self.cleaned_data.get("place") == f"{start}-{end}":
                return start, end
        self._places = places
        if not places:
            self.add_error("exact", "These words do not stand in the text. Copy them from it.")
        else:
            self.add_error(
                "exact",
                f"These words stand in the text {len(places)} times. "
                "Choose the place you mean, or add the words around it.",
            )
        return (0, 0)

    def _is_whole(self, start: int, end: int) -> bool:
        before, after = self.text[max(0, start - 1) : start + 1], self.text[end - 1 : end + 1]
        return not (PART.fullmatch(before) or PART.fullmatch(after))

    def places(self) -> list[tuple[str, str, str, str]]:
        """Return the places to choose from: the value of each, words before, the words, after."""
        return [
            (
                f"{start}-{end}",
                self.text[max(0, start - self.AROUND) : start],
                self.text[start:end],
                self.text[end : end + self.AROUND],
            )
            for start, end in self._places[: self.MOST]
        ]


class QualityForm(forms.Form):
    """What evidence says about itself; left open, nobody has said."""

    KINDS = (
        ("yes", "primary: the record, data, speech or law itself, or who measured"),
        ("no", "secondary: somebody reports it"),
    )
    strength = forms.ChoiceField(
        label="How far it settles the claim",
        required=False,
        choices=[("", "not said"), *Strength.choices],
        error_messages={"invalid_choice": TEXTS["evidence_strength_unknown"]},
    )
    is_primary = forms.TypedChoiceField(
        label="The source",
        required=False,
        choices=[("", "not said"), *KINDS],
        coerce=lambda value: value == "yes",
        empty_value=None,
        error_messages={"invalid_choice": "Choose primary or secondary, or leave it open."},
    )


class BearingForm(QualityForm):
    """How a piece of evidence bears on a claim."""

    field_order = ("stance", "strength", "is_primary", "note")
    stance = forms.ChoiceField(
        label="How it bears on the claim",
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": TEXTS["evidence_stance_unknown"],
            "invalid_choice": TEXTS["evidence_stance_unknown"],
        },
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="What a reader should know about this passage.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a strength of what only gives context."""
        super().clean()
        data: dict[str, Any] = self.cleaned_data
        if data.get("strength") and data.get("stance") == Stance.CONTEXT:
            self.add_error("strength", TEXTS["evidence_strength_unknown"])
        return data


class EvidenceForm(BearingForm, PassageForm):
    """A passage of a capture with its bearing on the claim."""


class CellForm(BearingForm):
    """A cell of a captured table, as it was shown, with its bearing on the claim."""

    row = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    column = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    exact = forms.CharField(strip=False, widget=forms.HiddenInput)


class DismissForm(forms.Form):
    """Why a claim or a sentence is left out."""

    reason = forms.ChoiceField(
        label="Why",
        choices=DismissalReason.choices,
        error_messages={
            "required": TEXTS["dismissal_reason_unknown"],
            "invalid_choice": TEXTS["dismissal_reason_unknown"],
        },
    )


class CutForm(forms.Form):
    """Where a claim is cut in two: the offset of the second part's first word."""

    at = forms.TypedChoiceField(
        label="Cut it at",
        coerce=int,
        error_messages={
            "required": "Choose where to cut.",
            "invalid_choice": "The claim's passage has changed. Choose where to cut again.",
        },
    )

    def __init__(self, data: Any = None, *, choices: list[tuple[int, str]]) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(data)
        field = self.fields["at"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _word(place: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"The {place} word",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": f"Choose the {place} word.",
            "invalid_choice": f"The text has changed. Choose the {place} word again.",
        },
    )


class WordsForm(forms.Form):
    """A passage by its first and its last word, chosen among the words of a stretch of text."""

    first = _word("first")
    last = _word("last")

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 (Django's form data)
        *,
        words: list[tuple[int, int, str]],
        **kwargs: Any,  # noqa: ANN401 (Django's form options)
    ) -> None:
        """Take the words as (start, end, word).

        A first word is named by its start, a last one by its end.
        """
        super().__init__(data, **kwargs)
        for name, place in (("first", 0), ("last", 1)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(word[place], word[2]) for word in words]

    def clean(self) -> dict[str, Any]:
        """Refuse a last word that stands before the first."""
        data: dict[str, Any] = self.cleaned_data
        if "first" in data and "last" in data and data["last"] <= data["first"]:
            self.add_error("last", "The last word stands before the first one.")
        return data


class MergeForm(forms.Form):
    """Merging with the next claim asks for nothing more."""


class RewordForm(forms.Form):
    """The claim in the desk's words."""

    text = forms.CharField(
        label="The claim, as the desk checks it",
        max_length=2000,
        error_messages={"required": TEXTS["claim_text_empty"]},
        widget=forms.Textarea(attrs={"rows": 3, "class": "prose", "dir": "auto"}),
    )
