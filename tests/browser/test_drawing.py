"""From the button on a capture's page to the picture on it, by a real worker and a real browser."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from factcheck.accounts.models import User
from sources import capturing
from sources.models import Capture, Rendering
from tests.browser.conftest import Application, Visit
from tests.servers.local_site import Page

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
PAGE = b"""<!doctype html><html lang="en"><title>Scripted</title><body style="background:#fed">
<p>The count ended on Friday, and every tally sheet was published on the same day.</p>
<p id="late">nothing yet</p>
<script>document.getElementById("late").textContent = "36 % by a script"</script>"""


@pytest.fixture
def capture(application: Application, people: tuple[User, User], settings: Any) -> Capture:
    """A page of the site, captured as the worker would."""
    application.site.pages["/scripted"] = Page(PAGE)
    settings.LOOPBACK_PORTS = frozenset({application.site.port})
    settings.FETCH_ROBOTS = False
    url = application.site.url("/scripted")
    asked = capturing.request_capture(url=url, by=people[0], at=timezone.now())
    done = capturing.run(request_id=asked.pk, at_clock=timezone.now)
    assert done.capture is not None
    return done.capture


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_has_a_page_drawn(
    capture: Capture, people: tuple[User, User], visit: Visit, scheme: str
) -> None:
    carla = visit(people[0], scheme=scheme)
    carla.go(f"/sources/captures/{capture.pk}/")
    carla.page.get_by_role("button", name="Draw the page").click()
    picture = carla.page.get_by_role("img", name="The page as Chromium")
    expect(picture).to_be_visible(timeout=60_000)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1280
    done = Rendering.objects.get(capture=capture)
    with carla.page.expect_download() as download:
        carla.page.get_by_role("link", name="Document after scripts").click()
    assert "36 % by a script" in download.value.path().read_text(encoding="utf-8")
    assert done.report["refused"] == []
    for width in (1280, 390):
        carla.page.set_viewport_size({"width": width, "height": 900})
        assert carla.page.evaluate(AUDIT) == []
