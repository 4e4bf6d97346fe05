"""The forms of the claims screens: what was typed comes back with the words of what is wrong."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from claims.models import Rating
from claims.states import DismissalReason, Stance
from factcheck.errors import TEXTS


class ArticleForm(forms.Form):
    """A new article, in one of three ways."""

    WAYS = ("text", "upload", "url")

    # Made anew for each page, so that the same form sent twice brings in one article.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # The same text as rich text, while nobody edited it after the paste (paste.js).
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Text",
        strip=False,
        required=False,
        help_text="Pasted from a page or a document, it keeps its links.",
        widget=forms.Textarea(
            attrs={"rows": 14, "class": "prose", "dir": "auto", "data-rich": "html"}
        ),
    )
    upload = forms.FileField(
        label="or a file",
        required=False,
        allow_empty_file=True,
        help_text="Text, Markdown, HTML, PDF or DOCX.",
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.html,.htm,.xhtml,.pdf,.docx"}),
    )
    url = forms.CharField(
        label="or its address",
        required=False,
        max_length=8192,
        help_text="The page is fetched and archived.",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=300,
        help_text="Left empty, it is read from the text.",
    )
    publisher = forms.CharField(label="Publisher", required=False, max_length=200)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        help_text="Dates such as “last March” are counted from it.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_upload(self) -> "UploadedFile[Any] | None":
        """Refuse a file that is too large before a byte of it is read."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload and (upload.size or 0) > settings.ARTICLE_MAX_BYTES:
            limit = filesizeformat(settings.ARTICLE_MAX_BYTES)
            raise forms.ValidationError(TEXTS["article_too_large"].format(limit=limit))
        return upload

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of text, file and address."""
        data: dict[str, Any] = self.cleaned_data
        if not self.errors and len(self._given()) != 1:
            words = (
                "Give one of the three: the text, a file or an address."
                if self._given()
                else TEXTS["article_empty"]
            )
            raise forms.ValidationError(words)
        return data

    @property
    def way(self) -> str:
        """The field that was filled; call it on a valid form only."""
        return self._given()[0]

    def _given(self) -> list[str]:
        data = self.cleaned_data
        filled = {
            "text": bool((data.get("text") or "").strip()),
            "upload": bool(data.get("upload")),
            "url": bool(data.get("url")),
        }
        return [way for way in self.WAYS if filled[way]]


class RevisionForm(forms.Form):
    """A corrected text of an article, pasted or as a file; a file goes before the text."""

    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="The corrected text",
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 20, "class": "prose", "dir": "auto", "data-rich": "html"}
        ),
    )
    upload = forms.FileField(
        label="or a file, which replaces the text above",
        required=False,
        allow_empty_file=True,
        help_text="Text, Markdown, HTML, PDF or DOCX.",
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,.xhtml,.pdf,.docx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of text and file."""
        data: dict[str, Any] = self.cleaned_data
        if not self.errors and not data["upload"] and not data["text"].strip():
            self.add_error("text", TEXTS["article_empty"])
        return data

    def content(self) -> tuple[bytes, str]:
        """Return the bytes and the name of their file; call it on a valid form only."""
        data = self.cleaned_data
        if upload := data["upload"]:
            return upload.read(), upload.name
        if data["html"].strip():
            return data["html"].encode(), "pasted.html"
        return data["text"].encode(), "pasted.txt"


class PassageForm(forms.Form):
    """A passage of a text: by its offsets when it was selected, else by its words alone.

    `text` is the text that the passage is of. Offsets are code points, end exclusive.
    """

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
        if len(places) == 1:
            return places[0]
        if not places:
            self.add_error("exact", "These words do not stand in the text. Copy them from it.")
        else:
            self.add_error(
                "exact",
                f"These words stand in the text {len(places)} times. "
                "Select the place you mean, or add the words around it.",
            )
        return (0, 0)


class EvidenceForm(PassageForm):
    """A passage of a capture with its bearing on the claim."""

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


class SourceForm(forms.Form):
    """The address of a source; whether it may be fetched is the sources' word."""

    url = forms.CharField(
        label="Add a source by its address",
        max_length=8192,
        error_messages={"required": "Give the source's address."},
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )


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


class DraftForm(forms.Form):
    """A verdict in the making; `revision` says from which save the form was made."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    rating = forms.ModelChoiceField(
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


class SendBackForm(SealForm):
    """A reason that the checker can act on."""

    reason = forms.CharField(
        label="What has to change",
        max_length=2000,
        error_messages={"required": TEXTS["reason_required"]},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
