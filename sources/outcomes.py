"""What a fetch saw and why it came to nothing, in the form that a request keeps."""

from dataclasses import dataclass
from typing import Self

from sources.fetching import FetchError, FetchResult


def report(result: FetchResult) -> dict[str, object]:
    """Return what a fetch saw, in JSON's types: what `manage.py capture` prints."""
    return {
        "state": result.state,
        "error_code": result.error_code,
        "error_text": result.error_text,
        "url": result.url,
        "status": result.status,
        "final_url": result.final_url,
        "hops": [
            {
                "url": hop.url,
                "status": hop.status,
                "peer_address": hop.peer_address,
                "wire_bytes": hop.wire_bytes,
            }
            for hop in result.hops
        ],
        "peer_address": result.peer_address,
        "wire_bytes": result.wire_bytes,
        "digest": result.digest,
        "media_type": result.media_type,
        "truncated": result.truncated,
    }


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a capture did not come about, and what the fetch saw."""

    code: str
    words: str
    report: dict[str, object]
    retry_after: int | None = None

    @classmethod
    def of(cls, error: FetchError, url: str, seen: dict[str, object] | None = None) -> Self:
        """Return the failure that `error` means, with what a fetch of `url` had seen before."""
        state = "refused" if error.family == "refused" else "failed"
        told = {"state": state, "error_code": error.code, "error_text": error.words}
        return cls(error.code, error.words, {"url": url, **(seen or {}), **told, "digest": ""})
