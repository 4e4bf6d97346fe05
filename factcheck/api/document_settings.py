"""How the OpenAPI document is made; nothing of it is read from the environment."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck partner API",
    "DESCRIPTION": "Published verdicts, each bound to the archived bytes it rests on.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ReplyKindEnum": "factcheck.api.parts.REPLY_KINDS",
        "CorrectionKindEnum": "factcheck.api.correction_serializers.CORRECTION_KINDS",
    },
}
