from django.db.models import Q

SHA256 = r"^[0-9a-f]{64}$"
GENESIS = "0" * 64


def is_sha256(field: str) -> Q:
    """Return the condition that `field` holds a SHA-256 in lower-case hexadecimal."""
    return Q(**{f"{field}__regex": SHA256})
