"""One way to fetch and archive a list of addresses; prints CPU and wall seconds that it took.

`python -m bench._fetch_loops NAME FILE DIRECTORY`: start-up and imports are not counted.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from bench._servers import cpu_seconds, own_seconds


def ours(urls: list[str], place: Path, *, text: bool = False) -> Callable[[], None]:
    """Our client, a blob of the body and a WARC file for each page, all flushed to the disk.

    With `text`, each page is read in the jail as well.
    """
    from sources.archiving import reading, warc  # noqa: PLC0415 (each loop loads what it needs)
    from sources.archiving.blobs import BlobStore  # noqa: PLC0415
    from sources.fetching import FetchPolicy, fetch  # noqa: PLC0415

    ports = frozenset(urlsplit(url).port or 80 for url in urls)
    policy, store = FetchPolicy(loopback_ports=ports), BlobStore(place)
    # An archive's 256 directories are made once and for all, not with every page.
    for number in range(256):
        (place / f"{number:02x}").mkdir()
    if text:
        sample = b"<!doctype html><title>a</title><p>Some words to read.</p>"
        reading.extract_text(sample, media_type="text/html")

    def loop() -> None:
        for url in urls:
            with fetch(url, policy=policy) as result:
                assert result.state == "stored", result
                store.put(result.body.chunks())
                at = datetime.now(UTC)
                store.put(
                    warc.records(result.exchanges, capture_id=uuid4(), software="bench", at=at)
                )
                if text:
                    found = reading.read(
                        result.body.chunks(), media_type=result.media_type, charset=result.charset
                    )
                    assert not found.error_code, found.error_code

    return loop


def requests_warcio(urls: list[str], place: Path) -> Callable[[], None]:
    """The usual loop: requests under warcio's recorder, one WARC file for all."""
    from warcio.capture_http import capture_http  # noqa: PLC0415, I001 (has to come first)
    import requests  # noqa: PLC0415

    def loop() -> None:
        with capture_http(str(place / "all.warc.gz")):
            for url in urls:
                assert requests.get(url, timeout=30).ok

    return loop


def scrapy(urls: list[str], place: Path, *, text: bool = False) -> Callable[[], None]:
    """Scrapy and warcio; with `text`, trafilatura as well."""
    from bench._scrapy_loop import scrapy_warcio  # noqa: PLC0415 (slow to import)

    return scrapy_warcio(urls, place, reads=text)


LOOPS: dict[str, Callable[[list[str], Path], Callable[[], None]]] = {
    "ours": ours,
    "ours_text": partial(ours, text=True),
    "requests": requests_warcio,
    "scrapy": scrapy,
    "scrapy_text": partial(scrapy, text=True),
}


def main(name: str, file: str, directory: str) -> None:
    """Run a loop; print the CPU and the wall seconds that it took, its children's included."""
    prepared = LOOPS[name](Path(file).read_text().split(), Path(directory))
    # The kernel counts other processes in hundredths of a second, and this one to the microsecond.
    others = cpu_seconds(os.getpid()) - own_seconds(os.getpid())
    began, wall = time.process_time(), time.perf_counter()
    prepared()
    spent, passed = time.process_time() - began, time.perf_counter() - wall
    print(spent + cpu_seconds(os.getpid()) - own_seconds(os.getpid()) - others, passed)


if __name__ == "__main__":
    main(*sys.argv[1:])
