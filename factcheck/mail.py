"""How e-mail is sent, read from one address. Pure Python.

`smtp://name:password@host:587` (TLS is asked for by STARTTLS), `smtps://…` (TLS from the start),
`smtp+plain://…` (none, for a server on this machine), `console:` (written to standard output),
`file:///directory` (a file for each) and nothing at all (no e-mail).
"""

from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"
SECONDS = 20  # that the mail server may take to answer


def django_settings(url: str) -> dict[str, object]:
    """Return Django's settings for an address. Raises ValueError for one that says nothing."""
    if not url:
        return {"EMAIL_ON": False, "EMAIL_BACKEND": f"{BACKENDS}.dummy.EmailBackend"}
    parts = urlsplit(url)
    found: dict[str, object] = {"EMAIL_ON": True, "EMAIL_TIMEOUT": SECONDS}
    if parts.scheme == "console":
        return found | {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        place = {"EMAIL_FILE_PATH": unquote(parts.path)}
        return found | place | {"EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend"}
    if parts.scheme in {"smtp", "smtps", "smtp+plain"} and parts.hostname:
        default = {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme]
        return found | {
            "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or default,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }
    raise ValueError("FACTCHECK_EMAIL_URL: use smtp://, smtps://, smtp+plain://, console: or file:")
