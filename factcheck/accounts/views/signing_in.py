"""Signing in and out."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from factcheck.accounts import signing_in
from factcheck.accounts.forms import SignInForm
from factcheck.accounts.views.desk import onward


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; whoever is signed in already goes on to the desk.

    The library takes over from there: it asks for the second factor, if the person has one.
    """
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(onward(request, "home"))
        return _page(request, SignInForm())
    form = SignInForm(request.POST, address=signing_in.address_of(request))
    if not form.is_valid() or form.person is None:
        return _page(request, form, status=422)
    # A password of just now need not be asked for again when a second factor is set up.
    record_authentication(request, form.person, method="password", reauthenticated=True)
    following = resolve_url(onward(request, "home"))
    answer: HttpResponse = perform_login(request, form.person, redirect_url=following)
    return answer


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. By POST only: a link elsewhere must not sign anybody out."""
    if request.method == "POST":
        logout(request)
        messages.info(request, "You are signed out.")
        return redirect("accounts:sign_in")
    return redirect("home")


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    following = request.POST.get("next", request.GET.get("next", ""))
    context = {"form": form, "next": following}
    return render(request, "accounts/sign_in.html", context, status=status)
