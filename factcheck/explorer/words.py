"""Every audit action in words, in one table; a test holds it against the code."""

from collections.abc import Mapping
from typing import Any

from claims import history
from factcheck.audit.models import Event

WORDS = history.WORDS | {
    "article.added": "added the article",
    "article.failed": "could not fetch the article: {code}",
    "article.retried": "had the article fetched again",
    "article.revised": "corrected the article: revision {revision}",
    "article.source_added": "added a source to the article: {url}",
    "article.split": "split revision {revision} of the article: {claims} new claims",
    "article.undone": "undid a change of the article's claims",
    "audit.verification_asked": "asked for the audit trail to be verified",
    "audit.verification_failed": "gave up verifying the audit trail",
    "audit.verified": "verified the audit trail: {links} links, {faults} faults",
    "capture.delayed": "put a capture off: {error}",
    "capture.failed": "could not capture the source: {error}",
    "capture.requested": "asked for a capture of {url}",
    "capture.retried": "had a failed capture tried again",
    "capture.robots_overridden": "fetched against robots.txt: {reason}",
    "capture.started": "began a capture",
    "capture.stored": "kept a capture of the source",
    "capture.unchanged": "found the source unchanged",
    "capture.uploaded": "gave a file as a source",
    "earlier.changed": "kept what another desk says of a claim now",
    "feed.added": "began to follow a feed: {name}",
    "feed.fetch_asked": "had a feed fetched: {name}",
    "feed.paused": "paused a feed: {name}",
    "feed.removed": "stopped following a feed: {name}",
    "feed.resumed": "resumed a feed: {name}",
    "feed.rhythm_set": "set how often a feed is fetched: {name}",
    "feed_fetch.done": "fetched a feed",
    "feed_fetch.failed": "could not fetch a feed: {error}",
    "feed_fetch.retried": "had a failed fetch of a feed tried again",
    "invitation.accepted": "joined by an invitation, as {role}",
    "invitation.link_refused": "refused an invitation's link: {state}",
    "invitation.revoked": "took an invitation back: {email}",
    "invitation.sent": "invited {email}, as {role}",
    "key.issued": "issued an API key to {partner}",
    "key.revoked": "revoked an API key of {partner}",
    "number.decided": "decided on a number of the article",
    "letter.done": "sent an e-mail to somebody outside the desk",
    "letter.failed": "could not send an e-mail: {error}",
    "letter.retried": "had a failed e-mail sent again",
    "password.changed": "changed the password",
    "password.reset": "changed the password by a link",
    "person.added": "added {username}, as {role}",
    "person.alone_allowed": "allowed an editor to publish alone",
    "person.alone_withdrawn": "took back the leave to publish alone",
    "person.deactivated": "took somebody's access",
    "person.reactivated": "gave somebody's access back",
    "person.renamed": "changed the name or the e-mail address",
    "person.role_changed": "changed a role from {from} to {to}",
    "person.sessions_ended": "ended sessions",
    "proposals.failed": "got no answer from the language model: {code}",
    "proposals.kept": "kept proposals of the language model",
    "proposals.requested": "asked the language model for proposals",
    "publisher.added": "added the publisher {name}",
    "publisher.domain_added": "gave the publisher a domain",
    "publisher.domain_dropped": "took a domain from the publisher",
    "publisher.merged": "merged two publishers",
    "publisher.owner_set": "said who owns the publisher {name}: {owner}",
    "publisher.removed": "removed the publisher {name}",
    "publisher.renamed": "renamed the publisher {before} to {name}",
    "publisher.spelling_parted": "parted a spelling from the publisher {name}: {spelling}",
    "reading.done": "read a kept document again",
    "reading.failed": "could not read a kept document",
    "reading.requested": "asked for a kept document to be read again",
    "reading.retried": "had a failed reading tried again",
    "rendering.delayed": "put a drawing of a page off: {error}",
    "rendering.failed": "could not draw a page: {error}",
    "rendering.requested": "asked for a page to be drawn",
    "rendering.retried": "had a failed drawing tried again",
    "rendering.started": "began to draw a page",
    "rendering.stored": "kept the drawing of a page",
    "replica.done": "looked for a copy elsewhere",
    "replica.failed": "could not find or make a copy elsewhere: {error}",
    "replica.requested": "asked for a copy elsewhere",
    "replica.retried": "had a failed copy tried again",
    "scale.discarded": "threw away the draft of version {version} of the scale",
    "scale.drafted": "began version {version} of the scale",
    "scale.language_added": "named the ratings of version {version} in “{language}”",
    "scale.made_current": "made version {version} the desk's scale",
    "scale.saved": "saved the draft of version {version} of the scale",
    "second_factor.added": "added a second factor: {kind}",
    "second_factor.removed": "removed a second factor: {kind}",
    "second_factor.renewed": "made new recovery codes",
    "second_factor.reset": "took somebody's second factor away",
    "sentence.decided": "decided on a sentence of the article",
    "sign_in.burst": "refused to let somebody sign in after too many attempts, from {address}",
    "source.detail_confirmed": "confirmed the source's {field}: {value}",
    "source.publisher_chosen": "chose whose the source is: {publisher}",
    "source.watch_paused": "paused the watch on the source",
    "source.watch_resumed": "resumed the watch on the source",
    "source.watched": "began to watch the source",
    "source.watched_closely": "began to watch the source closely",
    "stamp.done": "had a day's captures time-stamped",
    "stamp.failed": "could not have a day's captures time-stamped: {error}",
    "stamp.retried": "had a failed time stamp tried again",
    "standard.set": "set what the desk asks of every verdict",
    "tag.changed": "changed the tag “{tag}”: {approvals_required} approvals",
    "tag.defined": "made the tag “{tag}”: {approvals_required} approvals",
}

# What an action is about, by the noun that its name begins with: the explorer's third filter.
NOUNS = {
    "claim": (
        *("claim", "earlier", "evidence", "calculation", "suggestion"),
        *("reply", "reply_link"),
    ),
    "article": ("article", "sentence", "number", "proposals"),
    "source": ("source", "capture", "reading", "rendering", "replica", "stamp", "publisher"),
    "verdict": ("verdict", "review", "opinion", "interest"),
    "complaint": ("complaint", "letter"),
    "feed": ("feed", "feed_fetch"),
    "rules": ("scale", "standard", "tag"),
    "person": ("person", "invitation", "second_factor", "password", "sign_in"),
    "key": ("key",),
    "audit": ("audit",),
}
KINDS = {
    "claim": "Claims and their evidence",
    "article": "Articles",
    "source": "Sources and captures",
    "verdict": "Verdicts",
    "complaint": "Readers' reports",
    "feed": "Feeds of other desks",
    "rules": "The desk's rules",
    "person": "People",
    "key": "API keys",
    "audit": "The audit trail",
}


class _Gentle(dict[str, Any]):
    """What an older event does not say is left open, so that it can still be told."""

    def __missing__(self, key: str) -> str:
        return "…"

    def copy(self) -> "_Gentle":
        return _Gentle(self)


def in_words(event: Event) -> str:
    """Return what was done, to follow a name; the action's code where it has no words."""
    if event.action in history.WORDS:
        return history.in_words(event.action, _Gentle(event.data), who=event.actor_name)
    return WORDS.get(event.action, event.action).format_map(_Gentle(event.data))


def short(action: str) -> str:
    """Return an action's words without its details, for a list to choose from."""
    words = WORDS.get(action, action)
    return words.partition(":")[0].replace("“{from}”", "…").translate(_PLAIN).strip()


_PLAIN = str.maketrans({"{": "(", "}": ")"})


def actions_of(kind: str) -> tuple[str, ...]:
    """Return the actions about one kind of thing."""
    return tuple(action for action in WORDS if action.partition(".")[0] in NOUNS[kind])


def readable(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return an event's details as names and values to read."""
    return [(key.replace("_", " "), _value(value)) for key, value in sorted(data.items())]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    return "–" if value in (None, "") else str(value)
