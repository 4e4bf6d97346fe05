def number(text: str) -> int | None:
    """Return the id in an address, or None where there is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None  # noqa: PLR2004 (a bigint)
