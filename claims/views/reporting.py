"""A reader's way to report an error, and their own page about it. No account, no script."""

import hashlib
import math
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import complaining
from claims.complaining import ReportUnknownError
from claims.forms import ReportForm
from claims.models import Verdict
from claims.views.private import HOUR, address_of, unlisted
from factcheck.accounts.views.desk import STATUSES, error_page
from factcheck.counting import count, remaining
from factcheck.errors import FactcheckError, Retryable


class ReportThrottledError(Retryable):
    """Too many reports from one address within an hour."""

    code = "report_throttled"


@unlisted
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the form, or keep what was sent and lead to the reader's own page."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim"), pk=pk)
    try:
        complaining.readers_version(verdict)
    except ReportUnknownError:
        return render(request, "404.html", status=404)
    if request.method != "POST":
        return _form_page(request, verdict, ReportForm(initial={"key": uuid4()}))
    form, status = ReportForm(request.POST), 422
    if form.is_valid():
        try:
            _within_rate(request)
            _, token = complaining.receive(
                verdict=verdict,
                report=form.report(),
                key=form.cleaned_data["key"],
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
            status = 429 if isinstance(error, ReportThrottledError) else STATUSES[error.family]
        else:
            return redirect("claims:report_status", token)
    response = _form_page(request, verdict, form, status)
    if status == 429:  # noqa: PLR2004 (an HTTP status)
        response["Retry-After"] = str(math.ceil(remaining(seconds=HOUR)))
    return response


@unlisted
def report_status(request: HttpRequest, token: str) -> HttpResponse:
    """Say in words where a report stands, to whoever has its link."""
    try:
        found = complaining.by_token(token)
    except ReportUnknownError as error:
        response = error_page(request, error)
        response.status_code = 404
        return response
    context = {
        "complaint": found,
        "verdict": found.verdict,
        "today": timezone.localdate(),
        "page": request.build_absolute_uri(),
    }
    return render(request, "claims/report_status.html", context)


def _within_rate(request: HttpRequest) -> None:
    """Count this report; the address itself is kept nowhere. Raises ReportThrottledError."""
    who = hashlib.sha256(f"{settings.SECRET_KEY}{address_of(request)}".encode()).hexdigest()
    if count(f"reports:{who}", seconds=HOUR) > settings.COMPLAINTS_PER_HOUR:
        raise ReportThrottledError(minutes=math.ceil(remaining(seconds=HOUR) / 60))


def _form_page(
    request: HttpRequest, verdict: Verdict, form: ReportForm, status: int = 200
) -> HttpResponse:
    context = {"verdict": verdict, "form": form, "days": settings.COMPLAINT_DAYS}
    return render(request, "claims/report.html", context, status=status)
