"""The manifest of a capture: everything that was seen, in one canonical form, in a chain.

Canonical JSON after RFC 8785, so that the digest means the same bytes for everybody who checks it.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rfc8785

from sources.archiving.blobs import Stored
from sources.fetching.results import FetchResult

GENESIS = "0" * 64
FORMAT = 1
Manifest = dict[str, Any]


def describe(
    result: FetchResult,
    *,
    capture_id: UUID,
    number: int,
    previous: str,
    warc: Stored,
    software: str,
    at: datetime,
) -> Manifest:
    """Return the manifest of a stored fetch: the `number`th capture, after `previous`."""
    return {
        "format": FORMAT,
        "capture": str(capture_id),
        "number": number,
        "previous": previous,
        "url": result.url,
        "final_url": result.final_url,
        "hops": [
            {
                "url": item.url,
                "status": item.status,
                "peer_address": item.peer_address,
                "certificate_sha256": item.certificate_sha256,
                "tls_version": item.tls_version,
                "started_at": timestamp(item.started_at),
                "response_bytes": item.response.size,
                "response_sha256": item.response.sha256(),
            }
            for item in result.exchanges
        ],
        "status": result.status,
        "media_type": result.media_type,
        "charset": result.charset,
        "wire_bytes": result.wire_bytes,
        "truncated": result.truncated,
        "body": {"sha256": result.digest, "bytes": result.body.size},
        "warc": {"sha256": warc.digest, "bytes": warc.size},
        "captured_at": timestamp(at),
        "software": software,
    }


def describe_upload(
    *,
    capture_id: UUID,
    number: int,
    previous: str,
    media_type: str,
    file_name: str,
    uploaded_by: str,
    body: Stored,
    warc: Stored,
    software: str,
    at: datetime,
) -> Manifest:
    """Return the manifest of a file that the person with the id `uploaded_by` gave."""
    return {
        "format": FORMAT,
        "kind": "upload",
        "capture": str(capture_id),
        "number": number,
        "previous": previous,
        "url": f"urn:sha256:{body.digest}",
        "file_name": file_name,
        "uploaded_by": uploaded_by,
        "media_type": media_type,
        "charset": "",
        "wire_bytes": body.size,
        "body": {"sha256": body.digest, "bytes": body.size},
        "warc": {"sha256": warc.digest, "bytes": warc.size},
        "captured_at": timestamp(at),
        "software": software,
    }


def digest(manifest: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the manifest's canonical form."""
    return hashlib.sha256(rfc8785.dumps(dict(manifest))).hexdigest()


def timestamp(at: datetime) -> str:
    """Return the time in UTC, to the microsecond, as RFC 3339 writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
