"""Two people wrote at once: what both started from, what each made of it, and what shall stand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import drafting
from claims.blocks import PARTS, TEXT_PARTS, TITLES, Content
from claims.merging import Merged, Piece, differences, three_way, whole
from claims.models import Claim, DraftRevision, Rating, VerdictVersion
from claims.versions import StaleRevisionError
from claims.views.draft_page import claim_of, newest
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError

TAKES = ("theirs", "mine", "text")
STANDINGS = {
    "mine": "only you changed it",
    "theirs": "only they changed it",
    "agreed": "both made the same change",
    "merged": "both changed it, at different places",
    "conflict": "both changed it, at the same place",
}


@dataclass(frozen=True)
class Row:
    """A part that is not the same in all three: each text, what changed, and a proposal."""

    code: str
    title: str
    standing: str
    base: str
    mine: str
    theirs_pieces: tuple[Piece, ...]
    mine_pieces: tuple[Piece, ...]
    merged: Merged
    take: str
    is_text: bool


@desk(may_check, methods=("POST",))
def claim_merge(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Save what was chosen, part by part."""
    claim = claim_of(pk)
    version = newest(claim)
    revision = as_number(request.POST.get("revision", "")) or 0
    if version is None:
        return redirect("claims:claim_draft", claim.pk)
    theirs = drafting.base_of(version, revision)
    base = drafting.base_of(version, as_number(request.POST.get("base", "")) or 0)
    try:
        mine = Content.read({name: request.POST.get(f"mine-{name}", "") for name in PARTS})
        chosen = _chosen(request, theirs, mine, base)
        if chosen is None:
            words = "Choose for each part what shall stand."
            return conflict_page(request, claim, version, base=base, mine=mine, words=words)
        drafting.save_draft(
            version=version, content=chosen, revision=revision, by=request.user, at=timezone.now()
        )
    except StaleRevisionError as error:
        return conflict_page(
            request, claim, error.current, base=theirs, mine=chosen or mine, words=error.text
        )
    except FactcheckError as error:
        return conflict_page(request, claim, version, base=base, mine=mine, words=error.text)
    except ValueError:
        messages.error(request, "The form was changed on its way. Nothing was saved.")
        return redirect("claims:claim_draft", claim.pk)
    messages.success(request, "The draft is saved, with both changes.")
    return redirect(f"{reverse('claims:claim_draft', args=[claim.pk])}#verdict")


def conflict_page(
    request: DeskRequest,
    claim: Claim,
    version: VerdictVersion,
    *,
    base: Content,
    mine: Content,
    words: str,
) -> HttpResponse:
    """Show the three texts of each part that differs; the form saves what is chosen."""
    saved = DraftRevision.objects.filter(version=version, number__lte=version.revision)
    based = saved.order_by("-number").select_related("by").first()
    theirs = drafting.content_of(version)
    rows = _rows(request, base, theirs, mine)
    context = {
        "claim": claim,
        "version": version,
        "saved": based,
        "rows": rows,
        "words": words,
        "mine": mine.texts().items(),
        "base_revision": _revision_of(version, base),
        "collisions": sum(row.merged.is_conflict for row in rows),
    }
    return render(request, "claims/conflict.html", context, status=422)


def _rows(request: DeskRequest, base: Content, theirs: Content, mine: Content) -> list[Row]:
    texts = [content.texts() for content in (base, theirs, mine)]
    names = {str(pk): label for pk, label in Rating.objects.values_list("pk", "label")}
    return [
        _row(request, code, *(_shown(code, each[code], names) for each in texts))
        for code in PARTS
        if len({each[code] for each in texts}) > 1
    ]


def _row(request: DeskRequest, code: str, base: str, theirs: str, mine: str) -> Row:
    is_text = code in TEXT_PARTS
    merged = (three_way if is_text else whole)(base, theirs, mine)
    proposed = {"conflict": "", "merged": "text", "agreed": "mine"}
    typed = request.POST.get(f"text-{code}")
    return Row(
        code=code,
        title=TITLES[code],
        standing=STANDINGS[merged.standing],
        base=base,
        mine=mine,
        theirs_pieces=differences(base, theirs),
        mine_pieces=differences(base, mine),
        merged=merged if typed is None else Merged(merged.standing, typed),
        take=request.POST.get(f"take-{code}", proposed.get(merged.standing, merged.standing)),
        is_text=is_text,
    )


def _shown(code: str, text: str, ratings: dict[str, str]) -> str:
    if code == "rating":
        return ratings.get(text, "")
    if code in TEXT_PARTS or not text:
        return text
    return f"{date.fromisoformat(text):%-d %B %Y}"


def _chosen(request: DeskRequest, theirs: Content, mine: Content, base: Content) -> Content | None:
    """Return the content that was chosen; None where a part that differs was left open."""
    ours, others, before = mine.texts(), theirs.texts(), base.texts()
    chosen = {}
    for code in PARTS:
        if ours[code] == others[code] == before[code]:
            chosen[code] = ours[code]
            continue
        take = request.POST.get(f"take-{code}", "")
        allowed = TAKES if code in TEXT_PARTS else TAKES[:2]
        if take not in allowed:
            return None
        own = request.POST.get(f"text-{code}", "")
        chosen[code] = {"theirs": others[code], "mine": ours[code], "text": own}[take]
    return Content.read(chosen)


def _revision_of(version: VerdictVersion, base: Content) -> int:
    """Return the newest save that said what `base` says; 0 where none did."""
    rows = DraftRevision.objects.filter(version=version, content=base.texts())
    found = rows.order_by("-number").values_list("number", flat=True).first()
    return found or 0
