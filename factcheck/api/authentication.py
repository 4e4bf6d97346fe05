from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from factcheck.api import keys
from factcheck.api.models import ApiKey
from factcheck.errors import Refused


class InvalidKeyError(Refused):
    """A key was given, and it is not one of ours or no longer."""

    code = "invalid_key"


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer fc_…`. Without the header a request is anonymous."""

    def authenticate(self, request: Request) -> tuple[ApiKey, None] | None:
        """Return the key's row; raise InvalidKeyError for a key that is not live."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        row = keys.find(key.strip()) if scheme.lower() == "bearer" else None
        if row is None:
            raise InvalidKeyError
        return row, None

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 (the framework's form)
        """Name the scheme for the WWW-Authenticate header."""
        return 'Bearer realm="factcheck"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes the key."""

    target_class = ApiKeyAuthentication
    name = "ApiKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "fc_…"}
