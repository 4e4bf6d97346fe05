"""What happened to a claim, in words, read from the audit trail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.dateparse import parse_date

from claims.models import Calculation, Claim, Evidence, VerdictVersion
from claims.states import (
    ComplaintState,
    DismissalReason,
    DriftKind,
    ReplyKind,
    ReplyLinkState,
    Strength,
)
from factcheck.audit.models import Event

WORDS = {
    "claim.marked": "marked this passage as a claim",
    "claim.reworded": "reworded the claim from “{from}”",
    "claim.split": "split the claim in two",
    "claim.merged": "merged other claims into this one",
    "claim.resized": "moved the bounds of the passage",
    "claim.accepted": "accepted the proposal",
    "claim.not_carried": "corrected the article: revision {revision} lacks these words",
    "claim.wording_declined": "left the wording as it is",
    "claim.dismissed": "dismissed the claim: {reason}",
    "claim.restored": "restored the claim",
    "claim.undone": "undid {change}",
    "claim.source_changed": "found that a source changed: {state}: “{quote}”",
    "claim.change_acknowledged": "acknowledged a change of a source: {note}",
    "claim.taken": "took the claim to check{until}",
    "claim.assigned": "gave the claim to {person}{until}",
    "claim.released": "gave the claim back{whose}",
    "claim.assignment_undone": "undid the last change of who has the claim: {person} has it again",
    "claim.work_taken_over": "took the work on this page over from {person}",
    "claim.commented": "began a thread of comments{where}",
    "claim.comment_answered": "answered a comment",
    "claim.comment_edited": "changed a comment",
    "claim.comment_deleted": "deleted a comment",
    "claim.thread_settled": "settled a thread of comments{where}",
    "claim.thread_reopened": "reopened a thread of comments{where}",
    "earlier.confirmed": "took up an earlier verdict of {reviewer} on “{text}”",
    "earlier.dismissed": "set aside an earlier verdict of {reviewer} on “{text}”",
    "earlier.reconsidered": "took back the decision on an earlier verdict of {reviewer}",
    "evidence.attached": "attached a passage that {stance}{said}: “{quote}”",
    "evidence.qualified": "said of a passage: {qualities}: “{quote}”",
    "evidence.removed": "removed a passage",
    "calculation.attached": "attached a calculation: {figures}",
    "calculation.removed": "took a calculation off: {figures}",
    "suggestion.set_aside": "set a suggestion aside: “{quote}”",
    "suggestion.taken_back": "let what was set aside be suggested again",
    "verdict.drafted": "started version {version} of the verdict",
    "verdict.saved": "saved the draft",
    "verdict.restored": "brought the draft back to how it was saved as {number}",
    "verdict.taken_over": "took the draft over from {from}",
    "interest.declared": "declared {what}",
    "reply.logged": "logged in the right of reply that the claimant {kind}",
    "reply.corrected": "corrected the log of the right of reply: the claimant {kind}",
    "reply_link.made": "made a link for the claimant to answer, good until {until}",
    "reply_link.revoked": "took a claimant's link back",
    "reply_link.refused": "refused an answer through a claimant's link that {why}",
    "complaint.received": "reported an error, {reference}",
    "complaint.looked_at": "began to look into the report {reference}",
    "complaint.handed_back": "put the report {reference} back",
    "complaint.recommended": "recommended for the report {reference}: {outcome}",
    "complaint.reconsidered": "took the recommendation for the report {reference} back",
    "complaint.decided": "decided the report {reference}: {outcome}{involved}",
    "complaint.reader_forgotten": "erased the reader's name and address from {reference}",
    "claim.claimant_named": "named who made the claim: {to}",
    "verdict.submitted": "submitted version {version} for approval",
    "verdict.recalled": "took version {version} back into draft",
    "verdict.seconded": "approved version {version}; it needs another approval",
    "verdict.approved": "approved version {version}",
    "verdict.sent_back": "sent version {version} back: {reason}",
    "verdict.published": "published version {version}",
    "verdict.published_alone": "published version {version} alone, in an emergency: {reason}",
    "verdict.confirmed": "approved version {version} after it was published alone",
    "verdict.scheduled": "had version {version} published at a time: {publish_at}",
    "verdict.unscheduled": "took the time of publication of version {version} away",
    "verdict.schedule_failed": "did not publish version {version} at its time: {problem}",
    "verdict.embargoed": "kept the verdict back until {until}: {reason}",
    "verdict.embargo_lifted": "lifted the embargo",
    "opinion.asked": "asked {of} for a blind second opinion",
    "opinion.given": "gave a second opinion",
    "opinion.cancelled": "called the second opinion off",
    "opinion.ruled": "decided between two ratings: {ruling}. {because}",
    "claim.tagged": "tagged the claim “{tag}”",
    "claim.untagged": "took the tag “{tag}” off",
    "review.taken": "took the review of version {version}{until}",
    "review.assigned": "gave the review of version {version} to {person}{until}",
    "review.released": "gave the review of version {version} back{whose}",
    "review.assignment_undone": (
        "undid the last change of who reviews version {version}: {person} has it again"
    ),
    "verdict.superseded": "replaced version {version} by version {by_version}",
    "verdict.correction_started": "started version {version}, to correct version {of}",
    "verdict.correction_described": "said what version {version} changes: {note}",
    "verdict.withdrawal_proposed": "proposed to withdraw version {version}: {reason}",
    "verdict.withdrawal_cancelled": "cancelled the withdrawal of version {version}",
    "verdict.withdrawn": "withdrew version {version}, as {proposed_by} proposed: {reason}",
    "verdict.review_opened": "marked the verdict as under review: {reason}",
    "verdict.review_closed": "closed the review, {outcome}: {note}",
    "verdict.abandoned": "gave version {version} up: {reason}",
    "verdict.reopened": "opened version {version} again",
}
STANCES = {"supports": "supports it", "refutes": "refutes it", "context": "gives context"}
KINDS: dict[bool | None, str] = {True: "primary source", False: "secondary source"}
# Whose doing it was, where nobody of the desk did it and it was not the machine either.
OUTSIDERS = {"complaint.received": "A reader", "reply.logged": "The claimant"}
CHANGES = {
    "mark": "the marking of this passage",
    "reword": "the rewording",
    "dismiss": "the dismissal",
    "restore": "the restoring",
    "accept": "the acceptance",
    "split": "the split",
    "merge": "the merge",
    "resize": "the new bounds",
}


@dataclass(frozen=True)
class Entry:
    """One line of the history: when, who (empty for the machine) and what, in words."""

    at: datetime
    who: str
    words: str


def of_claim(claim: Claim, *, limit: int = 100) -> list[Entry]:
    """Return the newest entries of the claim, its evidence, sums and verdict, newest first."""
    evidence = Evidence.objects.filter(claim=claim).values_list("pk", flat=True)
    sums = Calculation.objects.filter(claim=claim).values_list("pk", flat=True)
    versions = VerdictVersion.objects.filter(verdict__claim=claim).values_list("pk", flat=True)
    about = (
        Q(target_type="claims.claim", target_id=str(claim.pk))
        | Q(target_type="claims.evidence", target_id__in=[str(pk) for pk in evidence])
        | Q(target_type="claims.calculation", target_id__in=[str(pk) for pk in sums])
        | Q(target_type="claims.verdictversion", target_id__in=[str(pk) for pk in versions])
    )
    events = Event.objects.filter(about).order_by("-id")[:limit]
    return [_entry(event) for event in _without_typing(events)]


def _without_typing(events: Iterable[Event]) -> Iterator[Event]:
    """Leave out a save right before another of the same person: a draft saves itself."""
    after: tuple[str, int | None] = ("", None)
    for event in events:
        what = (event.action, event.actor_id)
        if what != after or event.action != "verdict.saved":
            yield event
        after = what


def in_words(action: str, data: dict[str, Any], *, who: str = "") -> str:
    """Return what an event of a claim's history says, to follow a name."""
    said = _qualities(data)
    # A copy keeps a mapping that knows a word for what an older event does not say.
    details = data.copy()
    details |= {
        "stance": STANCES.get(data.get("stance", ""), ""),
        "qualities": said or "nothing more",
        "said": f" ({said})" if said else "",
        "change": CHANGES.get(data.get("verb", ""), ""),
    }
    if action == "claim.dismissed":
        details["reason"] = _label(DismissalReason, data["reason"])
    if action.startswith("reply."):
        details["kind"] = _label(ReplyKind, data["kind"])
    if action == "claim.source_changed":
        details["state"] = _label(DriftKind, data["state"])
    details |= _who_and_where(data, who) | _of_readers(data)
    if action == "reply.logged" and not who:
        return "answered through the desk's link"
    return WORDS[action].format_map(details)


def _who_and_where(data: dict[str, Any], who: str) -> dict[str, str]:
    """Return the turns of phrase of assignments and comments; empty where there is none."""
    person, due_on, on = (data.get(key) or "" for key in ("person", "due_on", "on"))
    day = parse_date(due_on) if due_on else None
    return {
        "person": person or "nobody",
        "until": data.get("until") or (f", due on {day:%-d %B %Y}" if day else ""),
        "whose": f", which {person} had" if person and person != who else "",
        "where": f" on “{on}”" if on else "",
    }


def _of_readers(data: dict[str, Any]) -> dict[str, str]:
    """Return the codes of reports and links in words."""
    found = {"involved": ", having worked on it, as nobody else was there"}
    if not data.get("worked_on_it"):
        found["involved"] = ""
    if data.get("outcome") in ComplaintState.values:
        found["outcome"] = str(ComplaintState(data["outcome"]).label)
    if data.get("why") in ReplyLinkState.values:
        found["why"] = str(ReplyLinkState(data["why"]).label)
    return found


def _qualities(data: dict[str, Any]) -> str:
    """Return what was said of evidence, in words; empty where nothing was."""
    strength = data.get("strength", "")
    words = (_label(Strength, strength) if strength else "", KINDS.get(data.get("is_primary"), ""))
    return ", ".join(str(word) for word in words if word)


def _label(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _entry(event: Event) -> Entry:
    words = in_words(event.action, event.data, who=event.actor_name)
    who = event.actor_name or OUTSIDERS.get(event.action, "")
    return Entry(at=event.at, who=who, words=words)
