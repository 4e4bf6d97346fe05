"""Archived bytes as files: nothing of them is shown on this origin."""

from collections.abc import Callable

from django.http import HttpResponse

from sources import blobs


def attachment(read: Callable[[], bytes], filename: str) -> HttpResponse:
    """Answer with what `read` returns, as a file. Raises Retryable where the store is away."""
    with blobs.telling():
        data = read()
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
