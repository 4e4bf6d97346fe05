"""The codes of an authenticator app, worked out as RFC 6238 says."""

import base64
import hashlib
import hmac
import struct


def code(secret: str, at: float) -> str:
    """Return the six digits that the app shows at that second since the epoch."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
