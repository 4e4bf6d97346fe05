"""An archive elsewhere, on loopback: TimeMaps in link format, and Save Page Now with its jobs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import parse_qs

from tests.servers.local_site import LocalSite, Page, Talk
from tests.servers.time_stamping import content

COPY = "20260102030405"


@dataclass
class Elsewhere:
    """`jobs` are what a status says, one after another, of each request to keep a page."""

    site: LocalSite
    jobs: list[dict[str, object]] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def timemap(self) -> str:
        return self.site.url("/timemap/link/")

    @property
    def save(self) -> str:
        return self.site.url("/save")

    def knows(self, url: str, copies: list[tuple[str, datetime]]) -> None:
        """Answer for `url` with these copies."""
        lines = [f'<{url}>; rel="original"', f'<{self.timemap}{url}>; rel="self"; type="x"']
        lines += [
            f'<{copy}>; rel="memento"; datetime="{format_datetime(at, usegmt=True)}"'
            for copy, at in copies
        ]
        page = Page(",\n".join(lines).encode(), media_type="application/link-format")
        self.site.pages[f"/timemap/link/{url}"] = page

    def takes(self, talk: Talk) -> None:
        """Take a request to keep a page, and give it a job."""
        self._note(talk)
        self.asked_for += parse_qs(content(talk).decode())["url"]
        talk.send(_json({"url": self.asked_for[-1], "job_id": "spn2-abc"}))

    def tells(self, talk: Talk) -> None:
        """Say where the job stands."""
        self._note(talk)
        talk.send(_json(self.jobs.pop(0)))

    def _note(self, talk: Talk) -> None:
        for line in talk.request.split(b"\r\n"):
            if line.lower().startswith(b"authorization:"):
                self.keys.append(line.partition(b": ")[2].decode())


def kept(url: str) -> dict[str, object]:
    """What a status says of a page that was kept."""
    return {"status": "success", "timestamp": COPY, "original_url": url}


def _json(said: object) -> bytes:
    return Page(json.dumps(said).encode(), media_type="application/json").wire()


@contextmanager
def serving() -> Iterator[Elsewhere]:
    with LocalSite() as site:
        elsewhere = Elsewhere(site)
        site.pages |= {"/save": elsewhere.takes, "/save/status/spn2-abc": elsewhere.tells}
        yield elsewhere
