from django import template

from factcheck.accounts import permissions
from factcheck.accounts.permissions import Person

register = template.Library()


@register.filter
def may_manage(person: Person) -> bool:
    """Whether the person manages people, keys and settings."""
    return permissions.may_manage(person)
