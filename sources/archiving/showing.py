"""An archived page made ready to be shown in a frame that runs nothing and calls nobody.

The policy in HEADERS does the work: a sandbox without any allowance, and no source for anything but
inline styles and data: images. What no policy covers (a connection that a link prepares, a setting
that the page makes for its own document) is taken out of the markup. The bytes in the archive stay
as they are.
"""

import re

from sources.archiving.reading.parsed import decode

SHOWN = frozenset({"text/html", "application/xhtml+xml"})
LARGEST = 8 * 1024 * 1024  # bytes; a browser struggles with more
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS: dict[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), fullscreen=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "private, no-store",
}
# A tag's name ends at white space, "/" or ">"; no other spelling opens such an element.
_CALLING = re.compile(
    r"<(/?)(?=(?:link|meta|base|iframe|frame|object|embed|portal|fencedframe)[\s/>])",
    re.IGNORECASE | re.ASCII,
)
# A link that is clicked would lead the frame away; it keeps its words.
_LEADING = re.compile(
    r"(?<=[\s/\"'])(ping|target|srcdoc|http-equiv|formaction|xlink:href|href|action)(?=\s*=)",
    re.IGNORECASE | re.ASCII,
)


def markup(data: bytes, *, charset: str) -> bytes:
    """Return an archived HTML body as UTF-8, without what could prepare or make a call.

    Serve it with HEADERS and `charset=utf-8` only.
    """
    text = decode(data, charset).replace("\x00", "")
    text = _CALLING.sub(r"<\1archived-", text)
    return _LEADING.sub(r"data-archived-\1", text).encode("utf-8", "replace")
