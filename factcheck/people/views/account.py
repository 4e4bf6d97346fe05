"""My account: name, e-mail address, password, second factor and sessions."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError
from factcheck.people import listing, managing
from factcheck.people.forms import NameForm

KINDS = {"totp": "an authenticator app", "webauthn": "a passkey"}


@desk(methods=("GET", "HEAD", "POST"), before_second_factor=True)
def account(request: DeskRequest) -> HttpResponse:
    """Show one's account; by POST change name and address, after proving oneself once more."""
    if request.method == "POST":
        answer: HttpResponse = _rename(request)
        return answer
    person = request.user
    return _page(request, NameForm(initial={"name": person.name, "email": person.email}))


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def _rename(request: DeskRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            managing.rename(person=request.user, at=timezone.now(), **form.cleaned_data)
        except FactcheckError as error:
            form.add_error("email", error.text)
        else:
            messages.success(request, "Your account is changed.")
            return redirect("people:account")
    return _page(request, form, status=422)


@desk(methods=("POST",), before_second_factor=True)
def sessions_end(request: DeskRequest) -> HttpResponse:
    """End every session but this one."""
    return _end(request, None)


@desk(methods=("POST",), before_second_factor=True)
def session_end(request: DeskRequest, pk: int) -> HttpResponse:
    """End one session of one's own; this one ends by signing out."""
    return _end(request, pk)


def _end(request: DeskRequest, only: int | None) -> HttpResponse:
    keep = request.session.session_key or ""
    ended = managing.end_own_sessions(person=request.user, keep=keep, at=timezone.now(), only=only)
    words = f"{ended} other session{'' if ended == 1 else 's'} ended."
    messages.success(request, words if ended else "No other session was open.")
    return redirect("people:account")


def _page(request: DeskRequest, form: NameForm, status: int = 200) -> HttpResponse:
    types = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "form": form,
        "factors": [words for kind, words in KINDS.items() if kind in set(types)],
        "is_required": settings.REQUIRE_SECOND_FACTOR,
        "sessions": listing.sessions(person=request.user, at=timezone.now()),
        "this_session": request.session.session_key,
    }
    return render(request, "people/account.html", context, status=status)
