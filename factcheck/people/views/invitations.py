"""Invitations, for admins: the list, a new one, the same once more, and taking one back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts.permissions import may_manage
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError
from factcheck.people import inviting, listing, mailing
from factcheck.people.forms import InviteForm
from factcheck.people.models import Invitation
from factcheck.people.views.paging import number


@desk(may_manage, methods=("GET", "HEAD", "POST"))
def invitations(request: DeskRequest) -> HttpResponse:
    """Show the invitations; by POST invite somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if form.is_valid():
        try:
            made, token = inviting.invite(by=request.user, at=timezone.now(), **form.cleaned_data)
        except FactcheckError as error:
            form.add_error("email", error.text)
        else:
            return _sent(request, made, token)
    return _page(request, form, status=422)


@desk(may_manage, methods=("POST",))
def send_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Send a new link in place of the earlier one."""
    found = get_object_or_404(Invitation, pk=pk)
    try:
        made, token = inviting.send_again(invitation=found, by=request.user, at=timezone.now())
    except FactcheckError as error:
        messages.error(request, error.text)
        return redirect("people:invitations")
    return _sent(request, made, token)


@desk(may_manage, methods=("POST",))
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(Invitation, pk=pk)
    with telling(request):
        inviting.revoke(invitation=found, by=request.user, at=timezone.now())
        messages.success(request, f"The invitation to {found.email} is taken back.")
    return redirect("people:invitations")


def _sent(request: DeskRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Show the link, once: nothing that is kept could show it again."""
    context = {
        "sent": invitation,
        "link": mailing.link(token),
        "was_mailed": mailing.send(invitation, token),
        "has_mail_server": settings.HAS_MAIL_SERVER,
    }
    return render(request, "people/invited.html", context)


def _page(request: DeskRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    page = listing.invitations(before=number(request.GET.get("before", "")))
    now = timezone.now()
    rows = [(invitation, invitation.state(now)) for invitation in page.items]
    context = {"form": form, "rows": rows, "page": page}
    return render(request, "people/invitations.html", context, status=status)
