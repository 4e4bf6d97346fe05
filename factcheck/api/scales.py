"""The desk's scales for partners: what a rating's code, place and class mean."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import scales
from claims.models import Rating, RatingScale
from factcheck.api.rating_shapes import ScaleListSerializer
from factcheck.api.serializers import ProblemSerializer

PROBLEM = OpenApiResponse(ProblemSerializer, description="RFC 9457 problem details")


class ScaleList(APIView):
    """Every version of the desk's rating scale, with labels in each of its languages."""

    @extend_schema(
        operation_id="scales_list",
        responses={
            200: ScaleListSerializer,
            **dict.fromkeys((401, 429), PROBLEM),
        },
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002 (its form)
        """Return the current scale and the earlier ones, newest first; no drafts."""
        rows = scales.everything().filter(is_draft=False)
        return Response({"results": [_scale(scale) for scale in rows]})


def _scale(scale: RatingScale) -> dict[str, Any]:
    ratings = list(scale.ratings.all())
    return {
        "scale": scale.slug,
        "version": scale.version,
        "name": scale.name,
        "language": scale.language,
        "is_current": scale.is_current,
        "worst": 1,
        "best": max(rating.value or 0 for rating in ratings),
        "ratings": [_rating(rating, scale.language) for rating in ratings],
    }


def _rating(rating: Rating, language: str) -> dict[str, Any]:
    words = {language: {"label": rating.label, "meaning": rating.meaning}}
    for row in scales.labels_of(rating):
        words[row.language] = {"label": row.label, "meaning": row.meaning}
    return {
        "code": rating.code,
        "value": rating.value,
        "bucket": rating.bucket,
        "words": words,
    }
