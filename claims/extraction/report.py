"""A splitting as JSON for programs and as plain lines for people."""

from decimal import Decimal
from typing import TypeAlias

from claims.extraction.records import Change, ClaimSpan, QuantitySpan, Splitting

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def number(value: Decimal | None) -> Json:
    """Return a decimal as a JSON number, whole where it is whole."""
    if value is None:
        return None
    if value == value.to_integral_value() and abs(value) < 10**18:
        return int(value)
    return float(value)


def _change(change: Change | None) -> Json:
    if change is None:
        return None
    return {
        "direction": change.direction,
        "from": number(change.from_value),
        "to": number(change.to_value),
        "by": number(change.by_value),
        "unit": change.unit,
    }


def quantity(found: QuantitySpan) -> dict[str, Json]:
    """Return one quantity's JSON form."""
    return {
        "start": found.start,
        "end": found.end,
        "value": number(found.value),
        "upper": number(found.upper),
        "unit": found.unit,
        "comparator": found.comparator,
        "vague": found.vague,
        "change": _change(found.change),
    }


def _claim(found: ClaimSpan) -> dict[str, Json]:
    return {
        "start": found.start,
        "end": found.end,
        "exact": found.exact,
        "text": found.text,
        "kind": found.kind,
        "kinds": list(found.kinds),
        "check_worthiness": found.check_worthiness,
        "reasons": list(found.reasons),
        "sentence": found.sentence,
        "extra_spans": [{"start": start, "end": end} for start, end in found.extra_spans],
        "claimant": found.claimant,
        "reporting_verb": found.reporting_verb,
        "unresolved": list(found.unresolved),
        "dates": [{"start": d.start, "end": d.end, "iso": d.iso} for d in found.dates],
        "quantities": [quantity(q) for q in found.quantities],
    }


def as_json(splitting: Splitting) -> dict[str, Json]:
    """Return the JSON form of a splitting."""
    return {
        "text_sha256": splitting.text_sha256,
        "sentences": [
            {
                "start": s.start,
                "end": s.end,
                "disposition": s.disposition,
                "reason": s.reason,
                "paragraph": s.paragraph,
            }
            for s in splitting.sentences
        ],
        "claims": [_claim(claim) for claim in splitting.claims],
        "numbers": [
            {
                "start": n.start,
                "end": n.end,
                "disposition": n.disposition,
                "reason": n.reason,
                "sentence": n.sentence,
            }
            for n in splitting.numbers
        ],
    }


def as_text(text: str, splitting: Splitting) -> str:
    """Return readable lines: each sentence with its disposition, its claims under it."""
    lines = []
    for index, sentence in enumerate(splitting.sentences):
        mark = {"claim": "+", "dismissed": "-", "pending": "?"}[sentence.disposition]
        reason = f"  [{sentence.reason}]" if sentence.reason else ""
        lines.append(f"{mark} {' '.join(text[sentence.start : sentence.end].split())}{reason}")
        lines += [
            f"    {claim.check_worthiness:.2f} {claim.kind}: {' '.join(claim.exact.split())}"
            for claim in splitting.claims
            if claim.sentence == index
        ]
    taken = sum(s.disposition == "claim" for s in splitting.sentences)
    lines.append(
        f"{len(splitting.claims)} claims in {taken} of {len(splitting.sentences)} sentences"
    )
    return "\n".join(lines) + "\n"
