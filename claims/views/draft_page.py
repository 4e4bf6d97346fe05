"""The drafting screen: the evidence on one side, the draft and what it lacks on the other."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import declaring, gating, leasing, matching, opinions, recalculating, replies, sealing
from claims.blocks import BLOCKS, Content
from claims.drafting import content_of
from claims.forms import ClaimantForm, DraftForm, QualityForm, ReplyForm
from claims.independence import voices
from claims.models import Claim, Evidence, Rating, VerdictVersion
from claims.standards import Result
from claims.states import ClaimState, VersionState
from claims.versions import is_contributor
from claims.views.drifted import evidence_rows
from claims.views.rows import NOT_STARTED, version_label
from claims.views.standing import excerpts, places_of
from claims.workflow.asking_back import asked_of
from factcheck.accounts.permissions import may_check, may_set_rules
from factcheck.accounts.views.desk import DeskRequest, desk


@desk()
def claim_draft(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the draft beside its evidence; not to somebody who owes a blind opinion on it."""
    claim = claim_of(pk)
    if awaited := opinions.awaited(request.user, claim):
        return redirect("claims:opinion", awaited[0].pk)
    return draft_page(request, claim)


@desk()
def claim_standards(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page whose draft was saved: the checklist as it stands now."""
    found = claim_of(pk)
    context = {"claim": found} | _standards(request, found, newest(found), None)
    return render(request, "claims/_standards.html", context)


def claim_of(pk: UUID) -> Claim:
    """Return the claim with its article, or answer 404."""
    return get_object_or_404(Claim.objects.select_related("article"), pk=pk)


def newest(claim: Claim) -> VerdictVersion | None:
    """Return the claim's newest version."""
    rows = VerdictVersion.objects.filter(verdict__claim=claim)
    return rows.select_related("verdict", "rating__scale").order_by("-number").first()


def draft_page(
    request: DeskRequest,
    claim: Claim,
    *,
    form: DraftForm | None = None,
    reply_form: ReplyForm | None = None,
    claimant_form: ClaimantForm | None = None,
    holder: str = "",
) -> HttpResponse:
    """Show the screen with a form that came back, if any, so that nothing typed is lost."""
    version = newest(claim)
    is_draft = version is None or version.state == VersionState.DRAFT
    evidence = sealing.live_evidence(claim)
    rows = evidence_rows(evidence)
    standing = {row.item.pk for row in rows if row.holds}
    context = {
        "claim": claim,
        "version": version,
        "version_state": version_label(version.state) if version else NOT_STARTED,
        "is_draft": is_draft,
        "is_open": claim.state == ClaimState.OPEN,
        "can_check": may_check(request.user),
        "excerpts": excerpts(places_of(claim)),
        "evidence": rows,
        "sources_heard": voices(evidence),
        "primary_count": sum(item.is_primary is True for item in evidence),
        "qualities": QualityForm(),
        "calculations": [
            (recalculating.sealed_form(row), recalculating.recheck(row, standing=standing))
            for row in recalculating.live_calculations(claim)
        ],
        "replies": replies.current(claim),
        "reply_form": reply_form or ReplyForm(initial={"on": timezone.localdate()}),
        "reply_now": reply_form is not None,
        "claimant_form": claimant_form or ClaimantForm(initial={"claimant": claim.claimant}),
        "contradictions": matching.contradictions(claim, version.rating) if version else [],
        "typed": form if form and not is_draft else None,
    }
    context |= draft_context(request, version, form, holder)
    context |= _standards(request, claim, version, evidence)
    came_back = form or reply_form or claimant_form
    return render(request, "claims/draft.html", context, status=422 if came_back else 200)


def draft_context(
    request: DeskRequest, version: VerdictVersion | None, form: DraftForm | None, holder: str = ""
) -> dict[str, Any]:
    """Return what the draft's form needs."""
    filled = form or DraftForm(initial=_initial(request, version))
    lease = leasing.held(version, at=timezone.now()) if version else None
    is_draft = version is not None and version.state == VersionState.DRAFT
    returned = (
        version.changes_requests.select_related("editor").order_by("-at").first()
        if version and is_draft
        else None
    )
    return {
        "form": filled,
        "blocks": [filled[block.code] for block in BLOCKS],
        "ratings": list(Rating.objects.filter(scale__is_current=True)),
        "outdated": _outdated(version) if is_draft else None,
        "returned": returned,
        "asked": asked_of(returned, version) if version else {},
        "lease": lease if lease and lease.holder_id != request.user.pk else None,
        "holder": holder,
        "saved_count": version.saved.count() if version else 0,
        "can_recall": version is not None
        and version.state == VersionState.IN_REVIEW
        and is_contributor(version, request.user),
    }


def _outdated(version: VerdictVersion | None) -> Rating | None:
    """Return the draft's rating if it is of an earlier scale, so that it has to be chosen again."""
    rating = version.rating if version else None
    return rating if rating and not rating.scale.is_current else None


def _standards(
    request: DeskRequest,
    claim: Claim,
    version: VerdictVersion | None,
    evidence: list[Evidence] | None,
) -> dict[str, Any]:
    content = content_of(version) if version else Content()
    results: tuple[Result, ...] = gating.checklist(
        claim, version, content, person=request.user, evidence=evidence
    )
    return {
        "results": results,
        "stopping": sum(result.stops for result in results),
        "may_set": may_set_rules(request.user),
    }


def _initial(request: DeskRequest, version: VerdictVersion | None) -> dict[str, Any]:
    page = uuid4().hex
    if version is None:
        return {"revision": 1, "page": page}
    content = content_of(version)
    said = declaring.of_person(version, request.user)
    return {name: getattr(content, name) for name in content.texts()} | {
        "revision": version.revision,
        "page": page,
        "interest": "" if said is None else "some" if said.words else "none",
        "interest_words": said.words if said else "",
        "interest_named": bool(said and said.is_named),
    }
