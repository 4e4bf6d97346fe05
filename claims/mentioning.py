"""Names in comments: who can be mentioned, who was, and telling them and those in the thread."""

from collections.abc import Collection
from typing import Any

from claims.models import Comment, Mention
from claims.notifying import notify, quoted
from claims.remarks import named
from claims.together_states import NotificationKind
from factcheck.accounts.models import User
from factcheck.accounts.permissions import CHECKING


def mentionable(prefix: str = "", *, limit: int = 8) -> list[User]:
    """Return people who can be mentioned whose user name or name begins so, by user name."""
    people = User.objects.filter(is_active=True, role__in=CHECKING)
    if prefix:
        by_word = [
            people.filter(**{f"{field}__istartswith": prefix}) for field in ("username", "name")
        ]
        people = by_word[0] | by_word[1] | people.filter(name__icontains=f" {prefix}")
    return list(people.order_by("username")[:limit])


def mention(comment: Comment) -> None:
    """Note whom the comment names; a name that nobody has stays plain words."""
    readings = named(comment.text)
    names = {name for each in readings for name in each}
    people = {
        person.username: person
        for person in User.objects.filter(username__in=names, is_active=True, role__in=CHECKING)
    }
    meant = (next((name for name in each if name in people), None) for each in readings)
    chosen = {people[name].pk for name in meant if name}
    Mention.objects.bulk_create(Mention(comment=comment, person_id=pk) for pk in sorted(chosen))


def tell(comment: Comment, *, replying_to: Collection[int]) -> None:
    """Tell those who are named, and those who take part in the thread, once each."""
    thread = comment.thread
    mentioned = set(comment.mentions.values_list("person_id", flat=True))
    on = quoted(thread.claim)
    href = f"{thread.claim.get_absolute_url()}?thread={thread.pk}#thread-{thread.pk}"
    when = comment.edited_at or comment.at
    told: dict[str, Any] = {"claim": thread.claim, "href": href, "by": comment.by, "at": when}
    notify(
        recipients=mentioned,
        kind=NotificationKind.MENTION,
        text=f"{comment.by} mentioned you in a comment on {on}",
        key=f"mention:{comment.pk}",
        **told,
    )
    notify(
        recipients=set(replying_to) - mentioned,
        kind=NotificationKind.REPLY,
        text=f"{comment.by} replied in a thread of yours on {on}",
        key=f"reply:{comment.pk}",
        **told,
    )
