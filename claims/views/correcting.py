"""The correction wizard, and giving a draft up or opening it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import showing, workflow
from claims.forms import CorrectionForm, DescribeForm, GiveUpForm
from claims.models import Verdict, VerdictVersion
from claims.states import OPEN_STATES, CorrectionKind, VersionState
from claims.versions import StaleRevisionError, newest_public
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError

# Each kind in words, with an example.
KINDS = (
    (
        CorrectionKind.TYPO,
        "Letters, commas, a misspelt name. No number, no evidence and no rating changes.",
        "“Lismroe” becomes “Lismore”.",
    ),
    (
        CorrectionKind.CLARIFICATION,
        "It was right, and could be misread. Now it says better what was meant.",
        "“The report” becomes “the harbour board's annual report for 2019”.",
    ),
    (
        CorrectionKind.CORRECTION,
        "Something that we said was wrong or was missing, and the rating still holds.",
        "We wrote that fares rose in March. It was in May.",
    ),
    (
        CorrectionKind.VERDICT_CHANGE,
        "The claim gets another rating.",
        "“Mostly true” becomes “False”: the source took its figure back.",
    ),
)


@desk(may_check, methods=("GET", "HEAD", "POST"))
def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Choose the kind and write the note beside the live version; then the draft is edited."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim"), pk=pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = workflow.start_correction(
                verdict=verdict,
                kind=form.cleaned_data["kind"],
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            _tell(request, version, form.cleaned_data)
            return redirect(f"{verdict.claim.get_absolute_url()}#verdict")
    return _page(request, verdict, form)


@desk(may_check, methods=("POST",))
def describe(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change the kind and the note of a draft; what is refused comes back."""
    version = _version(pk)
    form = DescribeForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            workflow.describe(
                version=version,
                kind=data["kind"],
                note=data["note"],
                revision=data["revision"],
                by=request.user,
                at=timezone.now(),
            )
        except StaleRevisionError as error:
            form = _at_revision(form, error.current)
            form.add_error(None, error.text)
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "The kind and the note are saved.")
            return redirect(f"{version.verdict.claim.get_absolute_url()}#verdict")
    return _page(request, version.verdict, form, draft=version)


@desk(may_check, methods=("POST",))
def give_up(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a draft up, with a reason."""
    version = _version(pk)
    form = GiveUpForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with telling(request):
        workflow.abandon(version=version, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, "The draft is given up. It can be opened again at any time.")
    return redirect(f"{version.verdict.claim.get_absolute_url()}#verdict")


@desk(may_check, methods=("POST",))
def reopen(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Open again what was given up or withdrawn."""
    version = _version(pk)
    with telling(request):
        workflow.reopen(version=version, by=request.user, at=timezone.now())
        messages.success(request, "It is a draft again.")
    return redirect(f"{version.verdict.claim.get_absolute_url()}#verdict")


def _page(
    request: DeskRequest,
    verdict: Verdict,
    form: CorrectionForm,
    *,
    draft: VerdictVersion | None = None,
) -> HttpResponse:
    live = newest_public(verdict.pk)
    open_one = draft or verdict.versions.filter(state__in=OPEN_STATES).first()
    if open_one and not form.is_bound and open_one.state == VersionState.DRAFT:
        form = DescribeForm(initial=initial(open_one))
    context = {
        "verdict": verdict,
        "claim": verdict.claim,
        "live": live,
        "is_withdrawn": live is not None and live.state == VersionState.WITHDRAWN,
        "body": showing.payload(live, published_at=live.published_at) if live else None,
        "form": form,
        "chosen": form["kind"].value() or "",
        "kinds": KINDS,
        "draft": open_one,
        "is_draft": open_one is not None and open_one.state == VersionState.DRAFT,
    }
    status = 422 if form.is_bound else 200
    return render(request, "claims/correct.html", context, status=status)


def initial(version: VerdictVersion) -> dict[str, Any]:
    """Return what a draft says of itself, for the form."""
    return {
        "revision": version.revision,
        "kind": version.correction_kind,
        "note": version.correction_note,
    }


def _at_revision(form: DescribeForm, version: VerdictVersion) -> DescribeForm:
    """Return the same words in a form made from `version`: saving it is a decision then."""
    again = DescribeForm(dict(form.data.items()) | {"revision": str(version.revision)})
    again.is_valid()
    return again


def _tell(request: DeskRequest, version: VerdictVersion, data: dict[str, Any]) -> None:
    asked = (data["kind"], data["note"].strip())
    if (version.correction_kind, version.correction_note) == asked:
        messages.success(request, "The correction is a draft. The live version stays as it is.")
    else:
        words = "A later version is open already: here it is, as it stands. Nothing was added."
        messages.warning(request, words)


def _version(pk: UUID) -> VerdictVersion:
    rows = VerdictVersion.objects.select_related("verdict__claim__article")
    return get_object_or_404(rows, pk=pk)
