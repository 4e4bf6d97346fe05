"""Receiving files: what is longer than any limit of the desk never reaches the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from sources import uploading


class BoundedUploadHandler(FileUploadHandler):
    """Lets as much of a file through as shows that it is too long, and drops the rest.

    The form then sees a file over its limit and says so, as it would of a whole one.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin to count anew."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 (Django's interface)
        """Hand a chunk on to the next handler, or drop it."""
        over = self._seen > max(uploading.limit(), settings.ARTICLE_MAX_BYTES)
        self._seen += len(raw_data)
        return None if over else raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":  # noqa: ARG002 (Django's interface)
        """Leave the file to the next handler."""
        return None
