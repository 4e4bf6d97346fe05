"""The page behind an invitation's link."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from factcheck.accounts.views.desk import error_page
from factcheck.errors import FactcheckError
from factcheck.people import inviting
from factcheck.people.forms import JoinForm
from factcheck.people.joining import NameTakenError


@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a name and a password, and be signed in. What was typed stays when it is refused."""
    if request.user.is_authenticated:
        return render(request, "people/join_signed_in.html")
    form = JoinForm(request.POST if request.method == "POST" else None)
    try:
        invitation = inviting.opened(token=token, at=timezone.now())
        if form.is_valid():
            person = inviting.accept(token=token, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Welcome to the desk, {person}.")
            record_authentication(request, person, method="password", reauthenticated=True)
            answer: HttpResponse = perform_login(request, person, redirect_url=reverse("home"))
            return answer
    except NameTakenError as error:
        form.add_error("username", error.text)
    except FactcheckError as error:
        return error_page(request, error)
    context = {"form": form, "invitation": invitation}
    return render(request, "people/join.html", context, status=422 if form.is_bound else 200)
