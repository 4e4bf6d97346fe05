"""Bringing in the reviews of other desks, from a file or from an address of the web."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from claims import remembering
from claims.reviews import REASONS, Reading, read
from claims.reviews.reading import MOST_BYTES
from sources.addressing import policy
from sources.fetching import fetch

_ADDRESSES: Final = ("http://", "https://")
ACCEPTED: Final = "application/ld+json, application/json, text/html;q=0.8, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Import:
    """What came of one place. `problems` are sentences; `refused` counts reviews by reason."""

    place: str
    kept: remembering.Kept = field(default_factory=remembering.Kept)
    refused: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing at all could be used."""
        return bool(self.problems) and not (self.kept.new + self.kept.changed + self.kept.known)

    @property
    def reasons(self) -> list[str]:
        """Why reviews were left out, in words."""
        return [f"{count} left out: {REASONS[reason]}" for reason, count in self.refused.items()]


def bring_in(*, place: str, at: datetime) -> Import:
    """Read the document at `place`, a file or an address, and keep its reviews.

    Raises nothing that a file, an address or a server can do: such an end is in the answer.
    """
    content, problem = _fetched(place) if place.startswith(_ADDRESSES) else _opened(Path(place))
    return Import(place, problems=(problem,)) if problem else _keep(place, read(content), at)


def _keep(place: str, reading: Reading, at: datetime) -> Import:
    kept = remembering.keep_imported(reviews=reading.reviews, at=at)
    refused = dict(sorted(reading.refused.items()))
    return Import(place, kept, refused, tuple(dict.fromkeys(reading.problems)))


def _opened(path: Path) -> tuple[bytes, str]:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1), ""
    except OSError as error:
        return b"", f"the file cannot be read: {error.strerror or 'unknown reason'}"
    except ValueError:
        return b"", "that is not the name of a file"


def _fetched(url: str) -> tuple[bytes, str]:
    wanted = policy()
    others = tuple(pair for pair in wanted.headers if pair[0] != "Accept")
    wanted = replace(wanted, headers=(("Accept", ACCEPTED), *others))
    with fetch(url, policy=wanted) as result:
        if result.state != "stored":
            return b"", result.error_text
        if result.truncated:
            return b"", "only a part of it arrived"
        return result.body.read(), ""
