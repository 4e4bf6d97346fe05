"""One way to fetch and archive a list of addresses; prints the CPU seconds that it took.

`python -m bench._fetch_loops NAME FILE DIRECTORY`: start-up and imports are not counted.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4


def ours(urls: list[str], place: Path) -> Callable[[], None]:
    """Our client, a blob of the body and a WARC file for each page, all flushed to the disk."""
    from sources.archiving import warc  # noqa: PLC0415 (each loop loads what it needs)
    from sources.archiving.blobs import BlobStore  # noqa: PLC0415
    from sources.fetching import FetchPolicy, fetch  # noqa: PLC0415

    ports = frozenset(urlsplit(url).port or 80 for url in urls)
    policy, store = FetchPolicy(loopback_ports=ports), BlobStore(place)

    def loop() -> None:
        for url in urls:
            with fetch(url, policy=policy) as result:
                assert result.state == "stored", result
                store.put(result.body.chunks())
                at = datetime.now(UTC)
                store.put(
                    warc.records(result.exchanges, capture_id=uuid4(), software="bench", at=at)
                )

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


LOOPS = {"ours": ours, "requests": requests_warcio}

if __name__ == "__main__":
    name, file, directory = sys.argv[1:]
    prepared = LOOPS[name](Path(file).read_text().split(), Path(directory))
    began = time.process_time()
    prepared()
    print(time.process_time() - began)
