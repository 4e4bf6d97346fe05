"""One ClaimReview (https://schema.org/ClaimReview) as a record, or the reason why it is none."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from sources.fetching import FetchError, parse

Node = dict[str, object]

REASONS: Final = {
    "no_claim": "it does not say which claim was reviewed",
    "no_rating": "it has no rating in words or numbers",
    "no_address": "it has no address",
    "bad_address": "its address is none of the web",
}
_MOST_CHARACTERS: Final = 2000
_TAG = re.compile(r"<[^<>]{1,500}>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?!\d)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")


class UnusableError(Exception):
    """A review that cannot be kept; `reason` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict of another desk. `claimed_on` is when the claim was made, if that is known."""

    url: str
    text: str
    rating: str
    reviewer: str
    title: str = ""
    summary: str = ""
    claimant: str = ""
    claimed_on: date | None = None
    reviewed_on: date | None = None
    language: str = "en"


def review_of(node: Node) -> Review:
    """Return the review that a ClaimReview node holds. Raises UnusableError."""
    text = _words(node.get("claimReviewed"))
    if not any(character.isalnum() for character in text):
        raise UnusableError("no_claim")
    rating = _rating(_first(node.get("reviewRating")))
    if not rating:
        raise UnusableError("no_rating")
    url, host = _address(node)
    claim = _first(node.get("itemReviewed"))
    return Review(
        url=url,
        text=text,
        rating=rating,
        reviewer=_name(node.get("author")) or _name(node.get("publisher")) or host,
        title=_words(node.get("headline")) or _words(node.get("name")),
        summary=_words(node.get("abstract")) or _words(node.get("description")),
        claimant=_name(claim.get("author")),
        claimed_on=_day(claim.get("datePublished")),
        reviewed_on=_day(node.get("datePublished")) or _day(node.get("dateModified")),
        language=_language(node.get("inLanguage")),
    )


def _address(node: Node) -> tuple[str, str]:
    """Return the review's address, made uniform, with its host."""
    page = _first(node.get("mainEntityOfPage"))
    given = node.get("url"), node.get("@id"), node.get("mainEntityOfPage"), page.get("@id")
    written = next((text.strip() for text in given if isinstance(text, str) and text.strip()), "")
    if not written:
        raise UnusableError("no_address")
    try:
        target = parse(written)
    except FetchError as error:
        raise UnusableError("bad_address") from error
    if len(target.url) > _MOST_CHARACTERS:
        raise UnusableError("bad_address")
    return target.url, target.host


def _rating(node: Node) -> str:
    """Return the rating in the reviewer's words, else as the place on their scale."""
    words = _words(node.get("alternateName")) or _words(node.get("name"))
    value, best = _number(node.get("ratingValue")), _number(node.get("bestRating"))
    if words or not value:
        return words
    return f"{value} of {best}" if best else value


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    written = str(value).strip()
    return written if re.fullmatch(r"-?\d{1,6}(?:\.\d{1,6})?", written) else ""


def _name(value: object) -> str:
    """Return the name of a person or an organisation, given as such or as a bare text."""
    return _words(_first(value).get("name")) or _words(value)


def _first(value: object) -> Node:
    """Return the object that is given, or the first of several; an empty one for none."""
    items = value if isinstance(value, list) else [value]
    return next((item for item in items if isinstance(item, dict)), {})


def _words(value: object) -> str:
    """Return a text without markup and line ends, cut to what is kept."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if not isinstance(value, str):
        return ""
    plain = _TAG.sub(" ", html.unescape(value[: 4 * _MOST_CHARACTERS]))
    return " ".join(_UNPRINTABLE.sub(" ", plain).split())[:_MOST_CHARACTERS]


def _day(value: object) -> date | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _language(value: object) -> str:
    code = value if isinstance(value, str) else _first(value).get("alternateName")
    found = _LANGUAGE.match(code.lower()) if isinstance(code, str) else None
    return found.group() if found else "en"
