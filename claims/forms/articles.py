"""What brings an article in, or corrects it."""

import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from claims.states import ArticleLanguage
from factcheck.errors import TEXTS


class WrittenField(forms.CharField):
    """Typed or pasted words. A null character in them, which nobody sees, is dropped."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401 (Django's form data)
        """Return the words without null characters."""
        return str(super().to_python(value)).replace("\x00", "")


class ArticleForm(forms.Form):
    """A new article, in one of three ways."""

    WAYS = ("text", "upload", "url")

    # Made anew for each page, so that the same form sent twice brings in one article.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # The same text as rich text, while nobody edited it after the paste (paste.js).
    html = WrittenField(required=False, strip=False, widget=forms.HiddenInput)
    text = WrittenField(
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
    url = WrittenField(
        label="or its address",
        required=False,
        max_length=8192,
        help_text="The page is fetched and archived.",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    title = WrittenField(
        label="Title",
        required=False,
        max_length=300,
        help_text="Left empty, it is read from the text.",
    )
    publisher = WrittenField(label="Publisher", required=False, max_length=200)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        help_text="Dates such as “last March” are counted from it.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    language = forms.ChoiceField(
        label="Language",
        required=False,
        choices=ArticleLanguage.choices,
        initial=ArticleLanguage.ENGLISH,
        help_text="Claims are proposed in English; in Spanish, numbers and dates are read.",
    )

    def clean_language(self) -> str:
        """Take an article for English where nobody says otherwise."""
        return self.cleaned_data["language"] or ArticleLanguage.ENGLISH

    def clean_upload(self) -> "UploadedFile[Any] | None":
        """Refuse a file that is too large before a byte of it is read."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload and (upload.size or 0) > settings.ARTICLE_MAX_BYTES:
            limit = f"{settings.ARTICLE_MAX_BYTES // 1_000_000} MB"
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

    def key(self, upload: bytes) -> UUID | None:
        """Return what tells this sending from others, for a valid form; None without a token.

        It is made of the page's token and of everything that was sent, so that a form that was
        sent, gone back to and changed is another article. `upload` is the file's bytes.
        """
        data = self.cleaned_data
        if data["token"] is None:
            return None
        told = [str(data[name]) for name in self.fields if name not in ("token", "upload")]
        digest = hashlib.sha256(json.dumps(told).encode())
        digest.update(upload)
        return uuid5(data["token"], digest.hexdigest())

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

    html = WrittenField(required=False, strip=False, widget=forms.HiddenInput)
    text = WrittenField(
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


class SourceForm(forms.Form):
    """The address of a source; whether it may be fetched is the sources' word."""

    url = forms.CharField(
        label="Add a source by its address",
        max_length=8192,
        error_messages={"required": "Give the source's address."},
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
