"""The number beside “Notifications” in the navigation."""

from django import template

from claims.noticing import unread_words
from factcheck.accounts.models import User

register = template.Library()


@register.simple_tag
def unread(person: User) -> str:
    """Return how many notifications the person has not read; empty for none."""
    return unread_words(person)
