"""The proof of a published verdict, to take away."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone

from claims import bundling
from factcheck.accounts.views.desk import DeskRequest, desk


@desk()
def verdict_bundle(_request: DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """Hand out a version that readers have seen with its bytes, its texts and verify.py."""
    version = bundling.public_version(pk, number)
    if version is None:
        raise Http404
    made = bundling.bundle(version=version, at=timezone.now())
    # Django's own class for a file is no HttpResponse by type alone.
    return FileResponse(made, as_attachment=True, filename=bundling.file_name(version))  # type: ignore[return-value]
