"""What happened to somebody's account, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from factcheck.audit.models import Event

WORDS = {
    "person.added": "Added as {role}",
    "person.role_changed": "From {from} to {to}",
    "person.deactivated": "Access taken",
    "person.reactivated": "Access given back",
    "person.alone_allowed": "Allowed to publish alone",
    "person.alone_withdrawn": "No longer allowed to publish alone",
    "person.sessions_ended": "Sessions ended",
    "person.renamed": "Name or e-mail address changed",
    "second_factor.added": "Second factor added: {kind}",
    "second_factor.removed": "Second factor removed: {kind}",
    "second_factor.renewed": "New recovery codes",
    "second_factor.reset": "Second factor taken away",
    "password.changed": "Password changed",
    "password.reset": "Password changed by a link",
    "sign_in.burst": "Too many wrong attempts to sign in, from {address}",
}
KINDS = {
    "totp": "authenticator app",
    "webauthn": "passkey",
    "recovery_codes": "recovery codes",
}


@dataclass(frozen=True)
class Told:
    """One line of a history: what, by whom (empty for the machine) and when."""

    words: str
    by: str
    at: datetime


def told(events: Iterable[Event]) -> list[Told]:
    """Return the events that have words, in their order."""
    return [
        Told(_words(event), event.actor_name, event.at) for event in events if event.action in WORDS
    ]


def _words(event: Event) -> str:
    data = event.data | {"kind": KINDS.get(event.data.get("kind", ""), "")}
    if event.action == "sign_in.burst" and not data.get("address"):
        data["address"] = "an unknown address"
    return WORDS[event.action].format(**data)
