"""The readers' page of a published verdict: the same bytes that partners get."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from claims.models import Published


def verdict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a published verdict to anybody."""
    published = get_object_or_404(Published, pk=pk)
    return render(request, "claims/verdict.html", {"body": json.loads(published.body)})
