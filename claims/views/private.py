"""Pages behind a link that only its owner knows: not cached, not listed, not told to others."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
HOUR = 3600


def unlisted(view: View[P]) -> View[P]:
    """Let neither caches nor search engines keep a page, nor other sites learn its address.

    The referrer policy is not `no-referrer`: with it browsers send forms from nowhere (`Origin:
    null`), which the check against forged forms refuses. `same-origin` tells other sites nothing.
    """

    @functools.wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True, max_age=0)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from.

    Behind HTTPS a server of the operator's stands in front, and what it wrote last counts.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    last: str = forwarded.rpartition(",")[2].strip()
    return last or request.META.get("REMOTE_ADDR", "")
