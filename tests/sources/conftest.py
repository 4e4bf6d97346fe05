from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import s3
from tests.servers.local_site import LocalSite
from tests.sources.clocks import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Iterator[LocalSite]:
    """A site that captures may reach, with an archive of its own."""
    with LocalSite() as running:
        settings.LOOPBACK_PORTS = frozenset({running.port})
        settings.DATA_DIR = tmp_path
        settings.FETCH_ROBOTS = False
        yield running


@pytest.fixture(scope="session")
def s3_server() -> Iterator[s3.S3]:
    """A real S3 server, for the whole run."""
    with s3.serving() as running:
        yield running
