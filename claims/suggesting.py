"""Passages that may bear on a claim, for a person to attach or to set aside; nothing by itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from claims import citing
from claims.finding import Embedder, Passage, Text, find
from claims.linking import QuoteMissingError, require_open
from claims.models import Claim, Evidence, SetAside
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources.models import ExtractedText

SHOWN = 12
# Passages that were attached or set aside are left out behind the ranking.
_RANKED = 50
# Texts are loaded whole, so an article that cites a library is searched in part, and told so.
MOST_TEXTS = 50


class SourceNotCitedError(Refused):
    """The text is not one of the sources of the claim's article."""

    code = "source_not_cited"


@dataclass(frozen=True)
class Suggestion:
    """A passage and the archived text that it stands in."""

    passage: Passage
    extracted: ExtractedText

    @property
    def exact(self) -> str:
        """The words of the passage, from the archive."""
        return self.extracted.text[self.passage.start : self.passage.end]


@dataclass(frozen=True)
class Suggested:
    """What was found for a claim, best first, and what there was to search.

    `more` counts what was found and is not shown; `cut` says that some text was passed over
    because there was too much.
    """

    suggestions: tuple[Suggestion, ...]
    sources: int
    texts: int
    more: int
    cut: bool


def suggest(claim: Claim, *, embedder: Embedder | None = None) -> Suggested:
    """Search the newest readable capture of each of the article's sources; writes nothing.

    What is attached to the claim already, or was set aside for it, is left out.
    """
    sources = list(claim.article.citations.values_list("source_id", flat=True))
    texts = _texts(claim)
    found = find(
        claim.text,
        [Text(str(text.pk), text.text) for text in texts[:MOST_TEXTS]],
        language=claim.article.language,
        on=claim.article.published_on,
        embedder=embedder,
        limit=_RANKED,
    )
    by_key = {str(text.pk): text for text in texts}
    kept = _undecided(claim, [Suggestion(p, by_key[p.key]) for p in found.passages])
    return Suggested(
        suggestions=tuple(kept[:SHOWN]),
        sources=len(sources),
        texts=len(texts),
        more=max(0, len(kept) - SHOWN),
        cut=found.cut or len(texts) > MOST_TEXTS,
    )


@transaction.atomic
def set_aside(
    *, claim: Claim, extracted: ExtractedText, start: int, end: int, by: User, at: datetime
) -> SetAside:
    """Remember that a passage is beside the point for the claim. Again is a no-op.

    Raises SourceNotCitedError, QuoteMissingError, ClaimDismissedError and ClaimNotOpenError.
    """
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    # Whether cited by the text or added by a person: nothing else is ever suggested.
    if not claim.article.citations.filter(source__captures=extracted.capture_id).exists():
        raise SourceNotCitedError
    if not 0 <= start < end <= len(extracted.text):
        raise QuoteMissingError
    passage = extracted.text[start:end]
    row, is_new = SetAside.objects.get_or_create(
        claim=claim,
        words_sha256=words_digest(passage),
        defaults={
            "extracted": extracted,
            "start": start,
            "end": end,
            "set_aside_by": by,
            "set_aside_at": at,
        },
    )
    if is_new:
        data = {"text": extracted.pk, "start": start, "end": end, "quote": passage[:200]}
        record(action="suggestion.set_aside", target=claim, by=by, at=at, data=data)
    return row


@transaction.atomic
def take_back(*, claim: Claim, number: int, by: User, at: datetime) -> Claim:
    """Let a passage be suggested again; `number` is its row's. Again is a no-op."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    row = SetAside.objects.filter(claim=claim, pk=number).first()
    if row:
        data = {"text": row.extracted_id, "start": row.start, "end": row.end}
        row.delete()
        record(action="suggestion.taken_back", target=claim, by=by, at=at, data=data)
    return claim


def words_digest(passage: str) -> str:
    """Return the digest that knows a passage again: of its words, whatever the white space."""
    return hashlib.sha256(" ".join(passage.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _texts(claim: Claim) -> list[ExtractedText]:
    """Return the newest text of each source; what the claim's own sentences cite comes first."""
    sources = claim.article.citations.values("source_id")
    newest = (
        ExtractedText.objects.filter(capture__source_id__in=sources)
        .select_related("capture__source")
        .defer("capture__manifest", "capture__hops")
        .order_by("capture__source_id", "-capture__captured_at", "-id")
        .distinct("capture__source_id")
    )
    own = citing.of_claim(claim)
    return sorted(newest, key=lambda text: (text.capture.source_id not in own, text.pk))


def _undecided(claim: Claim, found: list[Suggestion]) -> list[Suggestion]:
    """Leave out what overlaps a passage that is attached, and what was set aside."""
    attached = list(
        Evidence.objects.filter(claim=claim, removed_at=None, start__isnull=False).values_list(
            "extracted_id", "start", "end"
        )
    )
    aside = set(SetAside.objects.filter(claim=claim).values_list("words_sha256", flat=True))
    return [
        item
        for item in found
        if words_digest(item.exact) not in aside
        and not any(
            text == item.extracted.pk
            and (start or 0) < item.passage.end
            and item.passage.start < (end or 0)
            for text, start, end in attached
        )
    ]
