"""Claims that a language model proposes. Off unless an endpoint is configured.

A proposal whose quote is not in the text to the letter is dropped and counted; what remains waits
for a person's yes. The run's row is the queue and says where each proposal came from.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from claims import asking, placing
from claims.asking import Answer, AskingError, Endpoint, Proposal
from claims.models import Article, ArticleRevision, Claim, ProposalRun
from claims.placing import Span
from claims.splitting import is_known, locked_revision, standing_spans
from claims.states import ClaimState, Origin, RunState
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources.models.rules import reached

MAX_ATTEMPTS = 3
LEASE = timedelta(minutes=5)
WAIT = timedelta(minutes=1)
MAX_QUOTE = 600  # characters; longer quotes are paragraphs, not claims
MIN_WORDS = 2
RETRYABLE = {"model_busy", "model_timeout", "model_unreachable"}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class ProposalsOffError(Refused):
    """No endpoint is configured."""

    code = "proposals_off"


@dataclass(frozen=True)
class Kept:
    """A proposal that stands in the text: a new claim, or another wording of a known one."""

    span: Span
    text: str


def endpoint() -> Endpoint | None:
    """Return the configured endpoint, or None when proposals are off."""
    if not settings.PROPOSALS_URL:
        return None
    return Endpoint(
        url=settings.PROPOSALS_URL,
        model=settings.PROPOSALS_MODEL,
        key=settings.PROPOSALS_KEY,
        seconds=settings.PROPOSALS_SECONDS,
    )


@transaction.atomic
def request(*, article: Article, by: User, at: datetime) -> ProposalRun:
    """Ask for proposals on the newest revision; while a run is open, that one is returned.

    Raises ProposalsOffError and ArticleNotReadyError.
    """
    if endpoint() is None:
        raise ProposalsOffError
    revision = locked_revision(article)
    run, is_new = ProposalRun.objects.get_or_create(
        revision=revision,
        state__in=(RunState.QUEUED, RunState.RUNNING),
        defaults={"requested_by": by, "requested_at": at, "not_before": at},
    )
    if is_new:
        record(action="proposals.requested", target=run, by=by, at=at)
    return run


def due(*, at: datetime, limit: int = 50) -> list[UUID]:
    """Return the runs that a worker could claim at `at`, those waiting longest first."""
    rows = ProposalRun.objects.filter(_free(at)).order_by("not_before")
    return list(rows.values_list("pk", flat=True)[:limit])


def run(*, run_id: UUID, clock: Callable[[], datetime]) -> ProposalRun:
    """Claim the run, ask, and keep what stands; a no-op when there is nothing to claim."""
    token, where = uuid4(), endpoint()
    if _claim(run_id, token, clock()):
        row = ProposalRun.objects.select_related("revision__article").get(pk=run_id)
        _ask(row, where, clock)
    return ProposalRun.objects.get(pk=run_id)


def verbatim(text: str, proposal: Proposal, taken: set[Span]) -> Kept | None:
    """Return where the quote stands in the text, to the letter and not taken yet, or None.

    A wording that states a number which its article does not have is replaced by the quote.
    """
    quote = proposal.quote
    if len(quote) > MAX_QUOTE or len(quote.split()) < MIN_WORDS:
        return None
    start = text.find(quote)
    while start >= 0 and (start, start + len(quote)) in taken:
        start = text.find(quote, start + 1)
    if start < 0:
        return None
    wording = proposal.text if _says_nothing_new(proposal.text, text) else ""
    return Kept((start, start + len(quote)), (wording or " ".join(quote.split()))[:2000])


def _says_nothing_new(wording: str, text: str) -> bool:
    return bool(wording) and set(NUMBER.findall(wording)) <= set(NUMBER.findall(text))


def _ask(row: ProposalRun, where: Endpoint | None, clock: Callable[[], datetime]) -> None:
    if where is None:
        _give_up(row, ProposalsOffError.code, clock())
        return
    try:
        answer = asking.ask(row.revision.text, endpoint=where)
    except AskingError as error:
        _give_up(row, error.code, clock())
    else:
        _keep(row, where, answer, clock())


def _free(at: datetime) -> Q:
    waited = reached("not_before", at=at, within=WAIT * MAX_ATTEMPTS)
    abandoned = reached("lease_until", at=at, within=LEASE)
    return Q(waited, state=RunState.QUEUED) | Q(abandoned, state=RunState.RUNNING)


def _claim(run_id: UUID, token: UUID, at: datetime) -> bool:
    taken = ProposalRun.objects.filter(_free(at), pk=run_id).update(
        state=RunState.RUNNING,
        lease_token=token,
        lease_until=at + LEASE,
        attempts=F("attempts") + 1,
    )
    return taken == 1


@transaction.atomic
def _keep(row: ProposalRun, where: Endpoint, answer: Answer, at: datetime) -> None:
    article = Article.objects.select_for_update().get(pk=row.revision.article_id)
    known = standing_spans(row.revision)
    taken: set[Span] = set()
    reworded: set[UUID] = set()
    for proposal in answer.proposals:
        kept = verbatim(row.revision.text, proposal, taken)
        if kept is None:
            continue
        if not is_known(kept.span, known):
            taken.add(kept.span)
            _propose(article, row, kept, at)
        elif claim_id := _offer_wording(row, kept):
            reworded.add(claim_id)
    offered, total = len(answer.proposals) + answer.malformed, len(taken) + len(reworded)
    _finish(
        row,
        RunState.DONE,
        finished_at=at,
        endpoint=where.url[:300],
        model=where.model[:120],
        prompt_sha256=hashlib.sha256(asking.PROMPT.encode()).hexdigest(),
        answer=answer.raw,
        error_code="",
        offered=offered,
        kept=total,
        reworded=len(reworded),
        dropped=offered - total,
    )
    data = {"offered": offered, "kept": total, "model": where.model}
    record(action="proposals.kept", target=row, by=None, at=at, data=data)


def _offer_wording(row: ProposalRun, kept: Kept) -> UUID | None:
    """Offer another wording for the open claim that stands at the very passage, if it says more."""
    quote = " ".join(row.revision.text[slice(*kept.span)].split())
    claims = Claim.objects.filter(
        appearances__revision=row.revision,
        appearances__start=kept.span[0],
        appearances__end=kept.span[1],
        state=ClaimState.OPEN,
        proposed_text="",
    )
    claim = claims.exclude(text=kept.text).first()
    if claim is None or kept.text == quote:
        return None
    claim.proposed_text, claim.wording_proposed_by = kept.text, row
    claim.save(update_fields=["proposed_text", "wording_proposed_by"])
    return claim.pk


def _propose(article: Article, row: ProposalRun, kept: Kept, at: datetime) -> None:
    claim = Claim.objects.create(
        article=article,
        text=kept.text,
        kind="property",
        check_worthiness=0.5,
        reasons=["proposed by the language model"],
        origin=Origin.MODEL,
        state=ClaimState.PROPOSED,
        proposed_by=row,
        created_at=at,
    )
    placing.place(claim, row.revision, [kept.span])


@transaction.atomic
def _give_up(row: ProposalRun, code: str, at: datetime) -> None:
    """Put the row back for later, or close it: by the error and the attempts left."""
    if code in RETRYABLE and row.attempts < MAX_ATTEMPTS:
        _finish(row, RunState.QUEUED, not_before=at + WAIT * row.attempts, error_code=code)
        return
    _finish(row, RunState.FAILED, finished_at=at, error_code=code)
    record(action="proposals.failed", target=row, by=None, at=at, data={"code": code})


def _finish(row: ProposalRun, state: RunState, **values: object) -> None:
    """Change the row's state, if this worker still holds its lease."""
    mine = ProposalRun.objects.filter(
        pk=row.pk, state=RunState.RUNNING, lease_token=row.lease_token
    )
    if mine.update(state=state, lease_token=None, lease_until=None, **values) != 1:
        raise LeaseLostError


class LeaseLostError(Refused):
    """The row belongs to another worker by now; whatever this one kept is rolled back."""

    code = "proposals_lease_lost"


def newest_run(revision: ArticleRevision) -> ProposalRun | None:
    """Return the revision's newest run, for its page."""
    return revision.proposal_runs.order_by("-requested_at").first()
