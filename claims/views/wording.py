"""A wording that the language model proposes for a claim: a person takes it or leaves it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import marking
from claims.models import Claim
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling


@desk(may_check, methods=("POST",))
def claim_wording(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take the proposed wording, or leave the claim's own."""
    found = get_object_or_404(Claim, pk=pk)
    is_taken = request.POST.get("do") == "take"
    verb = marking.accept_wording if is_taken else marking.decline_wording
    with telling(request):
        verb(claim=found, by=request.user, at=timezone.now())
        words = "The claim has the new wording." if is_taken else "The claim keeps its wording."
        messages.success(request, words)
    return redirect(onward(request, found.get_absolute_url()))
