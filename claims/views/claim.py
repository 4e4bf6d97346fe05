"""The claim's page: the claim, its evidence beside the archived texts, and its verdict."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from claims import (
    citing,
    history,
    leasing,
    matching,
    opinions,
    recalculating,
    sealing,
    stakes,
    triaging,
)
from claims.assigning import Job
from claims.blocks import BLOCKS
from claims.forms import (
    DismissForm,
    EvidenceForm,
    GiveUpForm,
    QualityForm,
    RewordForm,
    SourceForm,
)
from claims.forms.releases import ClaimStakeForm
from claims.independence import voices
from claims.models import Appearance, Claim, Evidence, VerdictVersion
from claims.states import ClaimState, VersionState
from claims.versions import is_contributor, replaced_by
from claims.views.assigning import owner_strip
from claims.views.commenting import comments_of
from claims.views.drifted import evidence_rows, open_flags
from claims.views.reply_links import link_context
from claims.views.rows import NOT_STARTED, claim_label, version_label
from claims.views.standing import dates_of, excerpts, neighbours, places_of, quantities_of
from claims.views.undoing import undo_words
from claims.views.wishes import as_number
from claims.views.working import work_strip
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from sources.forms import UploadForm
from sources.models import ExtractedText
from sources.views.marking import Span, paragraphs
from sources.views.rows import SourceRow, source_rows

NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?")


@desk()
def claim(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the claim."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    return claim_page(request, found)


@desk()
def claim_source_rows(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that waits for captures: the rows as they stand now."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    return render(request, "claims/_source_rows.html", _cited(request, found))


def claim_page(
    request: DeskRequest,
    found: Claim,
    *,
    evidence_form: EvidenceForm | None = None,
    source_form: SourceForm | None = None,
    upload_form: UploadForm | None = None,
    reword_form: RewordForm | None = None,
) -> HttpResponse:
    """Show the claim with a form that came back, if any, so that nothing typed is lost."""
    evidence = sealing.live_evidence(found)
    passages = evidence_rows(evidence)
    revision = found.article.revision
    places = places_of(found)
    context = {
        "claim": found,
        "article": found.article,
        "is_open": found.state == ClaimState.OPEN,
        "standing": claim_label(found),
        "can_check": may_check(request.user),
        "excerpts": excerpts(places),
        "neighbours": neighbours(found),
        "quantities": quantities_of(places),
        "dates": dates_of(places),
        "undo": revision and undo_words(found.article, revision, request.user, of=found),
        "no_place": revision and (not places or places[0].revision_id != revision.pk),
        "evidence": passages,
        "sources_heard": voices(evidence),
        "primary_count": sum(item.is_primary is True for item in evidence),
        "qualities": QualityForm(),
        "flags": open_flags(claim=found),
        "calculations": _calculations(found, {row.item.pk for row in passages if row.holds}),
        "taken_off": recalculating.taken_off(found),
        "evidence_form": evidence_form or EvidenceForm(),
        "source_form": source_form or SourceForm(),
        "upload_form": upload_form or UploadForm(),
        "reword_form": reword_form or RewordForm(initial={"text": found.text}),
        "reword_now": reword_form is not None,
        "reasons": DismissForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "history": history.of_claim(found),
    }
    context |= _verdict(request, found) | link_context(request, found)
    context |= {
        "awaited": opinions.awaited(request.user, found),
        "stakes": stakes.of_claim(found),
        "stake_form": ClaimStakeForm(),
        "owner": owner_strip(request, Job(found)),
    }
    context |= work_strip(request, found)
    context |= comments_of(request, found, evidence, context["version"])
    cited = _cited(request, found)
    context |= cited | _reader(request, cited["sources"], evidence, places)
    came_back = evidence_form or source_form or upload_form or reword_form
    return render(request, "claims/claim.html", context, status=422 if came_back else 200)


def _calculations(
    found: Claim, standing: set[UUID]
) -> list[tuple[dict[str, Any], recalculating.Recheck]]:
    """Return each calculation as readers will see it, and what it gives when done again."""
    return [
        (recalculating.sealed_form(row), recalculating.recheck(row, standing=standing))
        for row in recalculating.live_calculations(found)
    ]


def _verdict(request: DeskRequest, found: Claim) -> dict[str, Any]:
    version = (
        VerdictVersion.objects.filter(verdict__claim=found)
        .select_related("verdict", "rating__scale", "submitted_by")
        .alias(given_up=Q(state=VersionState.ABANDONED))
        .order_by("given_up", "-number")
        .first()
    )
    draft = version is None or version.state == VersionState.DRAFT
    returned = version.changes_requests.order_by("-at").first() if version and draft else None
    return {
        "version": version,
        "version_state": version_label(version.state) if version else NOT_STARTED,
        "is_draft": draft,
        "blocks": [(block.code, block.title, version.blocks[block.code]) for block in BLOCKS]
        if version
        else [],
        "returned": returned,
        "lease": leasing.held(version, at=timezone.now()) if version and draft else None,
        "replaces": replaced_by(version) if version else None,
        "given_up": version.abandonments.select_related("by").last() if version else None,
        "give_up_form": GiveUpForm(),
        "contradictions": matching.contradictions(found, version.rating) if version else [],
        "reports": triaging.open_reports(version.verdict) if version else [],
        "can_recall": version is not None
        and version.state == VersionState.IN_REVIEW
        and is_contributor(version, request.user),
    }


def _cited(request: DeskRequest, found: Claim) -> dict[str, Any]:
    cited = found.article.citations.order_by("added_at", "id").values_list("source_id", flat=True)
    own = citing.of_claim(found)
    # What the claim's own sentences cite comes first.
    ordered = sorted(cited, key=lambda source: source not in own)
    page = reverse("claims:claim", args=[found.pk])
    rows = source_rows(ordered, at=timezone.now(), reader=page)
    return {
        "own": own,
        "can_check": may_check(request.user),
        "back": found.get_absolute_url(),
        "sources": rows,
        "rows_url": reverse("claims:claim_source_rows", args=[found.pk]),
        "working": any(row.working for row in rows),
    }


def _reader(
    request: DeskRequest,
    rows: Iterable[SourceRow],
    evidence: list[Evidence],
    places: list[Appearance],
) -> dict[str, Any]:
    """Return the archived text that is open: the one asked for, else the first there is."""
    readable = {row.text_id: row for row in rows if row.text_id}
    wanted = as_number(request.POST.get("text") or request.GET.get("text", "")) or 0
    key = wanted if wanted in readable else next(iter(readable), 0)
    if not key:
        return {"reading": None}
    extracted = ExtractedText.objects.get(pk=key)
    spans = [
        Span(item.start, item.end, "mark", key=str(item.pk))
        for item in evidence
        if item.extracted_id == extracted.pk and item.start is not None and item.end is not None
    ]
    spans += _figures(extracted.text, places)
    return {
        "reading": readable[key],
        "extracted": extracted,
        "tables": extracted.tables.order_by("number").defer("rows", "merges")[:60],
        "marked": paragraphs(extracted.text, spans),
    }


def _figures(text: str, places: list[Appearance]) -> list[Span]:
    """Mark in an archived text the figures that the claim names, so that the eye finds them."""
    figures = {
        found.group()
        for place in places
        for quantity in place.quantities.all()
        for found in NUMBER.finditer(place.revision.text[quantity.start : quantity.end])
    }
    return [
        Span(found.start(), found.end(), "figure")
        for figure in sorted(figures)
        for found in re.finditer(rf"(?<![\d.,]){re.escape(figure)}(?!\d|[.,]\d)", text)
    ]
