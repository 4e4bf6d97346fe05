"""A reader reports an error in a published verdict, and sees where the report stands."""

import json
import secrets
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import tokens
from claims.models import Complaint, Verdict, VerdictVersion
from claims.replies import one_line_end
from claims.states import PUBLIC_STATES
from factcheck.audit.trail import record
from factcheck.errors import Permanent

LENGTHS = {"what": 3000, "where": 500, "source_url": 2000, "name": 120, "email": 254}
# Neither look-alikes nor vowels, so that a reference can be read aloud and spells nothing.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


class ReportIncompleteError(Permanent):
    """The report does not say what is wrong."""

    code = "report_incomplete"


class ReportTooLongError(Permanent):
    """A part of the report is longer than it may be."""

    code = "report_too_long"


class ReportUnknownError(Permanent):
    """No report has this token, or the verdict was never published."""

    code = "not_found"


@dataclass(frozen=True)
class Report:
    """What a reader wrote, plain text all of it; `source_url` is a web address or empty."""

    what: str
    where: str = ""
    source_url: str = ""
    name: str = ""
    email: str = ""

    def tidy(self) -> "Report":
        """Return it with one kind of line end and no blanks around."""
        parts = {name: getattr(self, name) for name in LENGTHS}
        return replace(
            self,
            **{name: one_line_end(text) for name, text in parts.items()},
        )


def readers_version(verdict: Verdict) -> VerdictVersion:
    """Return the newest version that readers have seen. Raises ReportUnknownError."""
    rows = VerdictVersion.objects.filter(verdict=verdict, state__in=PUBLIC_STATES)
    version = rows.select_related("verdict__claim").order_by("-number").first()
    if version is None:
        raise ReportUnknownError
    return version


@transaction.atomic
def receive(*, verdict: Verdict, report: Report, key: UUID, at: datetime) -> tuple[Complaint, str]:
    """Keep a report; return it with the token of the reader's own page.

    `key` is random and belongs to one form: the same form sent again is a no-op with the same
    answer, another text through it another report. Raises ReportIncompleteError,
    ReportTooLongError, and ReportUnknownError for a verdict that was never published.
    """
    report = report.tidy()
    if not report.what:
        raise ReportIncompleteError
    for part, limit in LENGTHS.items():
        if len(getattr(report, part)) > limit:
            raise ReportTooLongError(limit=limit)
    seed = json.dumps([str(key), str(verdict.pk), *astuple(report)])
    token = tokens.token_for("report", seed)
    days = timedelta(days=settings.COMPLAINT_DAYS)
    complaint, is_new = Complaint.objects.get_or_create(
        digest=tokens.digest_of(token),
        defaults={
            "reference": _reference(),
            "verdict": verdict,
            "version": readers_version(verdict),
            "received_at": at,
            "due_on": timezone.localdate(at) + days,
            **{name: getattr(report, name) for name in LENGTHS},
        },
    )
    if is_new:
        # Who wrote and what stays out of the trail, which nobody can ever shorten.
        data = {"reference": complaint.reference, "due_on": complaint.due_on.isoformat()}
        record(action="complaint.received", target=verdict.claim, by=None, at=at, data=data)
    return complaint, token


def by_token(token: str) -> Complaint:
    """Return the report of a reader's link. Raises ReportUnknownError."""
    rows = Complaint.objects.select_related("verdict__claim", "duplicate_of")
    found = rows.filter(digest=tokens.digest_of(token)).first()
    if found is None or not tokens.fits(token, found.digest):
        raise ReportUnknownError
    return found


def _reference() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
