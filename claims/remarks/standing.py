"""Where words that were commented on stand in a text that may have changed since."""


def stands_at(text: str, exact: str, near: int) -> int | None:
    """Return the offset of `exact` in the text that is nearest to `near`, or None where it is gone.

    Only the very same words count. Of two places equally near the first is taken.
    """
    if not exact:
        return None
    before = text.rfind(exact, 0, max(0, near) + len(exact))
    after = text.find(exact, max(0, near))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - near), default=None)
