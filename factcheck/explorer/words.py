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
    "key.issued": "issued an API key to {partner}",
    "key.revoked": "revoked an API key of {partner}",
    "number.decided": "decided on a number of the article",
    "proposals.failed": "got no answer from the language model: {code}",
    "proposals.kept": "kept proposals of the language model",
    "proposals.requested": "asked the language model for proposals",
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
    "sentence.decided": "decided on a sentence of the article",
    "source.detail_confirmed": "confirmed the source's {field}: {value}",
    "source.watch_paused": "paused the watch on the source",
    "source.watch_resumed": "resumed the watch on the source",
    "source.watched": "began to watch the source",
    "source.watched_closely": "began to watch the source closely",
    "stamp.done": "had a day's captures time-stamped",
    "stamp.failed": "could not have a day's captures time-stamped: {error}",
    "stamp.retried": "had a failed time stamp tried again",
}

# What an action is about, by the noun that its name begins with: the explorer's third filter.
NOUNS = {
    "claim": ("claim", "earlier", "evidence", "calculation", "suggestion"),
    "article": ("article", "sentence", "number", "proposals"),
    "source": ("source", "capture", "reading", "rendering", "replica", "stamp"),
    "verdict": ("verdict",),
    "scale": ("scale",),
    "key": ("key",),
    "audit": ("audit",),
}
KINDS = {
    "claim": "Claims and their evidence",
    "article": "Articles",
    "source": "Sources and captures",
    "verdict": "Verdicts",
    "scale": "The rating scale",
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
        return history.in_words(event.action, _Gentle(event.data))
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
