"""What a checker does on the claim's page: each action is one domain call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import citing, linking, marking, qualifying, workflow
from claims.forms import EvidenceForm, QualityForm, RewordForm, SourceForm
from claims.models import Claim, Evidence, VerdictVersion
from claims.views.claim import claim_page
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from factcheck.errors import FactcheckError
from sources.models import ExtractedText
from sources.tasks import run_capture


@desk(may_check, methods=("POST",))
def claim_dismiss(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Leave the claim out, with a reason."""
    found = _claim(pk)
    reason = request.POST.get("reason", "")
    with telling(request):
        marking.dismiss(claim=found, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, "The claim is left out. It can be brought back at any time.")
    return redirect(onward(request, found.article.get_absolute_url()))


@desk(may_check, methods=("POST",))
def claim_restore(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Bring a claim back."""
    found = _claim(pk)
    with telling(request):
        marking.restore(claim=found, by=request.user, at=timezone.now())
        messages.success(request, "The claim is back.")
    return redirect(onward(request, found.get_absolute_url()))


@desk(may_check, methods=("POST",))
def claim_reword(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say in other words what is checked."""
    found = _claim(pk)
    form = RewordForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            marking.reword(claim=found, text=text, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("text", error.text)
        else:
            messages.success(request, "The claim was reworded.")
            return redirect(found)
    return claim_page(request, found, reword_form=form)


@desk(may_check, methods=("POST",))
def claim_sources(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Add a source from the claim's page; it is cited by the whole article."""
    found = _claim(pk)
    form = SourceForm(request.POST)
    if form.is_valid():
        url = form.cleaned_data["url"]
        try:
            _, asked = citing.cite(
                article=found.article, url=url, by=request.user, at=timezone.now()
            )
        except FactcheckError as error:
            form.add_error("url", error.text)
        else:
            run_capture.delay_on_commit(str(asked.pk))
            messages.success(request, "The source is being fetched and archived.")
            return redirect(f"{found.get_absolute_url()}#sources")
    return claim_page(request, found, source_form=form)


@desk(may_check, methods=("POST",))
def claim_evidence(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Attach a passage of an archived text."""
    found = _claim(pk)
    extracted = get_object_or_404(ExtractedText, pk=as_number(request.POST.get("text", "")) or 0)
    form = EvidenceForm(request.POST, text=extracted.text)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = linking.attach(
                claim=found,
                extracted=extracted,
                start=data["start"],
                end=data["end"],
                exact=data["exact"],
                stance=data["stance"],
                note=data["note"],
                strength=data["strength"],
                is_primary=data["is_primary"],
                by=request.user,
                at=timezone.now(),
            )
            made = say_more(request, made, data)
        except FactcheckError as error:
            form.add_error("exact", error.text)
        else:
            messages.success(request, "The passage is attached; its words were verified.")
            address = f"{found.get_absolute_url()}?text={extracted.pk}#evidence-{made.pk}"
            return redirect(address)
    return claim_page(request, found, evidence_form=form)


def say_more(request: DeskRequest, made: Evidence, data: dict[str, Any]) -> Evidence:
    """Let what was said of evidence that was attached before stand on it, too."""
    said = {name: data[name] for name in ("strength", "is_primary")}
    if not any(value not in {"", None} for value in said.values()):
        return made
    return qualifying.qualify(evidence=made, **said, by=request.user, at=timezone.now())


@desk(may_check, methods=("POST",))
def evidence_qualify(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say how far a passage settles the claim, and whether its source is primary."""
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    form = QualityForm(request.POST)
    with telling(request):
        if not form.is_valid():
            raise linking.StrengthError
        evidence = qualifying.qualify(
            evidence=evidence, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, "What was said of the passage is kept. Say it anew to undo it.")
    address = f"{evidence.claim.get_absolute_url()}?text={evidence.extracted_id}"
    return redirect(f"{address}#evidence-{evidence.pk}")


@desk(may_check, methods=("POST",))
def evidence_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a passage off the claim."""
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    with telling(request):
        linking.remove(evidence=evidence, by=request.user, at=timezone.now())
        messages.success(request, "The passage was taken off the claim.")
    return redirect(f"{evidence.claim.get_absolute_url()}?text={evidence.extracted_id}")


@desk(may_check, methods=("POST",))
def version_recall(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a submitted version back into draft."""
    version = get_object_or_404(VerdictVersion.objects.select_related("verdict__claim"), pk=pk)
    with telling(request):
        workflow.recall(version=version, by=request.user, at=timezone.now())
        messages.success(request, "The verdict is a draft again.")
    return redirect(version.verdict.claim)


def _claim(pk: UUID) -> Claim:
    return get_object_or_404(Claim.objects.select_related("article"), pk=pk)
