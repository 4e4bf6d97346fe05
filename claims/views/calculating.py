"""A calculation in the making: choose, see what it gives, attach it; and taking one off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import calculations, recalculating, sealing
from claims.calculating import OPERATIONS
from claims.calculating.operations import slots_of
from claims.forms.calculations import FIRST, CalculationForm, data_of, token
from claims.models import Calculation, Claim
from claims.picking import Stated, quoted_in, stated_in
from claims.views.quoting import quotes_of
from claims.views.wishes import as_uuid
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk(may_check, methods=("GET", "HEAD", "POST"))
def claim_calculate(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the form with what its numbers give so far, or attach the calculation."""
    attaching = request.method == "POST" and request.POST.get("do") != "show"
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    replaced = _replaced(request, found)
    stated = stated_in(found)
    quoted = list(quoted_in(sealing.live_evidence(found)))
    sent = request.POST if request.method == "POST" else request.GET
    data = sent if "operation" in sent else _first(replaced, stated)
    form = CalculationForm(data, stated=stated, quoted=quoted)
    form.is_valid()
    work: dict[str, Any] = {"worked": None, "problem": "", "lacking": ""}
    if attaching and form.errors:
        work["problem"] = next(iter(form.errors.values()))[0]
    elif attaching:
        try:
            return _attached(request, found, form, replaced)
        except FactcheckError as error:
            work["problem"] = error.text
    else:
        work = _work(found, form)
    context = work | {
        "claim": found,
        "form": form,
        "replaced": replaced,
        "operations": OPERATIONS.values(),
        "quotes": quotes_of(quoted),
    }
    return render(request, "claims/calculate.html", context, status=422 if attaching else 200)


@desk(may_check, methods=("POST",))
def calculation_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a calculation off the claim."""
    found = _calculation(pk)
    with telling(request):
        calculations.remove(calculation=found, by=request.user, at=timezone.now())
        messages.success(request, "The calculation was taken off. You can put it back.")
    return redirect(f"{found.claim.get_absolute_url()}#calculations")


@desk(may_check, methods=("POST",))
def calculation_put_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Attach once more what was taken off."""
    found = _calculation(pk)
    with telling(request):
        calculations.put_back(calculation=found, by=request.user, at=timezone.now())
        messages.success(request, "The calculation is back; the sum was done again.")
    return redirect(f"{found.claim.get_absolute_url()}#calculations")


def _attached(
    request: DeskRequest, found: Claim, form: CalculationForm, replaced: Calculation | None
) -> HttpResponse:
    claimed, inputs = form.picks()
    made = calculations.attach(
        claim=found,
        operation=form.data.get("operation", ""),
        claimed=claimed,
        inputs=inputs,
        replaces=replaced,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "The calculation is attached; the server did the sum.")
    return redirect(f"{found.get_absolute_url()}#calculation-{made.pk}")


def _work(found: Claim, form: CalculationForm) -> dict[str, Any]:
    """Return what the numbers give, or why they give nothing, or what is still to be chosen."""
    claimed, inputs = form.picks()
    lacking = len(inputs) < len(form.chosen.slots) or claimed is None
    if lacking:
        return {"worked": None, "problem": "", "lacking": _lacking(form, len(inputs), claimed)}
    try:
        slots_of(form.chosen, len(inputs))
        worked = calculations.work_out(
            claim=found, operation=form.chosen.code, claimed=claimed, inputs=inputs
        )
    except FactcheckError as error:
        return {"worked": None, "problem": error.text, "lacking": ""}
    shown = recalculating.result_form(worked.result) | {
        "label": form.chosen.label,
        "verdict": worked.result.verdict,
        "claimed": {"text": worked.claimed.text},
    }
    return {"worked": shown, "problem": "", "lacking": ""}


def _lacking(form: CalculationForm, chosen: int, claimed: object) -> str:
    numbers = len(form.chosen.slots) - chosen
    parts = ["the claim’s number"] if claimed is None else []
    if numbers > 0:
        parts.append("one more number" if numbers == 1 else f"{numbers} numbers")
    return " and ".join(parts)


def _first(replaced: Calculation | None, stated: list[Stated]) -> dict[str, Any]:
    """Return what the form starts with: the calculation to change, or the claim's only number."""
    if replaced is not None:
        return data_of(replaced)
    only = token(stated[0].pick) if len(stated) == 1 else ""
    return {"operation": FIRST, "claimed": only}


def _replaced(request: DeskRequest, found: Claim) -> Calculation | None:
    key = as_uuid(request.POST.get("replaces") or request.GET.get("replaces", ""))
    rows = Calculation.objects.filter(claim=found, removed_at=None)
    return get_object_or_404(rows, pk=key) if key else None


def _calculation(pk: UUID) -> Calculation:
    return get_object_or_404(Calculation.objects.select_related("claim"), pk=pk)
