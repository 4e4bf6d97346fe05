"""Files that people give as sources, and what they confirm of a source."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError
from sources import describing, uploading
from sources.forms import UploadForm
from sources.models import Source
from sources.tasks import run_reading
from sources.views.pages import sources_page


@desk(may_check, methods=("POST",))
def source_upload(request: DeskRequest) -> HttpResponse:
    """Keep a file as a source."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            upload = uploading.keep(**form.given(), by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("file", error.text)
        else:
            if upload.reading:
                run_reading.delay_on_commit(str(upload.reading.pk))
            messages.success(request, upload.words)
            return redirect("sources:source", upload.source.pk)
    return sources_page(request, upload_form=form)


@desk(may_check, methods=("POST",))
def source_detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Confirm or correct one of a source's details."""
    found = get_object_or_404(Source, pk=pk)
    field, value = request.POST.get("field", ""), request.POST.get("value", "")
    with telling(request):
        describing.confirm(
            source=found, field=field, value=value, by=request.user, at=timezone.now()
        )
        label = describing.FIELDS[field]
        said = "is confirmed" if value.strip() else "was taken away"
        messages.success(request, f"{label} {said}.")
    return redirect("sources:source", pk)
