"""Where claims stand: appearances with their quantities and dates."""

from collections.abc import Iterable, Sequence

from claims.extraction import DateSpan, QuantitySpan
from claims.extraction.facts import facts_in
from claims.models import Appearance, ArticleRevision, Claim, DateMention, Quantity
from sources.anchoring import make_anchor

Span = tuple[int, int]


def place(claim: Claim, revision: ArticleRevision, spans: Sequence[Span]) -> list[Appearance]:
    """Let the claim stand at exactly these spans of the revision; what stood there stays."""
    standing = {(row.start, row.end): row for row in claim.appearances.filter(revision=revision)}
    for span, row in standing.items():
        if span not in spans:
            row.delete()
    return [standing.get(span) or _appear(claim, revision, span) for span in spans]


def appearance(claim: Claim, revision: ArticleRevision, span: Span) -> Appearance:
    """Return an unsaved appearance of text[start:end]."""
    anchor = make_anchor(revision.text, *span)
    return Appearance(
        claim=claim,
        revision=revision,
        start=anchor.start,
        end=anchor.end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )


def note_facts(
    row: Appearance, quantities: Iterable[QuantitySpan], dates: Iterable[DateSpan]
) -> tuple[list[Quantity], list[DateMention]]:
    """Return the unsaved quantities and dates of an appearance."""
    return (
        [_quantity(row, found) for found in quantities],
        [DateMention(appearance=row, start=d.start, end=d.end, iso=d.iso[:60]) for d in dates],
    )


def _appear(claim: Claim, revision: ArticleRevision, span: Span) -> Appearance:
    row = appearance(claim, revision, span)
    row.save()
    article = claim.article
    facts = facts_in(
        revision.text, *span, published_on=article.published_on, language=article.language
    )
    quantities, dates = note_facts(row, facts.quantities, facts.dates)
    Quantity.objects.bulk_create(quantities)
    DateMention.objects.bulk_create(dates)
    return row


def _quantity(row: Appearance, found: QuantitySpan) -> Quantity:
    change = found.change
    return Quantity(
        appearance=row,
        start=found.start,
        end=found.end,
        value=found.value,
        upper=found.upper,
        unit=found.unit[:60],
        comparator=found.comparator,
        vague=found.vague,
        change_direction=change.direction if change else "",
        change_from=change.from_value if change else None,
        change_to=change.to_value if change else None,
        change_by=change.by_value if change else None,
        change_unit=change.unit[:60] if change else "",
    )
