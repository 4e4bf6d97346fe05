"""The partner API. Bodies were rendered at publication; a request copies them out."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.api import ledgers, serializers, stored
from factcheck.api.parameters import integer
from factcheck.errors import Permanent

DEFAULT_LIMIT, MAX_LIMIT = 20, 200
MEDIA_TYPES = {"body": "application/json", "claim_review": "application/ld+json"}


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

    def wanted_form(self, request: Request) -> stored.Form:
        """Return which of the two forms the partner asked for."""
        media_type: str = request.accepted_media_type
        return "claim_review" if media_type.startswith("application/ld+json") else "body"


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
        after = integer(request, "after", default=0, least=0, most=2**62)
        limit = integer(request, "limit", default=DEFAULT_LIMIT, least=1, most=MAX_LIMIT)
        form = self.wanted_form(request)
        rows = stored.page(after=after, limit=limit + 1, form=form)
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            query = f"?after={shown[-1].seq}&limit={limit}"
            following = request.build_absolute_uri(request.path) + query
        if form == "claim_review":
            items = ",".join(row.text for row in shown)
            return _send(f'{{"@context":"https://schema.org","@graph":[{items}]}}', form)
        items = ",".join(row.with_seq() for row in shown)
        return _send(f'{{"results":[{items}],"next":{json.dumps(following)}}}', form)


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
        form = self.wanted_form(request)
        row = stored.find(verdict_id, form=form)
        if row is None:
            raise VerdictMissingError
        etag = f'"{row.etag[:32]}{"-ld" if form == "claim_review" else ""}"'
        headers = {"ETag": etag, "Last-Modified": http_date(row.updated_at.timestamp())}
        if etag in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers=headers)
        return _send(row.text if form == "claim_review" else row.with_seq(), form, headers)


class ArticleCoverage(APIView):
    """The coverage ledger of an article that has a published verdict."""

    @extend_schema(
        operation_id="articles_coverage",
        responses={
            200: serializers.CoverageSerializer,
            **dict.fromkeys((401, 404, 429), PROBLEM),
        },
    )
    def get(self, request: Request, article_id: UUID) -> Response:  # noqa: ARG002 (its form)
        """Return what was checked of the article and what was left out, and why."""
        found = ledgers.published_ledger(article_id)
        if found is None:
            raise VerdictMissingError
        return Response(found)


def _send(body: str, form: stored.Form, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(body, content_type=MEDIA_TYPES[form], headers=headers)
    answer["Vary"] = "Accept"
    return answer
