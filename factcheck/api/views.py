"""The partner API. Bodies were rendered at publication; a request copies them out."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.models import Published
from factcheck.api import serializers
from factcheck.errors import Permanent

DEFAULT_LIMIT, MAX_LIMIT = 20, 200


class ParameterError(Permanent):
    """A query parameter is not valid."""

    code = "invalid_parameter"


class VerdictMissingError(Permanent):
    """No verdict was published under this id."""

    code = "not_found"


class LinkedDataRenderer(JSONRenderer):
    """Answers for `Accept: application/ld+json`: schema.org ClaimReview."""

    media_type = "application/ld+json"
    format = "jsonld"


PROBLEM = OpenApiResponse(serializers.ProblemSerializer, description="RFC 9457 problem details")
ERRORS = {400: PROBLEM, 401: PROBLEM, 404: PROBLEM, 406: PROBLEM, 429: PROBLEM}


class PublishedView(APIView):
    """What both addresses share: two forms of the same verdicts."""

    renderer_classes = (JSONRenderer, LinkedDataRenderer)
    content_negotiation_class = DefaultContentNegotiation

    def wants_claim_review(self, request: Request) -> bool:
        """Whether the partner asked for ClaimReview."""
        return bool(request.accepted_media_type.startswith("application/ld+json"))


class VerdictList(PublishedView):
    """All published verdicts, in the order of publication."""

    @extend_schema(
        operation_id="verdicts_list",
        parameters=[
            OpenApiParameter("after", int, description="Only verdicts with a greater `seq`."),
            OpenApiParameter(
                "limit", int, description=f"1 to {MAX_LIMIT}, {DEFAULT_LIMIT} when left out."
            ),
        ],
        responses={
            200: serializers.VerdictPageSerializer,
            **dict.fromkeys((400, 401, 406, 429), PROBLEM),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Page through published verdicts by `seq`; keep the last one to ask for what is new."""
        after = _integer(request, "after", default=0, least=0, most=2**62)
        limit = _integer(request, "limit", default=DEFAULT_LIMIT, least=1, most=MAX_LIMIT)
        rows = list(Published.objects.filter(seq__gt=after).order_by("seq")[: limit + 1])
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            query = f"?after={shown[-1].seq}&limit={limit}"
            following = request.build_absolute_uri(request.path) + query
        return self._answer(request, shown, following)

    def _answer(
        self, request: Request, rows: list[Published], following: str | None
    ) -> HttpResponse:
        if self.wants_claim_review(request):
            items = ",".join(row.claim_review for row in rows)
            body = f'{{"@context":"https://schema.org","@graph":[{items}]}}'
            return _send(body, "application/ld+json")
        items = ",".join(with_seq(row) for row in rows)
        return _send(f'{{"results":[{items}],"next":{json.dumps(following)}}}', "application/json")


class VerdictDetail(PublishedView):
    """One published verdict."""

    @extend_schema(
        operation_id="verdicts_retrieve",
        responses={
            (200, "application/json"): serializers.VerdictSerializer,
            (200, "application/ld+json"): OpenApiResponse(
                {"type": "object"}, description="schema.org ClaimReview"
            ),
            304: OpenApiResponse(description="Not changed since the given ETag."),
            **ERRORS,
        },
    )
    def get(self, request: Request, verdict_id: UUID) -> HttpResponse:
        """Return the verdict; `If-None-Match` with its ETag answers 304."""
        row = Published.objects.filter(verdict_id=verdict_id).first()
        if row is None:
            raise VerdictMissingError
        review = self.wants_claim_review(request)
        etag = f'"{row.etag[:32]}{"-ld" if review else ""}"'
        headers = {"ETag": etag, "Last-Modified": http_date(row.updated_at.timestamp())}
        if etag in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers=headers)
        if review:
            return _send(row.claim_review, "application/ld+json", headers)
        return _send(with_seq(row), "application/json", headers)


def with_seq(row: Published) -> str:
    """Return the stored JSON object with its number in front: the number came after the text."""
    return f'{{"seq":{row.seq},{row.body[1:]}'


def _send(body: str, media_type: str, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type, headers=headers)
    answer["Vary"] = "Accept"
    return answer


def _integer(request: Request, name: str, *, default: int, least: int, most: int) -> int:
    written: Any = request.query_params.get(name)
    if written is None:
        return default
    if not (written.isascii() and written.isdigit() and len(written) <= 19):  # noqa: PLR2004
        raise ParameterError(name=name, why="it is not a whole number.")
    if not least <= int(written) <= most:
        raise ParameterError(name=name, why=f"it lies outside {least} to {most}.")
    return int(written)
