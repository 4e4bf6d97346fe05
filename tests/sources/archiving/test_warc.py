import gzip
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sources.archiving import warc
from sources.fetching import FetchPolicy, FetchResult, fetch
from tests.servers.local_site import LocalSite, Page

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CAPTURE = UUID("00000000-0000-4000-8000-000000000001")
TEXT = b"<p>Poverty fell from 60% to 36%.</p>"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n\r\n"


@pytest.fixture
def result() -> Iterator[FetchResult]:
    moved = Page(b"moved", status="301 Moved", headers=(("Location", "/page"),))
    packed = Page(gzip.compress(TEXT, mtime=0), headers=(("Content-Encoding", "gzip"),))
    with LocalSite({"/": moved, "/page": packed}) as site:
        policy = FetchPolicy(loopback_ports=frozenset({site.port}))
        with fetch(site.url("/"), policy=policy, clock=lambda: AT) as fetched:
            yield fetched


def written(result: FetchResult) -> bytes:
    return b"".join(
        warc.records(result.exchanges, capture_id=CAPTURE, software="Factcheck/0", at=AT)
    )


def test_every_request_and_answer_is_there_byte_for_byte(result: FetchResult) -> None:
    archive = ArchiveIterator(io.BytesIO(written(result)), no_record_parse=True)
    found = [(record.rec_type, record.raw_stream.read()) for record in archive]
    kinds = ["warcinfo", "request", "response", "request", "response"]
    assert [kind for kind, _ in found] == kinds
    first, second = result.exchanges
    assert [block for _, block in found[1:]] == [
        first.request,
        first.response.read(),
        second.request,
        second.response.read(),
    ]


def test_a_reader_of_the_field_understands_it(result: FetchResult) -> None:
    records = list[tuple[str, str, str]]()
    for record in ArchiveIterator(io.BytesIO(written(result)), check_digests="raise"):
        if record.rec_type == "response":
            headers = record.rec_headers
            records.append(
                (
                    headers["WARC-Target-URI"],
                    record.http_headers.get_statuscode(),
                    record.content_stream().read().decode(),
                )
            )
            assert headers["WARC-Date"] == "2026-01-02T03:04:05.000000Z"
            assert headers["WARC-IP-Address"] == "127.0.0.1"
            assert headers["WARC-Payload-Digest"].startswith("sha256:")
    assert records == [
        (result.url, "301", "moved"),
        (result.final_url, "200", TEXT.decode()),
    ]


def test_the_field_s_checker_finds_nothing_wrong(
    result: FetchResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(written(result))
    checker = Checker(type("Arguments", (), {"verbose": True, "inputs": [str(path)]}))
    assert checker.process_all() == 0
    report = capsys.readouterr().out
    assert report.count("digest pass") == 5
    assert "fail" not in report


def test_the_same_capture_makes_the_same_bytes(result: FetchResult) -> None:
    assert written(result) == written(result)


def test_a_chunked_and_a_short_answer_are_marked_and_readable() -> None:
    short = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"
    with LocalSite({"/chunked": CHUNKED, "/short": short}) as site:
        policy = FetchPolicy(loopback_ports=frozenset({site.port}))
        for path, truncated in (("/chunked", None), ("/short", "disconnect")):
            with fetch(site.url(path), policy=policy) as fetched:
                data = io.BytesIO(written(fetched))
            responses = [
                (record.rec_headers.get_header("WARC-Truncated"), record.content_stream().read())
                for record in ArchiveIterator(data, check_digests="raise")
                if record.rec_type == "response"
            ]
            assert responses == [(truncated, b"half")]
