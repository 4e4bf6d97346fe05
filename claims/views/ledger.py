"""The coverage ledger as a list: every sentence and number that is in no claim, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from claims import coverage
from claims.coverage import NumberEntry
from claims.forms import DismissForm
from claims.models import Article, ArticleRevision, Sentence
from claims.states import DismissalReason, Disposition
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk

AROUND = 60  # characters shown on each side of a number
SHOWN = {
    "undecided": ("Not decided", (Disposition.PENDING,)),
    "out": ("Left out", (Disposition.DISMISSED,)),
    "all": ("Both", (Disposition.PENDING, Disposition.DISMISSED)),
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
    def is_pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.disposition == Disposition.PENDING


@desk()
def article_coverage(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what is in no claim: undecided, left out, or both."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    if revision is None:
        return redirect(found)
    shown = request.GET.get("show", "")
    context = _ledger(revision, shown if shown in SHOWN else "undecided") | {
        "article": found,
        "revision": revision,
        "can_check": may_check(request.user),
        "reasons": DismissForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "back": request.get_full_path(),
    }
    return render(request, "claims/coverage.html", context)


def _ledger(revision: ArticleRevision, shown: str) -> dict[str, Any]:
    numbers = coverage.numbers(revision)
    entries = [*_sentences(revision), *_numbers(revision, numbers)]
    # A number stands below the sentence that it is in.
    entries.sort(key=lambda entry: (entry.start, -entry.end))
    return {
        "sentences": coverage.of(revision),
        "numbers": coverage.count(numbers),
        "shown": shown,
        "filters": [(code, title, _count(entries, kept)) for code, (title, kept) in SHOWN.items()],
        "entries": [entry for entry in entries if entry.disposition in SHOWN[shown][1]],
    }


def _count(entries: Iterable[Entry], kept: tuple[Disposition, ...]) -> int:
    return sum(entry.disposition in kept for entry in entries)


def _sentences(revision: ArticleRevision) -> list[Entry]:
    loose = revision.sentences.exclude(disposition=Disposition.CLAIM).order_by("position")
    return [_sentence(sentence, revision.text) for sentence in loose]


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


def _numbers(revision: ArticleRevision, entries: list[NumberEntry]) -> list[Entry]:
    loose = [entry for entry in entries if entry.disposition != Disposition.CLAIM]
    return [_number(entry, revision.text) for entry in loose]


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
