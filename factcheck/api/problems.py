"""Errors of the API as RFC 9457 problem details (application/problem+json)."""

import math
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from factcheck.errors import TEXTS, FactcheckError

MEDIA_TYPE = "application/problem+json"
STATUSES = {"invalid_key": 401, "key_required": 401, "not_allowed": 403, "not_found": 404}
FAMILY_STATUSES = {"retryable": 503, "permanent": 400, "refused": 409}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001
    """Translate an error of the house or of the framework; None lets it crash loudly."""
    headers: dict[str, str] = {}
    if isinstance(error, FactcheckError):
        code, detail, status = error.code, error.text, _status(error)
    elif isinstance(error, Http404):
        code, detail, status = "not_found", TEXTS["not_found"], 404
    elif isinstance(error, PermissionDenied):
        code, detail, status = "not_allowed", TEXTS["not_allowed"], 403
    elif isinstance(error, exceptions.APIException):
        code, detail = _framework(error)
        status = error.status_code
    else:
        return None
    if status == 401:  # noqa: PLR2004 (Unauthorized)
        headers["WWW-Authenticate"] = 'Bearer realm="factcheck"'
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(_seconds(error))
    return Response(
        problem(code, detail, status), status=status, headers=headers, content_type=MEDIA_TYPE
    )


def problem(code: str, detail: str, status: int) -> dict[str, Any]:
    """Return the problem's members; `code` is stable, `detail` is for people."""
    return {
        "type": f"urn:factcheck:error:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }


def not_found(_request: HttpRequest, exception: Exception | None = None) -> JsonResponse:  # noqa: ARG001
    """Answer an address of the API that does not exist."""
    body = problem("not_found", TEXTS["not_found"], 404)
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)


def _status(error: FactcheckError) -> int:
    return STATUSES.get(error.code, FAMILY_STATUSES[error.family])


def _framework(error: exceptions.APIException) -> tuple[str, str]:
    if isinstance(error, exceptions.Throttled):
        return "throttled", TEXTS["throttled"].format(seconds=_seconds(error))
    if isinstance(error, exceptions.NotAcceptable):
        return "not_acceptable", TEXTS["not_acceptable"]
    if isinstance(error, exceptions.MethodNotAllowed):
        method = str(error.detail).split('"')[1]
        return "method_not_allowed", TEXTS["method_not_allowed"].format(method=method)
    if isinstance(error, exceptions.NotFound):
        return "not_found", TEXTS["not_found"]
    return "malformed_request", TEXTS["malformed_request"]


def _seconds(error: exceptions.Throttled) -> int:
    # The framework sets `wait` on the instance; None when it cannot tell.
    return math.ceil(getattr(error, "wait", None) or 1)
