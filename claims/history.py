"""What happened to a claim, in words, read from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from claims.models import Calculation, Claim, Evidence, VerdictVersion
from claims.states import DismissalReason, DriftKind
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
    "earlier.confirmed": "took up an earlier verdict of {reviewer} on “{text}”",
    "earlier.dismissed": "set aside an earlier verdict of {reviewer} on “{text}”",
    "earlier.reconsidered": "took back the decision on an earlier verdict of {reviewer}",
    "evidence.attached": "attached a passage that {stance}: “{quote}”",
    "evidence.removed": "removed a passage",
    "calculation.attached": "attached a calculation: {figures}",
    "calculation.removed": "took a calculation off: {figures}",
    "suggestion.set_aside": "set a suggested passage aside: “{quote}”",
    "suggestion.taken_back": "let a passage be suggested again",
    "verdict.drafted": "started version {version} of the verdict",
    "verdict.saved": "saved the draft",
    "verdict.submitted": "submitted version {version} for approval",
    "verdict.recalled": "took version {version} back into draft",
    "verdict.seconded": "approved version {version}; it needs another approval",
    "verdict.approved": "approved version {version}",
    "verdict.sent_back": "sent version {version} back: {reason}",
    "verdict.published": "published version {version}",
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
    return [_entry(event) for event in Event.objects.filter(about).order_by("-id")[:limit]]


def _entry(event: Event) -> Entry:
    details = event.data | {"stance": STANCES.get(event.data.get("stance", ""), "")}
    details["change"] = CHANGES.get(event.data.get("verb", ""), "")
    if event.action == "claim.dismissed":
        details["reason"] = str(DismissalReason(event.data["reason"]).label)
    if event.action == "claim.source_changed":
        details["state"] = DriftKind(event.data["state"]).label
    words = WORDS[event.action].format_map(details)
    return Entry(at=event.at, who=event.actor_name, words=words)
