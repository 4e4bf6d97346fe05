"""A claim's words for pages: what the article does not settle in them is marked."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.models import Claim

register = template.Library()

# What the splitter says is missing from a wording, where no word of it stands for that.
MISSING = {"subject": "who or what it is about", "context": "what it belongs to"}
NOT_SETTLED = "The article does not settle what this stands for"


@register.filter
def unsettled(claim: Claim) -> SafeString:
    """Write the claim, marking the words that the article does not settle, each where it stands."""
    standing = {words for words in claim.unresolved if words and words not in MISSING}
    words = sorted(standing, key=len, reverse=True)
    if not words:
        return mark_safe(escape(claim.text))  # noqa: S308 (escaped here)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    # Splitting by a pattern with one group leaves what matched at the odd places.
    pieces = pattern.split(claim.text)
    return mark_safe(  # noqa: S308 (each piece is escaped)
        "".join(
            format_html('<span class="unsettled" title="{}">{}</span>', NOT_SETTLED, piece)
            if place % 2
            else escape(piece)
            for place, piece in enumerate(pieces)
        )
    )


@register.filter
def open_points(claim: Claim) -> str:
    """Say what the article does not settle in the claim's wording; empty where nothing is open."""
    return ", ".join(MISSING.get(words, f"“{words}”") for words in claim.unresolved if words)


@register.filter
def worth(claim: Claim) -> str:
    """Say how much it is worth to check the claim, of 100; rounded, so that 100 is rare."""
    return f"{round(100 * claim.check_worthiness)} of 100"


@register.filter
def said_by(claim: Claim) -> str:
    """Say who makes the claim, with the verb that reports it; empty for the article itself."""
    if not claim.claimant:
        return ""
    verb = f" (“{claim.reporting_verb}”)" if claim.reporting_verb else ""
    return f"{claim.claimant} says so{verb}"
