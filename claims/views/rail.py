"""The rail beside an article's text: its claims, what was left out, its numbers, its proposals.

However long the article, the rail holds one run of its claims, and of the ledger what stands in the
part of the text that is shown.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import coverage, threads
from claims.forms import DismissForm
from claims.models import Appearance, Article, ArticleRevision, Claim, Sentence
from claims.states import ClaimState, DismissalReason, Disposition
from claims.views.marks import claim_spans, comment_spans, ledger_spans
from claims.views.parts import Part, numbered, part_at, parts_of
from claims.views.rows import ClaimRow, claim_rows
from claims.views.windows import ORDERS, SIZE, Standing, Window, standings, window
from sources.views.marking import paragraphs


@dataclass(frozen=True)
class Wish:
    """What a page asks to see: the order, the claims of the part only or all, and from where."""

    order: str = "worth"
    within: str = "all"
    part: int = 1
    # An offset, or a claim, whose part is to be shown.
    at: int | None = None
    claim: UUID | None = None
    cursor: str = ""


@dataclass(frozen=True)
class SentenceRow:
    """A sentence that is not a claim, with the reason in words."""

    pk: int
    text: str
    reason: str


@dataclass(frozen=True)
class NumberRow:
    """A number that no claim holds, and why, in words."""

    pk: int
    text: str
    is_settled: bool
    is_set_aside: bool
    words: str


def reasons() -> Any:  # noqa: ANN401 (Django's choices)
    """Return the reasons for leaving something out, for a list to choose from."""
    return DismissForm().fields["reason"].choices  # type: ignore[attr-defined]


def listing_of(revision: ArticleRevision, wish: Wish) -> dict[str, Any]:
    """Return one run of the claim list, for the page to go on with."""
    standing = standings(revision)
    part = _part(parts_of(revision.text), standing, wish)
    shown = _window(standing, part, wish)
    return _listed(shown, claim_rows([each.pk for each in shown.shown])) | _choice(wish)


def text_and_rail(found: Article, revision: ArticleRevision, wish: Wish) -> dict[str, Any]:
    """Return the part of the text that is asked for, and the rail beside it."""
    standing = standings(revision)
    parts = parts_of(revision.text)
    part = _part(parts, standing, wish)
    shown = _window(standing, part, wish)
    places = _places(revision, part)
    piles = _piles(found, revision, part if len(parts) > 1 else None)
    ids = {each.pk for each in shown.shown} | {place.claim_id for place in places}
    rows = _numbered(claim_rows(ids.union(*piles.values())), standing)
    sentences = list(revision.sentences.filter(_inside(part)).order_by("position"))
    entries = coverage.numbers(revision)
    loose = [entry for entry in entries if entry.disposition != Disposition.CLAIM]
    here = [entry for entry in loose if part.holds(entry.number.start, entry.number.end)]
    spans = ledger_spans(sentences, [entry.number for entry in here])
    spans += claim_spans(rows, places)
    spans += comment_spans(threads.places_in(found, revision))
    counts = coverage.of(revision)
    return {
        "parts": parts,
        "part": part,
        "marked": paragraphs(revision.text, spans, start=part.start, end=part.end),
        "coverage": counts,
        "out_count": counts.dismissed + _dismissed(found).count(),
        "left_out": _sentence_rows(revision, sentences, Disposition.DISMISSED),
        "undecided": _sentence_rows(revision, sentences, Disposition.PENDING),
        "numbers": sorted(map(_number_row, here), key=lambda row: row.is_settled),
        "number_count": coverage.count(entries),
        "reasons": reasons(),
        **{name: [rows[pk] for pk in pile[:SIZE]] for name, pile in piles.items()},
        **{f"{name}_count": len(pile) for name, pile in piles.items()},
        "proposal_count": len(piles["proposed"]) + len(piles["wordings"]),
        "adrift": set(piles["proposed"]).difference(standing_in(revision, piles["proposed"])),
        **_listed(shown, rows),
        **_choice(wish),
    }


def standing_in(revision: ArticleRevision, ids: Collection[UUID]) -> set[UUID]:
    """Return which of the claims have a place in the revision; one query."""
    rows = revision.appearances.filter(claim__in=ids)
    return set(rows.values_list("claim_id", flat=True))


def _part(parts: tuple[Part, ...], standing: Collection[Standing], wish: Wish) -> Part:
    """Return the part that holds what the page asks for, else the one of the wished number."""
    wanted = next((each.start for each in standing if each.pk == wish.claim), wish.at)
    if wanted is not None:
        return part_at(parts, wanted)
    return numbered(parts, wish.part)


def _window(standing: list[Standing], part: Part, wish: Wish) -> Window:
    within = part if wish.within == "part" else None
    return window(standing, order=wish.order, part=within, cursor=wish.cursor, focus=wish.claim)


def _listed(shown: Window, rows: dict[UUID, ClaimRow]) -> dict[str, Any]:
    numbered = _numbered(rows, shown.shown)
    return {"claims": [numbered[each.pk] for each in shown.shown], "window": shown}


def _choice(wish: Wish) -> dict[str, Any]:
    return {"order": wish.order, "orders": ORDERS.items(), "within": wish.within}


def _numbered(rows: dict[UUID, ClaimRow], standing: Iterable[Standing]) -> dict[UUID, ClaimRow]:
    numbers = {each.pk: each.number for each in standing if each.pk in rows}
    return rows | {pk: replace(rows[pk], number=number) for pk, number in numbers.items()}


def _inside(part: Part) -> Q:
    return Q(start__lt=part.end, end__gt=part.start)


def _places(revision: ArticleRevision, part: Part) -> list[Appearance]:
    marked = (ClaimState.OPEN, ClaimState.PROPOSED)
    rows = revision.appearances.filter(_inside(part), claim__state__in=marked)
    return list(rows.order_by("start", "-end", "pk"))


def _piles(found: Article, revision: ArticleRevision, part: Part | None) -> dict[str, list[UUID]]:
    """Return the claims that wait beside the list: without a place, proposed, dismissed."""
    here = Appearance.objects.filter(revision=revision).values("claim_id")
    dismissed = _dismissed(found)
    if part:
        # Of the dismissed, those in this part; such as stand nowhere are listed with the first.
        inside = here.filter(_inside(part))
        beside = ~Q(pk__in=here) if part.number == 1 else Q(pk=None)
        dismissed = dismissed.filter(Q(pk__in=inside) | beside)
    piles = {
        "unplaced": _of(found, ClaimState.OPEN).exclude(pk__in=here),
        "proposed": _of(found, ClaimState.PROPOSED),
        # Open claims for which another wording is proposed.
        "wordings": _of(found, ClaimState.OPEN).exclude(proposed_text=""),
        "dismissed": dismissed,
    }
    return {name: list(pile.values_list("pk", flat=True)) for name, pile in piles.items()}


def _dismissed(found: Article) -> QuerySet[Claim]:
    """Return the claims that were left out; one whose making was undone never stood anywhere."""
    stood = Appearance.objects.filter(claim=OuterRef("pk"))
    return _of(found, ClaimState.DISMISSED).filter(Exists(stood))


def _of(found: Article, state: ClaimState) -> QuerySet[Claim]:
    return found.claims.filter(state=state).order_by("created_at", "id")


def _number_row(entry: coverage.NumberEntry) -> NumberRow:
    own = entry.number.reason
    words = "in a sentence that was left out" if entry.reason else "not decided"
    return NumberRow(
        pk=entry.number.pk,
        text=entry.exact,
        is_settled=bool(entry.reason),
        is_set_aside=bool(own),
        words=str(DismissalReason(own).label) if own else words,
    )


def _sentence_rows(
    revision: ArticleRevision, sentences: list[Sentence], disposition: Disposition
) -> list[SentenceRow]:
    return [
        SentenceRow(
            pk=sentence.pk,
            text=" ".join(revision.text[sentence.start : sentence.end].split()),
            reason=str(DismissalReason(sentence.reason).label) if sentence.reason else "",
        )
        for sentence in sentences
        if sentence.disposition == disposition
    ]
