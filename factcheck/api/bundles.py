"""A verdict with everything that proves it, for partners with a key."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import bundling
from factcheck.api import serializers
from factcheck.api.parameters import integer
from factcheck.api.throttling import key_of
from factcheck.api.views import VerdictMissingError
from factcheck.errors import Refused

PROBLEM = OpenApiResponse(serializers.ProblemSerializer, description="RFC 9457 problem details")


class KeyRequiredError(Refused):
    """The address is for partners with a key."""

    code = "key_required"


class AlwaysZip(BaseContentNegotiation):
    """There is one form, so the Accept header chooses nothing."""

    def select_renderer(  # type: ignore[override]
        self,
        request: Request,  # noqa: ARG002 (the framework's form)
        renderers: list[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002 (the framework's form)
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer, which writes the problems."""
        return renderers[0], renderers[0].media_type


class VerdictBundle(APIView):
    """The proof of a published verdict, as a ZIP."""

    content_negotiation_class = AlwaysZip

    @extend_schema(
        operation_id="verdicts_bundle",
        parameters=[
            OpenApiParameter("version", int, description="Which one; left out, the newest public.")
        ],
        responses={
            (200, "application/zip"): OpenApiResponse(
                bytes, description="Manifest, WARC records, texts and verify.py"
            ),
            **dict.fromkeys((400, 401, 404, 429, 503), PROBLEM),
        },
    )
    def get(self, request: Request, verdict_id: UUID) -> HttpResponse:
        """Return the sealed manifest, the archived bytes and a script that ties them together."""
        if key_of(request) is None:
            raise KeyRequiredError
        number = integer(request, "version", default=0, least=1, most=2**31 - 1)
        version = bundling.public_version(verdict_id, number or None)
        if version is None:
            raise VerdictMissingError
        made = bundling.bundle(version=version, at=timezone.now())
        # Django's own class for a file is no HttpResponse by type alone.
        return FileResponse(made, as_attachment=True, filename=bundling.file_name(version))  # type: ignore[return-value]
