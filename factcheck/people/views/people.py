"""The people of the desk, for admins: the list, one person, and what may be changed of them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts import second_factor
from factcheck.accounts.models import Role, User
from factcheck.accounts.permissions import may_manage
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.audit.models import Event
from factcheck.people import listing, managing
from factcheck.people.forms import RoleForm
from factcheck.people.wording import told

PersonView = Callable[..., HttpResponse]


@desk(may_manage)
def people(request: DeskRequest) -> HttpResponse:
    """Show everybody at the desk, those who left too."""
    search = request.GET.get("search", "")[:150].replace("\x00", "")
    after = request.GET.get("after", "")[:150].replace("\x00", "")
    page = listing.people(search=search, after=after)
    return render(request, "people/people.html", {"page": page, "search": search})


@desk(may_manage)
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one person, what may be changed of them, and what happened to their account."""
    found = get_object_or_404(User, pk=pk)
    events = Event.objects.filter(target_type="accounts.user", target_id=str(pk)).order_by("-id")
    context = {
        "person": found,
        "form": RoleForm(initial={"role": found.role}),
        "is_own": found == request.user,
        "is_editor": found.role == Role.EDITOR,
        "has_second_factor": second_factor.has_one(found),
        "sessions": listing.sessions(person=found, at=timezone.now()),
        "history": told(events[:20]),
    }
    return render(request, "people/person.html", context)


@desk(may_manage, methods=("POST",))
def role(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the person another role."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        new = form.cleaned_data["role"]
        with telling(request):
            managing.change_role(person=found, role=new, by=request.user, at=timezone.now())
            messages.success(request, f"{found} is {Role(new).label} now.")
    else:
        messages.error(request, "Choose a role.")
    return redirect("people:person", pk)


def _change(verb: Callable[[User, User, datetime], User], words: str) -> PersonView:
    """Return a view that does one thing to a person and goes back to their page."""

    @desk(may_manage, methods=("POST",))
    def view(request: DeskRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(User, pk=pk)
        with telling(request):
            verb(found, request.user, timezone.now())
            messages.success(request, words.format(name=found))
        return redirect("people:person", pk)

    return view


deactivate = _change(
    lambda person, by, at: managing.deactivate(person=person, by=by, at=at),
    "{name} has no access any more and is signed out everywhere.",
)
reactivate = _change(
    lambda person, by, at: managing.reactivate(person=person, by=by, at=at),
    "{name} has access again.",
)
end_sessions = _change(
    lambda person, by, at: managing.end_sessions(person=person, by=by, at=at),
    "{name} is signed out everywhere.",
)
reset_factor = _change(
    lambda person, by, at: managing.reset_second_factor(person=person, by=by, at=at),
    "{name} has no second factor any more and is signed out everywhere.",
)
allow_alone = _change(
    lambda person, by, at: managing.let_publish_alone(person=person, allowed=True, by=by, at=at),
    "{name} may publish alone in an emergency.",
)
withdraw_alone = _change(
    lambda person, by, at: managing.let_publish_alone(person=person, allowed=False, by=by, at=at),
    "{name} may not publish alone any more.",
)
