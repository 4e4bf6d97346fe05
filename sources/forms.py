"""A file that is given as a source."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from factcheck.errors import TEXTS
from sources import uploading
from sources.archiving.recognising import SUFFIXES


class UploadForm(forms.Form):
    """The file and, if the person knows it, its title."""

    file = forms.FileField(
        label="The file",
        allow_empty_file=True,
        error_messages={"required": TEXTS["upload_missing"]},
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    title = forms.CharField(
        label="Its title",
        required=False,
        max_length=500,
        help_text="Left empty, the document may suggest one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        size = uploading.limit() // uploading.MEGABYTE
        self.fields[
            "file"
        ].help_text = f"PDF, HTML, DOCX, XLSX, CSV, text or an image, up to {size} MB."

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file that is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > uploading.limit():
            size = f"{uploading.limit() // uploading.MEGABYTE} MB"
            raise forms.ValidationError(TEXTS["upload_too_large"].format(limit=size))
        return file

    def given(self) -> dict[str, Any]:
        """Return the file and its title as the verbs take them; call it on a valid form only."""
        file = self.cleaned_data["file"]
        title = self.cleaned_data["title"]
        return {"data": file.read(), "file_name": file.name, "title": title}
