"""Flags on pages of sources: the app of sources knows nothing of verdicts."""

from typing import Any

from django import template

from claims.views.drifted import open_flags
from sources.models import Source

register = template.Library()


@register.inclusion_tag("claims/_source_flags.html")
def flags_of(source: Source, *, can_check: bool) -> dict[str, Any]:
    """Show the verdicts that rest on what the source no longer says."""
    return {"flags": open_flags(source=source.pk), "can_check": can_check}
