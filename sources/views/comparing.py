"""Two captures of a source beside each other: which paragraphs and words came and went."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from factcheck.accounts.views.desk import DeskRequest, desk
from sources.anchoring.differences import paragraphs
from sources.models import Capture, ExtractedText, Source

MOST_SHOWN = 1500  # paragraphs


@desk()
def compare(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Compare ``?old=…&new=…``; without them, the newest capture with the one before it."""
    source = get_object_or_404(Source, pk=pk)
    old, new = _pair(request, source)
    texts = [_text(each) for each in (old, new)]
    found = paragraphs(*(text.text for text in texts if text)) if all(texts) else ()
    context = {
        "source": source,
        "old": old,
        "new": new,
        "can_compare": all(texts),
        "same_bytes": old is not None and new is not None and old.digest == new.digest,
        "is_same": all(each.kind == "folded" for each in found),
        "paragraphs": found[:MOST_SHOWN],
        "left_out": max(0, len(found) - MOST_SHOWN),
    }
    return render(request, "sources/compare.html", context)


def _pair(request: DeskRequest, source: Source) -> tuple[Capture | None, Capture | None]:
    """Return the older and the newer capture, whatever the order in which they were named."""
    rows = source.captures.defer("manifest", "hops").order_by("-number")
    written = (_uuid(request.GET.get(name, "")) for name in ("old", "new"))
    named = [each for each in written if each is not None]
    chosen = list(rows.filter(pk__in=named)[:2]) if named else []
    if len(chosen) < 2:  # noqa: PLR2004 (a pair)
        chosen = [*chosen, *rows.exclude(pk__in=[each.pk for each in chosen])[:2]][:2]
    chosen.sort(key=lambda each: each.number)
    return (chosen[0], chosen[1]) if len(chosen) == 2 else (None, None)  # noqa: PLR2004 (the same)


def _text(found: Capture | None) -> ExtractedText | None:
    return ExtractedText.objects.filter(capture=found).order_by("-id").first() if found else None


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
