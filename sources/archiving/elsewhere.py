"""What archives elsewhere answer: TimeMaps (RFC 7089) and the JSON of Save Page Now. Pure Python.

None of it is trusted: sizes are bounded by the client, and an address that our own client would not
read is passed over.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.fetching.codes import FetchError
from sources.fetching.urls import parse

MOST_BYTES = 16 * 1024 * 1024  # some hundred thousand copies
# Every part is bounded, so that no text makes the search slow.
_LINK = re.compile(r'<([^<>\s]{1,9000})>((?:\s{0,9};\s{0,9}[\w-]{1,40}="[^"<>]{0,400}"){1,20})')
_PARAMETER = re.compile(r'([\w-]{1,40})="([^"]{0,400})"')
_JOB = re.compile(r"[\w-]{1,100}")
_MOMENT = re.compile(r"\d{14}")


class UnreadableError(Exception):
    """The answer does not have the form that it should have."""


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy elsewhere: its address and the time it is of."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Saving:
    """Where a request to keep a page stands: a `job` that goes on, a `memento`, or a `refusal`."""

    job: str = ""
    memento: Memento | None = None
    refusal: str = ""


def read_timemap(answer: bytes) -> list[Memento]:
    """Return the copies in a TimeMap in link format, in its order; those of no use are left out.

    Raises UnreadableError for what is no TimeMap at all.
    """
    text = answer.decode("utf-8", "replace")
    links = list(_links(text))
    if not links and text.strip():
        raise UnreadableError
    return [found for url, about in links if (found := _memento(url, about)) is not None]


def nearest(mementos: list[Memento], at: datetime) -> Memento | None:
    """Return the copy whose time is nearest to `at`; None where there are none."""
    return min(mementos, key=lambda found: abs(found.at - at), default=None)


def read_saving(answer: bytes, *, base: str) -> Saving:
    """Return what Save Page Now says of a request, right after it was made or later.

    `base` is the address under which it keeps pages. Raises UnreadableError.
    """
    said = _read_json(answer)
    status, job = said.get("status"), said.get("job_id")
    if status == "error":
        reason = next((v for k in ("status_ext", "message") if (v := said.get(k))), "")
        return Saving(refusal=_plain(reason) or "no reason given")
    if status == "success":
        return Saving(memento=_saved(said, base))
    if isinstance(job, str) and _JOB.fullmatch(job):
        return Saving(job=job)
    raise UnreadableError


def _links(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for found in _LINK.finditer(text):
        yield found[1], {name.lower(): value for name, value in _PARAMETER.findall(found[2])}


def _memento(url: str, about: dict[str, str]) -> Memento | None:
    if "memento" not in about.get("rel", "").split():
        return None
    try:
        at = parsedate_to_datetime(about.get("datetime", ""))
        return Memento(parse(url).url, at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC))
    except (ValueError, TypeError, OverflowError, FetchError):
        return None


def _read_json(answer: bytes) -> dict[str, object]:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    if not isinstance(said, dict):
        raise UnreadableError
    return said


def _saved(said: dict[str, object], base: str) -> Memento:
    moment, original = said.get("timestamp"), said.get("original_url")
    if (
        not isinstance(moment, str)
        or not isinstance(original, str)
        or not _MOMENT.fullmatch(moment)
    ):
        raise UnreadableError
    try:
        at = datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return Memento(f"{base}/{moment}/{parse(original).url}", at)
    except (ValueError, FetchError) as error:
        raise UnreadableError from error


def _plain(reason: object) -> str:
    """Return a reason that may be shown: one line of printable characters, none too long."""
    text = " ".join(str(reason).split())[:160]
    return "".join(character for character in text if character.isprintable()).rstrip(".")
