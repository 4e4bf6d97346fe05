"""Every address of the product."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, include, path

from claims.views.home import home
from factcheck.api.desk import receipts


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer whether the web server and its database work, and which run this is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "run": settings.RUN_ID})


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", home, name="home"),
    path("", include("claims.urls")),
    path("verdicts/<uuid:pk>/receipts/", receipts, name="receipts"),
    path("sources/", include("sources.urls")),
    path("account/", include("factcheck.accounts.urls")),
    path("audit/", include("factcheck.explorer.urls")),
    path("account/", include("factcheck.accounts.library_urls")),
    path("", include("factcheck.people.urls")),
    path("api/v1/", include("factcheck.api.urls")),
]
