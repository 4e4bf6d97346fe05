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


def may_keep_feeds(person: Person) -> bool:
    """Whether the person may say which feeds of other desks are imported, and how often."""
    return may_approve(person)


def may_manage(person: Person) -> bool:
    """Whether the person may manage people, keys and settings."""
    return isinstance(person, User) and person.is_active and person.role == Role.ADMIN


def may_set_rules(person: Person) -> bool:
    """Whether the person may set the desk's rules: its standards, rating scale and tags."""
    return may_approve(person) or may_manage(person)


def may_read_audit(person: Person) -> bool:
    """Whether the person may read and export what everybody did."""
    return may_approve(person) or may_manage(person)


def may_verify_audit(person: Person) -> bool:
    """Whether the person may have the audit trail verified; an admin only reads it."""
    return may_approve(person)


def may_look_into_reports(person: Person) -> bool:
    """Whether the person may look into a reader's report of an error and recommend an answer."""
    return may_check(person)


def may_decide_reports(person: Person) -> bool:
    """Whether the person may decide a report that somebody else looked into first."""
    return may_approve(person)


def may_ask_claimants(person: Person) -> bool:
    """Whether the person may make and revoke a claimant's link for the right of reply."""
    return may_check(person)


def require(predicate: Callable[[Person], bool], person: Person) -> User:
    """Return the person if the predicate holds, else raise NotAllowedError."""
    if isinstance(person, User) and predicate(person):
        return person
    raise NotAllowedError
