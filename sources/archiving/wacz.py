"""WACZ (Web Archive Collection Zipped, version 1.1.1): WARC files with what a replay needs.

A ZIP of the WARC files as they are, an index of their records (CDXJ), the list of pages, and a
package description with the digest of every file. Written by hand: the one library for it brings
code under the AGPL. Its validator reads what is written here in the tests.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from warcio.archiveiterator import ArchiveIterator
from warcio.timeutils import iso_date_to_timestamp

from sources.fetching.spool import Spool

VERSION = "1.1.1"
_INDEXED = frozenset({"response", "resource", "revisit"})
_WWW = re.compile(r"^www\d*\.")
_QUAD = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A capture: its page, and the WARC file that holds it, in pieces that are read once."""

    id: UUID
    number: int
    url: str
    title: str
    at: datetime
    warc: Iterable[bytes]


def write(out: IO[bytes], pages: Iterable[Page], *, software: str, at: datetime) -> None:
    """Write a WACZ of `pages` to the open file `out`, one WARC file after another.

    Takes as much memory as the index and the list of pages. What `Page.warc` raises goes through.
    """
    with ZipFile(out, "w", ZIP_STORED) as archive:
        parts = _Parts(archive, at)
        index: list[str] = []
        listed = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
        for page in pages:
            name = f"{page.number}.warc.gz"
            with Spool() as spool:
                for chunk in page.warc:
                    spool.write(chunk)
                index += _entries(spool.file(), name)
                parts.add(f"archive/{name}", spool.chunks())
            listed.append(_listed(page))
        parts.add("indexes/index.cdx", ["".join(sorted(index)).encode()])
        parts.add("pages/pages.jsonl", ["".join(map(_line, listed)).encode()])
        parts.describe(software, main=listed[1] if listed[1:] else {})


def key_of(url: str) -> str:
    """Return the address as an index sorts it: `com,example)/path?query` in lower case."""
    if not url.startswith(("http:", "https:")):
        return url
    parts = urlsplit(url.lower())
    host = _WWW.sub("", parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    elif not _QUAD.fullmatch(host):
        host = ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = "&".join(sorted(parts.query.split("&")))
    return f"{host}{port}){parts.path or '/'}{'?' if query else ''}{query}"


class _Parts:
    """The files of the ZIP, and what its description has to say of them."""

    def __init__(self, archive: ZipFile, at: datetime) -> None:
        self._archive = archive
        self._at = at.astimezone(UTC)
        self._resources: list[dict[str, object]] = []

    def add(self, path: str, chunks: Iterable[bytes]) -> str:
        """Write a file and note it; return its digest."""
        seen, size = hashlib.sha256(), 0
        with self._archive.open(
            ZipInfo(path, self._at.timetuple()[:6]), "w", force_zip64=True
        ) as file:
            for chunk in chunks:
                file.write(chunk)
                seen.update(chunk)
                size += len(chunk)
        digest = f"sha256:{seen.hexdigest()}"
        name = path.rpartition("/")[2].lower()
        self._resources.append({"name": name, "path": path, "hash": digest, "bytes": size})
        return digest

    def describe(self, software: str, *, main: dict[str, str]) -> None:
        """Write the package's description, and its digest."""
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "software": software,
            "created": _seconds(self._at),
            "resources": list(self._resources),
        }
        if main:
            package |= {"mainPageUrl": main["url"], "mainPageDate": main["ts"]}
        digest = self.add("datapackage.json", [json.dumps(package, indent=1).encode()])
        about = {"path": "datapackage.json", "hash": digest}
        self.add("datapackage-digest.json", [json.dumps(about, indent=1).encode()])


def _listed(page: Page) -> dict[str, str]:
    return {"id": str(page.id), "url": page.url, "ts": _seconds(page.at), "title": page.title}


def _line(entry: dict[str, str]) -> str:
    return json.dumps(entry) + "\n"


def _seconds(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entries(file: IO[bytes], name: str) -> Iterator[str]:
    """Yield a CDXJ line for each answer in a WARC file."""
    records = ArchiveIterator(file)
    for record in records:
        if record.rec_type not in _INDEXED:
            continue
        header, http = record.rec_headers, record.http_headers
        url = header.get_header("WARC-Target-URI")
        kind = http.get_header("Content-Type") if http else record.content_type
        digest = header.get_header("WARC-Payload-Digest") or header.get_header("WARC-Block-Digest")
        offset, length = records.get_record_offset(), records.get_record_length()
        about = {
            "url": url,
            "mime": (kind or "unk").partition(";")[0].strip(),
            "status": http.get_statuscode() if http else "200",
            "digest": digest,
            "length": str(length),
            "offset": str(offset),
            "filename": name,
        }
        at = iso_date_to_timestamp(header.get_header("WARC-Date"))
        yield f"{key_of(url)} {at} {json.dumps(about)}\n"
