"""The desk's door: who may see a page, and how an expected error is told to a person."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from factcheck.accounts import second_factor
from factcheck.accounts.models import User
from factcheck.accounts.permissions import Person
from factcheck.errors import FactcheckError, NotAllowedError

P = ParamSpec("P")

# How each family of errors is answered when no form is there to show it.
STATUSES = {"retryable": 503, "permanent": 422, "refused": 409}


class DeskRequest(HttpRequest):
    """A request behind the door: somebody is signed in. For types only."""

    user: User
    htmx: HtmxDetails


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponse]
PlainView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(person: Person) -> bool:
    """Whether anybody of the desk is there, whatever their role."""
    return isinstance(person, User) and person.is_active


def desk(
    predicate: Callable[[Person], bool] = signed_in,
    *,
    methods: tuple[str, ...] = ("GET", "HEAD"),
    before_second_factor: bool = False,
) -> Callable[[DeskView[P]], PlainView[P]]:
    """Open a view to those whom the predicate names; everybody else is told why not.

    A FactcheckError that the view lets through becomes a page with its words. Where the desk asks
    for a second factor, whoever has none is led to set one up, except for a view that is open
    `before_second_factor`.
    """

    def decorate(view: DeskView[P]) -> PlainView[P]:
        @functools.wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return _wrong_method(request, methods)
            if not signed_in(request.user):
                return _to_sign_in(request)
            if not before_second_factor and second_factor.is_wanting(cast("User", request.user)):
                return _go(request, reverse("mfa_index"))
            try:
                if not predicate(request.user):
                    raise NotAllowedError
                response = view(cast("DeskRequest", request), *args, **kwargs)
            except FactcheckError as error:
                response = error_page(request, error)
            # What the desk sees is for nobody's shared cache; the browser may keep it, so that
            # going back finds what was typed.
            patch_cache_control(response, private=True)
            return response

        return opened

    return decorate


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """Turn an expected error into a message, so that the view can go back to where it was."""
    try:
        yield
    except FactcheckError as error:
        messages.error(request, error.text)


def onward(request: HttpRequest, default: str) -> str:
    """Return where a form asks to go next: only to this site, whatever it says."""
    following = request.POST.get("next", request.GET.get("next", ""))
    mine = url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return following if mine else default


def error_page(request: HttpRequest, error: FactcheckError) -> HttpResponse:
    """Show an expected error on a page of its own."""
    status = 403 if isinstance(error, NotAllowedError) else STATUSES[error.family]
    return render(request, "error.html", {"words": error.text}, status=status)


def _wrong_method(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    words = "This address only takes a form that was sent from its page."
    response = render(request, "error.html", {"words": words}, status=405)
    response["Allow"] = ", ".join(methods)
    return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign in and back: after a form, back to the page that it stood on."""
    here = request.get_full_path()
    if request.method not in ("GET", "HEAD") or request.headers.get("HX-Request"):
        referer = urlsplit(request.headers.get("Referer", ""))
        here = referer.path if referer.netloc == request.get_host() else "/"
    return _go(request, redirect_to_login(here).url)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # htmx follows a redirect inside the fragment; this makes the whole page go.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
