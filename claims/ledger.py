"""Keeping the coverage ledger true while people work."""

from django.db.models import Exists, OuterRef

from claims.models import Appearance, ArticleRevision, Sentence
from claims.states import ClaimState, Disposition
from factcheck.accounts.models import User

LIVE = (ClaimState.OPEN,)
Was = tuple[int, str, str, int | None]


def settle(revision: ArticleRevision, *, by: User | None) -> list[Was]:
    """Let each sentence follow the claims inside it.

    A sentence with an open claim is a claim. One that lost its last open claim takes the reason
    of the claim that was dismissed in it, or waits for a decision. Returns what the changed
    sentences were before.
    """
    inside = Appearance.objects.filter(
        revision=revision, start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    rows = revision.sentences.annotate(
        has_open=Exists(inside.filter(claim__state__in=LIVE)),
    )
    gained = list(rows.filter(has_open=True).exclude(disposition=Disposition.CLAIM))
    lost = list(rows.filter(has_open=False, disposition=Disposition.CLAIM))
    before: list[Was] = [(s.pk, s.disposition, s.reason, s.decided_by_id) for s in gained + lost]
    for sentence in gained:
        _decide(sentence, Disposition.CLAIM, "", by.pk if by else None)
    for sentence in lost:
        _let_go(sentence, by)
    return before


def unsettle(before: list[Was]) -> None:
    """Put sentences back to what they were, where no open claim stands in them."""
    was = {pk: (disposition, reason, who) for pk, disposition, reason, who in before}
    for sentence in Sentence.objects.filter(pk__in=was).exclude(disposition=Disposition.CLAIM):
        _decide(sentence, *was[sentence.pk])


def _let_go(sentence: Sentence, by: User | None) -> None:
    dismissed = Appearance.objects.filter(
        revision_id=sentence.revision_id,
        start__lt=sentence.end,
        end__gt=sentence.start,
        claim__state=ClaimState.DISMISSED,
    ).values_list("claim__dismissal_reason", flat=True)
    reason = dismissed.first()
    disposition = Disposition.DISMISSED if reason else Disposition.PENDING
    _decide(sentence, disposition, reason or "", by.pk if by else None)


def _decide(sentence: Sentence, disposition: str, reason: str, who: int | None) -> None:
    sentence.disposition, sentence.reason, sentence.decided_by_id = disposition, reason, who
    sentence.save(update_fields=["disposition", "reason", "decided_by"])
