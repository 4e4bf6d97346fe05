"""A version of the rating scale in the making: one form for the version, one for each rating."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from claims.models import RatingScale
from claims.models.scales import LANGUAGE
from claims.rating_lines import MOST, Line, Wording
from claims.states import Bucket

IS_LANGUAGE = RegexValidator(LANGUAGE, "A language is a code of two or three letters, such as es.")
Data = Mapping[str, Any] | None


class LanguageField(forms.CharField):
    """A language by its ISO 639 code, in lower case."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 (Django's options)
        super().__init__(max_length=3, validators=[IS_LANGUAGE], **kwargs)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 (Django's form data)
        """Return the code without blanks and capitals."""
        return str(super().to_python(value)).strip().lower()


class ScaleForm(forms.Form):
    """The version itself; `revision` says from which save the form was made."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the scale", max_length=120)
    add = LanguageField(
        label="Another language",
        required=False,
        help_text="Its code, such as es. The fields for it come with the next save.",
    )


class RatingForm(forms.Form):
    """One rating. A form whose label is empty is no rating: so one is taken off."""

    code = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)
    row = forms.IntegerField(label="Row", min_value=1, max_value=99)
    label = forms.CharField(label="Label", max_length=60, required=False)
    meaning = forms.CharField(label="Meaning", max_length=300, required=False)
    bucket = forms.ChoiceField(label="Class", choices=Bucket.choices)
    value = forms.IntegerField(label="Place", required=False, min_value=1, max_value=MOST)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.languages = languages
        for language in languages:
            named = f"Label in “{language}”", f"Meaning in “{language}”"
            self.fields[f"label_{language}"] = forms.CharField(
                label=named[0], max_length=60, required=False
            )
            self.fields[f"meaning_{language}"] = forms.CharField(
                label=named[1], max_length=300, required=False
            )

    def line(self) -> Line:
        """Return the rating of a valid form."""
        data = self.cleaned_data
        return Line(
            label=data["label"],
            meaning=data["meaning"],
            bucket=data["bucket"],
            value=data["value"],
            code=data["code"],
            elsewhere={
                language: Wording(data[f"label_{language}"], data[f"meaning_{language}"])
                for language in self.languages
                if data[f"label_{language}"]
            },
        )


class RatingForms:
    """The forms of all ratings of a draft, and empty ones for new ratings."""

    def __init__(self, languages: Sequence[str], lines: Sequence[Line], data: Data = None) -> None:
        count = min(len(lines) + 1, MOST) if data is None else _count(data)
        self.count = count
        self.forms = [
            RatingForm(
                data,
                languages=languages,
                prefix=f"rating{number}",
                initial=_initial(lines[number], number)
                if number < len(lines)
                else {"row": number + 1},
                auto_id="id_%s",
            )
            for number in range(count)
        ]

    def is_valid(self) -> bool:
        """Whether every form is valid; each keeps its own errors."""
        return all(form.is_valid() for form in self.forms)

    def lines(self) -> list[Line]:
        """Return the ratings in the order of their rows."""
        kept = [form for form in self.forms if form.cleaned_data["label"]]
        return [form.line() for form in sorted(kept, key=lambda form: form.cleaned_data["row"])]


class NewLanguageForm(forms.Form):
    """Every rating of a version in one further language."""

    language = LanguageField(label="Language", help_text="Its code, such as es.")

    def __init__(self, *args: Any, scale: RatingScale, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for rating in scale.ratings.all():
            self.fields[f"label_{rating.pk}"] = forms.CharField(
                label=f"“{rating.label}” is called", max_length=60
            )
            self.fields[f"meaning_{rating.pk}"] = forms.CharField(
                label=f"“{rating.label}” means", max_length=300, required=False
            )

    def wordings(self, scale: RatingScale) -> dict[int, Wording]:
        """Return the labels of a valid form by their rating's key."""
        data = self.cleaned_data
        return {
            rating.pk: Wording(data[f"label_{rating.pk}"], data[f"meaning_{rating.pk}"])
            for rating in scale.ratings.all()
        }


def _count(data: Mapping[str, Any]) -> int:
    """Return how many forms were sent, within bounds whatever the form says."""
    sent = str(data.get("count", ""))
    return min(int(sent), MOST + 1) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 1  # noqa: PLR2004


def _initial(line: Line, number: int) -> dict[str, Any]:
    further = {f"label_{code}": said.label for code, said in line.elsewhere.items()}
    further |= {f"meaning_{code}": said.meaning for code, said in line.elsewhere.items()}
    return {
        "code": line.code,
        "row": number + 1,
        "label": line.label,
        "meaning": line.meaning,
        "bucket": line.bucket,
        "value": line.value,
    } | further
