"""The approval desk: what readers will see, what was verified, and the editor's decision."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import (
    linking,
    matching,
    opinions,
    recalculating,
    sealing,
    showing,
    workflow,
)
from claims.assigning import Job
from claims.comparing.manifests import difference
from claims.forms import SealForm, SendBackForm
from claims.models import Calculation, Evidence, VerdictVersion
from claims.states import PUBLIC_STATES, SEALED_STATES, VersionState
from claims.versions import is_contributor, replaced_by
from claims.views.assigning import owner_strip
from claims.views.drifted import open_flags
from claims.views.releasing import release_context
from claims.views.rows import version_label
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import TEXTS, FactcheckError


@dataclass(frozen=True)
class Check:
    """One thing that was verified just now."""

    holds: bool
    words: str
    detail: str = ""
    href: str = ""


@desk()
def approval(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the version as readers will see it, with every quote verified anew."""
    return page(request, find_version(pk))


@desk(may_approve, methods=("POST",))
def version_approve(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say yes to exactly what was shown."""
    version = find_version(pk)
    with telling(request):
        version = workflow.approve(
            version=version, digest=_digest(request), by=request.user, at=timezone.now()
        )
        enough = version.state == VersionState.APPROVED
        words = "It is not before readers until it is published." if enough else "It needs another."
        messages.success(request, f"Approved. {words}")
    return redirect("claims:approval", pk)


@desk(may_approve, methods=("POST",))
def version_publish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the version to the world."""
    version = find_version(pk)
    with telling(request):
        workflow.publish(
            version=version, digest=_digest(request), by=request.user, at=timezone.now()
        )
        messages.success(request, "Published, on its page and in the partners' feed.")
    return redirect("claims:approval", pk)


@desk(may_approve, methods=("POST",))
def version_send_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Return the version to its checkers with a reason."""
    version = find_version(pk)
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            workflow.send_back(
                version=version,
                digest=form.cleaned_data["digest"],
                reason=form.cleaned_data["reason"],
                blocks=form.blocks(),
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Sent back, with your reason.")
            return redirect("claims:approvals")
    return page(request, version, back_form=form)


def page(
    request: DeskRequest,
    version: VerdictVersion,
    *,
    back_form: SendBackForm | None = None,
    came_back: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the page with a form that came back, if any, so that nothing typed is lost."""
    if awaited := opinions.awaited(request.user, version.verdict.claim):
        messages.warning(request, "Give your second opinion first: the verdict opens then.")
        return redirect("claims:opinion", awaited[0].pk)
    sealed = version.state in SEALED_STATES
    replaced = replaced_by(version) if sealed else None
    context = {
        "version": version,
        "replaces": replaced,
        "difference": difference(replaced.manifest or {}, version.manifest or {})
        if replaced
        else None,
        "claim": version.verdict.claim,
        "state": version_label(version.state),
        "body": showing.payload(version, published_at=version.published_at) if sealed else None,
        "owner": owner_strip(request, Job(version.verdict.claim, version)),
        "checks": _checks(version) if sealed else [],
        "flags": open_flags(claim=version.verdict.claim),
        "contradictions": matching.contradictions(version.verdict.claim, version.rating),
        "standards": (version.manifest or {}).get("standards", []),
        "refusal": _refusal(version, request.user),
        "contributors": version.contributors.select_related("person").order_by("at"),
        "approvals": version.approvals.filter(digest=version.digest).select_related("editor"),
        "back_form": back_form or SendBackForm(),
        "back_now": back_form is not None,
    }
    context |= release_context(version, request.user, came_back)
    status = 422 if back_form or came_back else 200
    return render(request, "claims/approval.html", context, status=status)


def find_version(pk: UUID) -> VerdictVersion:
    """Return the version with what its page shows, or answer 404."""
    rows = VerdictVersion.objects.select_related(
        "verdict__claim__article", "rating", "submitted_by"
    )
    return get_object_or_404(rows, pk=pk)


def _digest(request: HttpRequest) -> str:
    form = SealForm(request.POST)
    return str(form.cleaned_data["digest"]) if form.is_valid() else ""


def _refusal(version: VerdictVersion, person: User) -> str:
    """Return why this person cannot decide, in words, or nothing."""
    if not may_approve(person):
        return "An editor decides on this page."
    return TEXTS["verdict_own_work"] if is_contributor(version, person) else ""


def _checks(version: VerdictVersion) -> list[Check]:
    sealed: dict[str, Any] = version.manifest or {}
    # Of a version that readers have seen, a quote may be off the claim by now.
    public = version.state in PUBLIC_STATES
    claim = version.verdict.claim
    found = sealing.sealed_evidence(version) if public else sealing.live_evidence(claim)
    live = {str(item.pk): item for item in found}
    intact = sealing.digest(sealed) == version.digest
    standing = {item.pk for item in live.values() if linking.verify(item)}
    checks = [_quote_check(item, live.get(item["id"]), standing) for item in sealed["evidence"]]
    checks += _sum_checks(version, standing)
    words = "The sealed version is unchanged." if intact else "The sealed version was changed."
    return [*checks, Check(intact, words, f"sha256 {version.digest}")]


def _sum_checks(version: VerdictVersion, standing: set[UUID]) -> list[Check]:
    sealed = (version.manifest or {}).get("calculations", [])
    if not sealed:
        return []
    claim = version.verdict.claim
    public = version.state in PUBLIC_STATES
    wanted = [item["id"] for item in sealed]
    rows = recalculating.of_ids(claim, wanted) if public else recalculating.live_calculations(claim)
    live = {str(item.pk): item for item in rows}
    return [_sum_check(item, live.get(item["id"]), standing) for item in sealed]


def _sum_check(sealed: dict[str, Any], found: Calculation | None, standing: set[UUID]) -> Check:
    again = recalculating.recheck(found, standing=standing) if found else None
    words = "Gives the same again" if again else "Does not give the same again"
    detail = again.why if again is not None else ""
    return Check(bool(again), f"{words}: {sealed['figures']}", detail)


def _quote_check(sealed: dict[str, Any], found: Evidence | None, standing: set[UUID]) -> Check:
    holds = found is not None and found.pk in standing
    words = "Stands in the archive" if holds else "Does not stand in the archive any more"
    quote, capture = sealed["quote"], sealed["capture"]
    place = reverse("sources:capture", args=[capture["id"]])
    href = f"{place}{found.mark}" if found else place
    named = capture["title"] or capture.get("file_name") or capture["final_url"]
    return Check(holds, f"{words}: “{quote['exact']}”", named, href)
