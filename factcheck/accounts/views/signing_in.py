"""Signing in and out."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from factcheck.accounts.forms import SignInForm
from factcheck.accounts.views.desk import onward


def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; whoever is signed in already goes on to the desk."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(onward(request, "home"))
        return _page(request, SignInForm())
    form = SignInForm(request.POST, address=request.META.get("REMOTE_ADDR", ""))
    if not form.is_valid() or form.person is None:
        return _page(request, form, status=422)
    login(request, form.person)
    return redirect(onward(request, "home"))


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
