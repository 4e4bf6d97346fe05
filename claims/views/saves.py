"""How a draft was saved before: every state of it, and the way back to one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import drafting
from claims.blocks import PARTS, TEXT_PARTS, TITLES, Content
from claims.merging import differences
from claims.models import DraftRevision, Rating, VerdictVersion
from claims.states import VersionState
from claims.views.draft_page import claim_of, newest
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling

SIZE = 30


@desk()
def claim_saves(request: DeskRequest, pk: UUID) -> HttpResponse:
    """List the draft's saved states, newest first."""
    claim = claim_of(pk)
    version = newest(claim)
    before = as_number(request.GET.get("before", ""))
    rows = DraftRevision.objects.filter(version=version).select_related("by").order_by("-number")
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows.defer("content")[: SIZE + 1])
    context = {
        "claim": claim,
        "version": version,
        "rows": found[:SIZE],
        "before": found[SIZE - 1].number if len(found) > SIZE else 0,
        "is_first": not before,
    }
    return render(request, "claims/saves.html", context)


@desk()
def claim_save(request: DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one saved state beside what the draft says now."""
    claim = claim_of(pk)
    version = _version(newest(claim))
    saved = get_object_or_404(
        DraftRevision.objects.select_related("by"), version=version, number=number
    )
    then, now = Content.read(saved.content).texts(), drafting.content_of(version).texts()
    names = {str(key): label for key, label in Rating.objects.values_list("pk", "label")}
    then["rating"], now["rating"] = names.get(then["rating"], ""), names.get(now["rating"], "")
    parts = [
        (TITLES[code], code in TEXT_PARTS, differences(now[code], then[code]))
        for code in PARTS
        if then[code] or now[code]
    ]
    context = {
        "claim": claim,
        "version": version,
        "saved": saved,
        "parts": parts,
        "is_now": then == now,
        "may_restore": may_check(request.user) and version.state == VersionState.DRAFT,
    }
    return render(request, "claims/save.html", context)


@desk(may_check, methods=("POST",))
def claim_save_restore(request: DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """Bring the draft back to a saved state."""
    claim = claim_of(pk)
    version = _version(newest(claim))
    get_object_or_404(DraftRevision, version=version, number=number)
    with telling(request):
        drafting.restore(
            version=version,
            number=number,
            revision=as_number(request.POST.get("revision", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "The draft says again what it said then.")
    return redirect(f"{reverse('claims:claim_draft', args=[claim.pk])}#verdict")


def _version(version: VerdictVersion | None) -> VerdictVersion:
    if version is None:
        raise Http404
    return version
