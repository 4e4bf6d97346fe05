"""The coverage ledger as a list: what became of every sentence and number, and why."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from claims import coverage
from claims.coverage import NumberEntry
from claims.models import Article, ArticleRevision, Sentence
from claims.states import DismissalReason, Disposition
from claims.views.rail import reasons
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk

AROUND = 60  # characters shown on each side of a number
SIZE = 60  # entries of a page
SHOWN = {
    "undecided": ("Not decided", (Disposition.PENDING,)),
    "out": ("Left out", (Disposition.DISMISSED,)),
    "all": ("Both", (Disposition.PENDING, Disposition.DISMISSED)),
    "claims": ("In claims", (Disposition.CLAIM,)),
}


@dataclass(frozen=True)
class Entry:
    """A sentence or number of the ledger, with the words around it and what became of it."""

    kind: str
    start: int
    end: int
    before: str
    exact: str
    after: str
    disposition: str
    reason: str
    # Where the decision is sent; empty where it follows from the sentence around.
    action: str

    @property
    def is_claim(self) -> bool:
        """Whether an open claim holds it, or some of it."""
        return self.disposition == Disposition.CLAIM

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.disposition == Disposition.PENDING


Ledgered: TypeAlias = Sentence | NumberEntry


@desk()
def article_coverage(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what is undecided, left out, both, or in claims; of one reason, where one is named."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    if revision is None:
        return redirect(found)
    asked, reason = request.GET.get("show", ""), request.GET.get("reason", "")
    context = _ledger(
        revision,
        shown=asked if asked in SHOWN else "undecided",
        reason=reason if reason in DismissalReason.values else "",
        after=as_number(request.GET.get("after", "")) or 0,
    ) | {
        "article": found,
        "revision": revision,
        "can_check": may_check(request.user),
        "reasons": reasons(),
        "back": request.get_full_path(),
    }
    return render(request, "claims/coverage.html", context)


def _ledger(revision: ArticleRevision, *, shown: str, reason: str, after: int) -> dict[str, Any]:
    numbers = coverage.numbers(revision)
    every: list[Ledgered] = [*revision.sentences.all(), *numbers]
    kept = [each for each in every if each.disposition in SHOWN[shown][1]]
    by_reason = Counter(each.reason for each in kept if each.reason)
    if reason:
        kept = [each for each in kept if each.reason == reason]
    # A number stands below the sentence that it is in.
    kept.sort(key=_place)
    begin = bisect_left(kept, after, key=_start)
    end = min(begin + SIZE, len(kept))
    # What begins at the same place stays on one page, which is named by that place.
    while 0 < end < len(kept) and _start(kept[end]) == _start(kept[end - 1]):
        end += 1
    here, following = kept[begin:end], kept[end : end + 1]
    return {
        "sentences": coverage.of(revision),
        "numbers": coverage.count(numbers),
        "shown": shown,
        "reason": reason,
        "filters": [
            (code, title, sum(each.disposition in wanted for each in every))
            for code, (title, wanted) in SHOWN.items()
        ],
        "by_reason": [
            (code, label, by_reason[code])
            for code, label in DismissalReason.choices
            if by_reason[code]
        ],
        "entries": [_entry(each, revision.text) for each in here],
        "total": len(kept),
        "before": begin,
        "last": begin + len(here),
        "next_after": _start(following[0]) if following else None,
    }


def _place(each: Ledgered) -> tuple[int, int]:
    """Return what an entry is sorted by: where it starts, the longer one first."""
    of = each.number if isinstance(each, NumberEntry) else each
    return of.start, -of.end


def _start(each: Ledgered) -> int:
    return _place(each)[0]


def _entry(each: Ledgered, text: str) -> Entry:
    return _number(each, text) if isinstance(each, NumberEntry) else _sentence(each, text)


def _sentence(sentence: Sentence, text: str) -> Entry:
    return Entry(
        kind="sentence",
        start=sentence.start,
        end=sentence.end,
        before="",
        exact=text[sentence.start : sentence.end],
        after="",
        disposition=sentence.disposition,
        reason=_words(sentence.reason),
        action=reverse("claims:sentence_decide", args=[sentence.pk]),
    )


def _number(entry: NumberEntry, text: str) -> Entry:
    number = entry.number
    follows = entry.disposition == Disposition.DISMISSED and not number.reason
    before, after = text[max(0, number.start - AROUND) : number.start], text[number.end :][:AROUND]
    return Entry(
        kind="number",
        start=number.start,
        end=number.end,
        before=before.rsplit("\n", maxsplit=1)[-1],
        exact=entry.exact,
        after=after.split("\n", maxsplit=1)[0],
        disposition=entry.disposition,
        reason="with its sentence" if follows else _words(entry.reason),
        action="" if follows else reverse("claims:number_decide", args=[number.pk]),
    )


def _words(reason: str) -> str:
    return str(DismissalReason(reason).label) if reason else ""
