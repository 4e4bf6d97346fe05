"""A published version with everything that proves it, in one ZIP: bytes, texts and a script."""

import json
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import rfc8785

from claims import proof, sealing
from claims.models import ArticleRevision, Evidence, Published, VerdictVersion
from claims.publishing import public_url
from claims.states import PUBLIC_STATES
from claims.versions import standing_approvals
from factcheck.errors import Permanent
from sources import blobs
from sources.exporting import MOST_BYTES, ExportTooLargeError
from sources.models import Capture, ExtractedTable, ExtractedText

FORMAT = "factcheck-bundle/1"
README = """This bundle proves a verdict of {desk}, offline.

    python3 verify.py . --digest {digest}

The digest stands on the verdict's page, {url}

bundle.json      what this is, and which digest it is of
versions/        the sealed manifest of each published version up to this one, in canonical JSON
                 (RFC 8785): its SHA-256 is the digest, and each names the digest before it
published.json   what readers and partners were sent, where this is the version before them
approvals.json   which editors approved this digest, and when
captures/        for each source: the archive's record of the capture (its SHA-256 stands in the
                 manifest) and the WARC file (ISO 28500) with the exact bytes of the wire
texts/, tables/  what was read from the captures, and the article's text, named by SHA-256

Pages of others are in here as evidence. They stay under their owners' rights.
"""

Entry = tuple[str, Iterator[bytes] | list[bytes], bool]


class NotPublicError(Permanent):
    """Only a version that readers have seen has a bundle."""

    code = "bundle_not_public"


def public_version(verdict_id: UUID, number: int | None = None) -> VerdictVersion | None:
    """Return a version that readers have seen, or the newest such; None where there is none."""
    rows = VerdictVersion.objects.filter(verdict=verdict_id, state__in=PUBLIC_STATES)
    if number is not None:
        rows = rows.filter(number=number)
    return rows.order_by("-number").first()


def file_name(version: VerdictVersion) -> str:
    """Return the name under which a bundle is saved."""
    return f"verdict-{version.verdict_id}-{version.number}.zip"


def bundle(*, version: VerdictVersion, at: datetime) -> IO[bytes]:
    """Return an open temporary file with the ZIP of a version; close it when done with it.

    It is made whole before anything is sent. Raises NotPublicError, ExportTooLargeError and what
    blobs.telling raises.
    """
    if version.state not in PUBLIC_STATES:
        raise NotPublicError
    captures = _captures(version)
    if sum(capture.warc.size for capture in captures) > MOST_BYTES:
        raise ExportTooLargeError(limit=f"{MOST_BYTES // 10**6} megabytes")
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 (closed by the caller)
    try:
        with blobs.telling(), ZipFile(out, "w") as archive:
            for name, chunks, is_packed in _entries(version, captures, at):
                _write(archive, name, chunks, is_packed=is_packed, at=at)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _entries(version: VerdictVersion, captures: list[Capture], at: datetime) -> Iterator[Entry]:
    rows = VerdictVersion.objects.filter(verdict=version.verdict_id, number__lte=version.number)
    public = list(rows.filter(state__in=PUBLIC_STATES).order_by("number"))
    yield _text("README.txt", _readme(version))
    yield "verify.py", [proof.script()], False
    yield _json("bundle.json", _about(version, public, at))
    for each in public:
        yield f"versions/{each.number}.json", [rfc8785.dumps(each.manifest)], False
    approvals = [
        {"editor": str(row.editor), "at": sealing.moment(row.at), "digest": row.digest}
        for row in standing_approvals(version)
    ]
    yield _json("approvals.json", approvals)
    for published in Published.objects.filter(version=version):
        yield _text("published.json", published.body)
    for capture in captures:
        folder = f"captures/{capture.pk}"
        yield f"{folder}/manifest.json", [rfc8785.dumps(capture.manifest)], False
        yield f"{folder}/records.warc.gz", blobs.store().open(capture.warc_digest), True
    yield from _readings(version.manifest or {})


def _readings(sealed: dict[str, Any]) -> Iterator[Entry]:
    """Yield each text and table that the manifest quotes, once, under its digest."""
    items = [item["id"] for item in sealed["evidence"]]
    quoted = Evidence.objects.filter(pk__in=items)
    texts = ExtractedText.objects.filter(pk__in=quoted.values("extracted"))
    revisions = ArticleRevision.objects.filter(
        article=sealed["claim"]["article"]["id"],
        text_sha256__in=[place["text_sha256"] for place in sealed["claim"]["appearances"]],
    )
    named = dict(texts.values_list("sha256", "text"))
    named |= dict(revisions.values_list("text_sha256", "text"))
    for digest, text in sorted(named.items()):
        yield _text(f"texts/{digest}.txt", text)
    tables = ExtractedTable.objects.filter(pk__in=quoted.exclude(table=None).values("table"))
    for digest, table in sorted({table.sha256: table for table in tables}.items()):
        # The canonical form whose digest is sealed: sources.anchoring.grids writes the same.
        written = rfc8785.dumps(table.grid.as_json())
        yield f"tables/{digest}.json", [written], False


def _captures(version: VerdictVersion) -> list[Capture]:
    sealed: dict[str, Any] = version.manifest or {}
    keys = {item["capture"]["id"] for item in sealed["evidence"]}
    return list(Capture.objects.filter(pk__in=keys).select_related("warc").order_by("number"))


def _about(version: VerdictVersion, public: list[VerdictVersion], at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "verdict": str(version.verdict_id),
        "version": version.number,
        "state": version.state,
        "digest": version.digest,
        "versions": [each.number for each in public],
        "made_at": sealing.moment(at),
    }


def _readme(version: VerdictVersion) -> str:
    desk = (version.manifest or {})["desk"]
    return README.format(desk=desk, digest=version.digest, url=public_url(version))


def _text(name: str, text: str) -> Entry:
    return name, [text.encode()], False


def _json(name: str, value: object) -> Entry:
    return _text(name, json.dumps(value, ensure_ascii=False, indent=2))


def _write(
    archive: ZipFile,
    name: str,
    chunks: Iterator[bytes] | list[bytes],
    *,
    is_packed: bool,
    at: datetime,
) -> None:
    info = ZipInfo(name, date_time=at.timetuple()[:6])
    info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=is_packed) as file:
        for chunk in chunks:
            file.write(chunk)
