"""Named predicates: the only place that reads a role."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from factcheck.accounts.models import Role, User
from factcheck.errors import NotAllowedError

Person = User | AnonymousUser

CHECKING = (Role.CHECKER, Role.EDITOR)


def may_check(person: Person) -> bool:
    """Whether the person may add articles, claims, evidence and verdict drafts."""
    return isinstance(person, User) and person.is_active and person.role in CHECKING


def may_approve(person: Person) -> bool:
    """Whether the person may approve, send back and publish; never their own work."""
    return isinstance(person, User) and person.is_active and person.role == Role.EDITOR


def may_publish_alone(person: Person) -> bool:
    """Whether the editor may publish in an emergency without a second pair of eyes."""
    return isinstance(person, User) and may_approve(person) and person.may_publish_alone


def may_manage(person: Person) -> bool:
    """Whether the person may manage people, keys and settings."""
    return isinstance(person, User) and person.is_active and person.role == Role.ADMIN


def require(predicate: Callable[[Person], bool], person: Person) -> User:
    """Return the person if the predicate holds, else raise NotAllowedError."""
    if isinstance(person, User) and predicate(person):
        return person
    raise NotAllowedError
