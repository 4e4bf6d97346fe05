"""What kind of document a body is: as its server says, or by its first bytes when it does not."""

import re

_TYPE = re.compile(r"\s*([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)\s*(?:;|$)")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_VAGUE = frozenset({"", "application/octet-stream", "text/plain", "unknown/unknown", "*/*"})
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)
_HTML = re.compile(
    rb"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE,
)
SNIFF = 1024


def read_content_type(values: list[str]) -> tuple[str, str]:
    """Return the media type in lower case and the charset of `Content-Type`; each may be empty."""
    if not values:
        return "", ""
    kind, charset = _TYPE.match(values[0]), _CHARSET.search(values[0])
    return (kind[1].lower() if kind else ""), (charset[1].lower() if charset else "")


def sniff(declared: str, head: bytes) -> str:
    """Return `declared`, or what the first bytes plainly are where it says nothing definite."""
    if declared not in _VAGUE:
        return declared
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if declared != "text/plain" and _HTML.match(head):
        return "text/html"
    return declared or _text_or_bytes(head)


def _text_or_bytes(head: bytes) -> str:
    return "application/octet-stream" if b"\x00" in head else "text/plain"
