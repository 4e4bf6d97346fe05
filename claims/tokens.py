"""Tokens in links that open a page without an account.

A token is an HMAC over a random seed with the installation's secret key: nobody can guess it, and
only its SHA-256 is kept. It can be made again from the seed while the secret key is the same.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac


def token_for(purpose: str, seed: str) -> str:
    """Return the token of a seed: 43 characters that may stand in an address."""
    mac = salted_hmac(f"factcheck.links.{purpose}", seed, algorithm="sha256")
    return urlsafe_b64encode(mac.digest()).decode().rstrip("=")


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def fits(token: str, digest: str) -> bool:
    """Whether the token is the one of the digest, in a time that does not tell how nearly."""
    return hmac.compare_digest(digest_of(token), digest)
