"""The settings screen: partners' API keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts.permissions import may_manage
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.api import keys
from factcheck.api.models import ApiKey
from factcheck.people import listing
from factcheck.people.forms import KeyForm
from factcheck.people.views.paging import number


@desk(may_manage)
def settings_page(request: DeskRequest) -> HttpResponse:
    """Show the keys, newest first."""
    return _page(request, KeyForm())


@desk(may_manage, methods=("POST",))
def key_issue(request: DeskRequest) -> HttpResponse:
    """Make a key and show it, once."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    partner = form.cleaned_data["partner"]
    row, key = keys.issue(partner=partner, by=request.user, at=timezone.now())
    return render(request, "people/key_issued.html", {"row": row, "key": key})


@desk(may_manage, methods=("POST",))
def key_revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a key useless from now on."""
    row = get_object_or_404(ApiKey, pk=pk)
    keys.revoke(key=row, by=request.user, at=timezone.now())
    messages.success(request, f"The key {row.prefix}… of {row.partner} is revoked.")
    return redirect("people:settings")


def _page(request: DeskRequest, form: KeyForm, status: int = 200) -> HttpResponse:
    page = listing.keys(before=number(request.GET.get("before", "")))
    return render(request, "people/settings.html", {"form": form, "page": page}, status=status)
