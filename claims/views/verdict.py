"""The readers' pages of a verdict: what stands now, what stood before, and what changed."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from claims import showing
from claims.comparing.manifests import difference
from claims.models import Change, Published, VerdictVersion
from claims.states import LEDGER_KINDS, PUBLIC_STATES, ChangeKind, VersionState
from claims.versions import replaced_by

# Kinds by which a version came before readers.
PUBLICATIONS = frozenset({ChangeKind.PUBLISHED, *LEDGER_KINDS} - {ChangeKind.WITHDRAWAL})


def verdict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a verdict as it stands to anybody: the same bytes that partners get."""
    published = get_object_or_404(Published, pk=pk)
    context = {"body": json.loads(published.body), "steps": steps(showing.changes_of(pk))}
    return render(request, "claims/verdict.html", context)


def verdict_version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show a version that readers have seen before, and say that it holds no more."""
    version = _public(pk, number)
    changes = showing.changes_of(pk)
    if version.state == VersionState.PUBLISHED:
        return redirect("claims:verdict", pk)
    later = (change for change in changes if change.version.number > number)
    withdrawal = (change for change in changes if change.kind == ChangeKind.WITHDRAWAL)
    mine = (change for change in withdrawal if change.version_id == version.pk)
    context = {
        "body": showing.payload(version, published_at=version.published_at),
        "replaced": next((change for change in later if change.kind in PUBLICATIONS), None),
        "withdrawn": next(mine, None),
        "steps": steps(changes),
        "number": number,
    }
    return render(request, "claims/verdict_version.html", context)


def verdict_changes(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what a version changed of the one before, with signs as well as colour."""
    version = _public(pk, number)
    if (before := replaced_by(version)) is None:
        raise Http404
    changes = showing.changes_of(pk)
    step = next(
        change
        for change in changes
        if change.version_id == version.pk and change.kind in PUBLICATIONS
    )
    context = {
        "verdict_id": pk,
        "step": step,
        "before": before,
        "claim_text": (version.manifest or {})["claim"]["text"],
        "difference": difference(before.manifest or {}, version.manifest or {}),
    }
    return render(request, "claims/verdict_changes.html", context)


def steps(changes: list[Change]) -> list[dict[str, Any]]:
    """Return what readers were told of a verdict, newest first, each with what can be opened."""
    current = max((each.version.number for each in changes), default=0)
    return [
        {
            "change": change,
            "label": ChangeKind(change.kind).label,
            "is_publication": change.kind in PUBLICATIONS,
            "is_correction": change.kind in PUBLICATIONS and change.kind in LEDGER_KINDS,
            "is_current": change.version.number == current,
        }
        for change in reversed(changes)
    ]


def _public(pk: UUID, number: int) -> VerdictVersion:
    rows = VerdictVersion.objects.filter(state__in=PUBLIC_STATES)
    return get_object_or_404(rows, verdict=pk, number=number)
