"""What an editor wants changed, part by part, and whether it was done."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from claims.blocks import ASKABLE, TITLES
from claims.models import BlockRequest, ChangesRequest, VerdictVersion
from claims.workflow.refusals import UnknownBlockError


@dataclass(frozen=True)
class Asked:
    """A wish for one part: what has to change, and whether the part says something else now."""

    block: str
    title: str
    reason: str
    done: bool


def tidy(blocks: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that say something, in the parts' order. Raises UnknownBlockError."""
    if not blocks.keys() <= {block.code for block in ASKABLE}:
        raise UnknownBlockError
    found = {block.code: blocks.get(block.code, "").strip()[:2000] for block in ASKABLE}
    return {code: reason for code, reason in found.items() if reason}


def in_words(asked: Mapping[str, str]) -> str:
    """Return the reasons as one text, for where there is no general one."""
    return "\n".join(f"{TITLES[code]}: {reason}" for code, reason in asked.items())


def keep(request: ChangesRequest, version: VerdictVersion, asked: Mapping[str, str]) -> None:
    """Write the reasons down, each with what its part said."""
    rows = [
        BlockRequest(request=request, block=code, reason=reason, was=_digest(version, code))
        for code, reason in asked.items()
    ]
    BlockRequest.objects.bulk_create(rows)


def asked_of(request: ChangesRequest | None, version: VerdictVersion) -> dict[str, Asked]:
    """Return what a request asked of single parts, by their codes."""
    rows = request.blocks.order_by("id") if request else ()
    return {
        row.block: Asked(
            row.block, TITLES[row.block], row.reason, row.was != _digest(version, row.block)
        )
        for row in rows
    }


def _digest(version: VerdictVersion, code: str) -> str:
    parts = version.blocks | {"summary": version.summary, "rating": str(version.rating_id or "")}
    return hashlib.sha256(parts[code].encode()).hexdigest()
