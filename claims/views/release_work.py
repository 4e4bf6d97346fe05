"""What an editor does about when and how a version goes out; each action is one domain call."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from claims import opinions, workflow
from claims.forms import SealForm
from claims.forms.releases import AloneForm, AskOpinionForm, EmbargoForm, RulingForm, ScheduleForm
from claims.views import approval
from claims.views.releasing import askable
from factcheck.accounts.permissions import may_approve, may_check, may_publish_alone
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk(may_publish_alone, methods=("POST",))
def version_publish_alone(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Publish without a second editor, in an emergency."""
    version, form = approval.find_version(pk), AloneForm(request.POST)
    if form.is_valid():
        try:
            workflow.publish_alone(
                version=version,
                digest=form.cleaned_data["digest"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Published, with your reason for everybody to see.")
            return redirect("claims:approval", pk)
    return approval.page(request, version, came_back={"alone_form": form, "alone_now": True})


@desk(may_approve, methods=("POST",))
def version_second(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Stand behind what another editor published alone."""
    form = SealForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    with telling(request):
        workflow.second(
            version=approval.find_version(pk), digest=digest, by=request.user, at=timezone.now()
        )
        messages.success(request, "Approved. Readers see that a second editor stands behind it.")
    return redirect("claims:approval", pk)


@desk(may_approve, methods=("POST",))
def version_schedule(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have an approved version published at a time, or by hand again."""
    version = approval.find_version(pk)
    if request.POST.get("do") == "clear":
        with telling(request):
            workflow.unschedule(version=version, by=request.user, at=timezone.now())
            messages.success(request, "It waits for somebody to publish it by hand.")
        return redirect("claims:approval", pk)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        try:
            workflow.schedule(
                version=version,
                digest=form.cleaned_data["digest"],
                publish_at=form.cleaned_data["publish_at"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error("publish_at", error.text)
        else:
            messages.success(request, "It goes out at that time.")
            return redirect("claims:approval", pk)
    return approval.page(request, version, came_back={"schedule_form": form, "schedule_now": True})


@desk(may_approve, methods=("POST",))
def version_embargo(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep the verdict back until a time, or let it go."""
    version = approval.find_version(pk)
    if request.POST.get("do") == "clear":
        with telling(request):
            workflow.lift_embargo(verdict=version.verdict, by=request.user, at=timezone.now())
            messages.success(request, "The embargo is lifted.")
        return redirect("claims:approval", pk)
    form = EmbargoForm(request.POST)
    if form.is_valid():
        try:
            workflow.set_embargo(
                verdict=version.verdict,
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error("until", error.text)
        else:
            messages.success(request, "Nobody can publish it before that time.")
            return redirect("claims:approval", pk)
    return approval.page(request, version, came_back={"embargo_form": form, "embargo_now": True})


@desk(may_check, methods=("POST",))
def version_ask_opinion(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask somebody for a rating of their own."""
    version = approval.find_version(pk)
    form = AskOpinionForm(request.POST, people=askable(version, request.user))
    if form.is_valid():
        of = form.cleaned_data["of"]
        try:
            opinions.ask(version=version, of=of, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("of", error.text)
        else:
            messages.success(request, f"{of} is asked, and does not see the draft until then.")
            return redirect("claims:approval", pk)
    return approval.page(request, version, came_back={"ask_form": form, "ask_now": True})


@desk(may_approve, methods=("POST",))
def version_rule(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Decide between the verdict's rating and the second opinion's."""
    version, form = approval.find_version(pk), RulingForm(request.POST)
    opinion = opinions.newest(version)
    if opinion is None:
        return redirect("claims:approval", pk)
    if form.is_valid():
        try:
            opinions.rule(
                opinion=opinion,
                version=version,
                ruling=form.cleaned_data["ruling"],
                because=form.cleaned_data["because"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Your decision is kept, with its reason.")
            return redirect("claims:approval", pk)
    return approval.page(request, version, came_back={"ruling_form": form})
