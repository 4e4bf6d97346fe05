"""From a revision's text to sentences, numbers and claims, by the splitter."""

from datetime import datetime

from django.db import transaction

from claims import placing
from claims.extraction import ClaimSpan, Splitting, split
from claims.models import (
    Appearance,
    Article,
    ArticleRevision,
    Claim,
    DateMention,
    Number,
    Quantity,
    Sentence,
)
from claims.placing import Span
from claims.states import DismissalReason, Origin
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused

# A proposal that shares this much with a claim is that claim, marked a little differently.
SAME_PASSAGE = 0.5


# The splitter tells these parts of a page apart; to the desk they are all boilerplate.
STRUCTURE = {"heading", "dateline", "byline", "caption", "greeting", "boilerplate"}


class ArticleNotReadyError(Refused):
    """The article has no text yet."""

    code = "article_not_ready"


@transaction.atomic
def split_article(*, article: Article, by: User | None, at: datetime) -> int:
    """Split the newest revision; return how many claims are new.

    Nothing that a person did is touched, and a passage that is a claim already stays the claim it
    is: splitting the same revision again adds nothing. Raises ArticleNotReadyError.
    """
    revision = locked_revision(article)
    found = split(revision.text, published_on=article.published_on, language=article.language)
    if not revision.sentences.exists():
        _store_ledger(revision, found)
    standing = standing_spans(revision)
    new = [span for span in found.claims if not is_known((span.start, span.end), standing)]
    _store_claims(revision, new, at)
    if new:
        data = {"revision": revision.number, "claims": len(new)}
        record(action="article.split", target=article, by=by, at=at, data=data)
    return len(new)


def locked_revision(article: Article) -> ArticleRevision:
    """Return the newest revision; hold the article's row, so that two changes take turns.

    Raises ArticleNotReadyError.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    revision = article.revision
    if revision is None:
        raise ArticleNotReadyError
    return revision


def standing_spans(revision: ArticleRevision) -> list[tuple[Span, bool]]:
    """Return every passage that is a claim, and whether a person had a hand in it."""
    touched = _touched_by_people(revision)
    rows = revision.appearances.select_related("claim")
    return [
        ((row.start, row.end), str(row.claim_id) in touched or row.claim.created_by_id is not None)
        for row in rows
    ]


def is_known(proposal: Span, standing: list[tuple[Span, bool]]) -> bool:
    """Whether the passage is a claim already, be it open or dismissed."""
    return any(_same(proposal, span, is_human) for span, is_human in standing)


def _touched_by_people(revision: ArticleRevision) -> set[str]:
    edits = revision.article.edits.filter(undone_at=None).values_list("after", flat=True)
    return {item["id"] for after in edits for item in after}


def _same(proposal: Span, known: Span, is_human: bool) -> bool:  # noqa: FBT001 (one call)
    """Whether a proposal is the known claim; around a person's claim nothing is proposed anew."""
    common = min(proposal[1], known[1]) - max(proposal[0], known[0])
    lengths = (proposal[1] - proposal[0], known[1] - known[0])
    return common / (min(lengths) if is_human else sum(lengths) - common) >= SAME_PASSAGE


def _store_ledger(revision: ArticleRevision, found: Splitting) -> None:
    Sentence.objects.bulk_create(
        Sentence(
            revision=revision,
            position=position,
            paragraph=sentence.paragraph,
            start=sentence.start,
            end=sentence.end,
            disposition=sentence.disposition,
            reason=desk_reason(sentence.reason) if sentence.disposition == "dismissed" else "",
        )
        for position, sentence in enumerate(found.sentences)
    )
    Number.objects.bulk_create(
        Number(revision=revision, start=number.start, end=number.end) for number in found.numbers
    )


def desk_reason(code: str) -> DismissalReason:
    """Return the desk's reason for the splitter's. Raises ValueError for a code unknown here."""
    return DismissalReason.BOILERPLATE if code in STRUCTURE else DismissalReason(code)


def _store_claims(revision: ArticleRevision, spans: list[ClaimSpan], at: datetime) -> None:
    claims = [_claim(revision, span, at) for span in spans]
    Claim.objects.bulk_create(claims)
    rows: list[Appearance] = []
    quantities: list[Quantity] = []
    dates: list[DateMention] = []
    for claim, span in zip(claims, spans, strict=True):
        places = [(span.start, span.end), *span.extra_spans]
        own = [placing.appearance(claim, revision, place) for place in places]
        rows += own
        noted = placing.note_facts(own[0], span.quantities, span.dates)
        quantities += noted[0]
        dates += noted[1]
    Appearance.objects.bulk_create(rows)
    Quantity.objects.bulk_create(quantities)
    DateMention.objects.bulk_create(dates)


def _claim(revision: ArticleRevision, span: ClaimSpan, at: datetime) -> Claim:
    return Claim(
        article_id=revision.article_id,
        text=span.text[:2000],
        kind=span.kind,
        kinds=list(span.kinds),
        claimant=span.claimant[:200],
        reporting_verb=span.reporting_verb[:60],
        unresolved=[words[:100] for words in span.unresolved],
        check_worthiness=span.check_worthiness,
        reasons=[reason[:200] for reason in span.reasons],
        origin=Origin.MACHINE,
        created_at=at,
    )
