from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sources.fetching import FetchPolicy, FetchResult, fetch
from tests.servers.local_site import LocalSite

# Small caps and a short deadline: what is bounded is bounded at any size.
KILOBYTE = 1024


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with LocalSite() as running:
        yield running


@pytest.fixture
def policy(site: LocalSite) -> FetchPolicy:
    return FetchPolicy(
        loopback_ports=frozenset({site.port}),
        deadline=5.0,
        wire_bytes=1024 * KILOBYTE,
        decoded_bytes=2048 * KILOBYTE,
        redirect_body_bytes=64 * KILOBYTE,
        memory_bytes=16 * KILOBYTE,
    )


Go = Callable[..., FetchResult]


@pytest.fixture
def go(site: LocalSite, policy: FetchPolicy) -> Iterator[Go]:
    """Fetch a path of the site, with changes to the policy; results are closed at the end."""
    results: list[FetchResult] = []

    def fetch_path(path: str = "/", **changes: object) -> FetchResult:
        result = fetch(site.url(path), policy=replace(policy, **changes))  # type: ignore[arg-type]
        results.append(result)
        return result

    yield fetch_path
    for result in results:
        result.close()
