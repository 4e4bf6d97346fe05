"""What templates need and Django does not have: the rating's stamp, and times out of payloads."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django import template
from django.utils.dateparse import parse_date, parse_datetime

from claims.blocks import BLOCKS
from claims.showing import label_in
from claims.states import ReplyKind, Strength
from sources.anchoring import Anchor, text_fragment

register = template.Library()

LOW, HIGH = 0.4, 0.8


@dataclass(frozen=True)
class Stamp:
    """A rating for drawing: `places` has one True, at the rating's place on the scale."""

    label: str
    bucket: str
    places: tuple[bool, ...]
    big: bool
    language: str = ""


@register.inclusion_tag("parts/_rating.html")
def rating_stamp(
    rating: dict[str, Any], *, language: str = "", big: bool = False
) -> dict[str, Stamp]:
    """Draw a rating (label, value, best) as words with its place on the scale.

    The label is in `language` where the rating has one in it.
    """
    value, best = rating["value"], rating["best"]
    label, spoken = label_in(rating, language), language if _speaks(rating, language) else ""
    if value is None or not best:
        return {"stamp": Stamp(label, "none", (), big, spoken)}
    places = tuple(place == value for place in range(1, best + 1))
    bucket = rating.get("bucket") or _bucket(value / best)
    return {"stamp": Stamp(label, bucket, places, big, spoken)}


@register.filter
def label_for(rating: dict[str, Any], language: str | None) -> str:
    """Return a sealed rating's label in a language, for words without a gauge."""
    return label_in(rating, language or "")


def _speaks(rating: dict[str, Any], language: str) -> bool:
    return language in rating.get("labels", {})


@register.filter
def day(written: str) -> str:
    """Write a payload's ISO date for readers."""
    on = parse_date(written)
    return f"{on:%-d %B %Y}" if on else written


@register.filter
def titled(blocks: dict[str, str]) -> list[tuple[str, str]]:
    """Return a payload's blocks in their order, each with its title; empty ones are left out."""
    found = [(block.title, blocks.get(block.code, "")) for block in BLOCKS]
    return [(title, text) for title, text in found if text]


@register.filter
def reply(kind: str) -> str:
    """Say in words what a line of the right of reply says."""
    return str(ReplyKind(kind).label) if kind in ReplyKind.values else kind


@register.filter
def at_quote(item: dict[str, Any]) -> str:
    """Return the live page's address of a payload's evidence, at the quoted words."""
    quote = item["quote"]
    anchor = Anchor(
        start=quote["start"],
        end=quote["end"],
        exact=quote["exact"],
        prefix=quote["prefix"],
        suffix=quote["suffix"],
        text_sha256=quote["text_sha256"],
    )
    return text_fragment(item["capture"]["final_url"], anchor)


@register.filter
def from_word(before: str) -> str:
    """Begin the words before a quote at a whole word."""
    return before if " " not in before else before[before.index(" ") :]


@register.filter
def to_word(after: str) -> str:
    """End the words after a quote at a whole word."""
    return after if " " not in after else after[: after.rindex(" ") + 1]


@register.filter
def strength_words(code: str | None) -> str:
    """Write a payload's strength of evidence for readers; empty where none was said."""
    return Strength(code).label if code in Strength.values else ""


@register.filter
def heard(body: dict[str, Any]) -> str:
    """Say from how many independent sources a payload's passages come, and how many primary."""
    primary = sum(item.get("is_primary") is True for item in body["evidence"])
    return counted(len(body["evidence"]), body["independent_sources"], primary)


@register.simple_tag
def counted(passages: int, sources: int, primary: int) -> str:
    """Write "3 passages from 2 independent sources; primary: 1"."""
    of = f"{passages} passage{'' if passages == 1 else 's'}"
    return (
        f"{of} from {sources} independent source{'' if sources == 1 else 's'}; primary: {primary}"
    )


@register.filter
def moment(written: str) -> str:
    """Write a payload's ISO time for readers, in UTC."""
    at = parse_datetime(written)
    return f"{at.astimezone(UTC):%-d %B %Y, %H:%M} UTC" if at else written


def _bucket(share: float) -> str:
    if share <= LOW:
        return "false"
    return "mixed" if share < HIGH else "true"
