"""A bundle proves its verdict with nothing but Python, and notices what was tampered with."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import bundling, calculations, drafting, linking, workflow
from claims.models import Published, VerdictVersion
from claims.picking import stated_in
from claims.proof import verify as script
from factcheck.accounts.models import User
from factcheck.api import keys
from sources import capturing
from sources.models import Capture, ExtractedTable
from tests import factories
from tests.factories import AT
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db

HTML = f"""<!doctype html><title>Price list</title><p>It carried 41,200 passengers in 2019.
{factories.PRICES}</p><table><caption>Fares</caption><tr><th>Year</th><th>Fare</th></tr>
<tr><td>2019</td><td>25.00 euros</td></tr><tr><td>2020</td><td>28.00 euros</td></tr></table>"""


def squeezed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes) -> Page:
    pieces = [data[place : place + 50] for place in range(0, len(data), 50)]
    body = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return Page(body + b"0\r\n\r\n", headers=(("Transfer-Encoding", "chunked"),))


WIRES: dict[str, Page] = {
    "plain": Page(HTML.encode()),
    "gzip": Page(gzip.compress(HTML.encode()), headers=(("Content-Encoding", "gzip"),)),
    "deflate": Page(squeezed(HTML.encode()), headers=(("Content-Encoding", "deflate"),)),
}


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Iterator[LocalSite]:
    with LocalSite() as running:
        settings.LOOPBACK_PORTS = frozenset({running.port})
        settings.DATA_DIR = tmp_path / "data"
        settings.FETCH_ROBOTS = False
        yield running


@pytest.fixture
def publish(site: LocalSite, checker: User, editor: User) -> Callable[..., VerdictVersion]:
    """Publish a verdict that rests on a real capture: a quote, a cell and a sum."""

    def make(page: Page = WIRES["plain"]) -> VerdictVersion:
        clock = Clock()
        site.pages["/prices"] = page
        asked = capturing.request_capture(url=site.url("/prices"), by=None, at=clock())
        capturing.run(request_id=asked.pk, at_clock=clock)
        extracted = Capture.objects.get().texts.get()
        claim = factories.fares(by=checker)
        start = extracted.text.index(factories.PRICES)
        quote = linking.attach(
            claim=claim,
            extracted=extracted,
            start=start,
            end=start + len(factories.PRICES),
            exact=factories.PRICES,
            stance="supports",
            note="",
            is_primary=True,
            by=checker,
            at=AT,
        )
        calculations.attach(
            claim=claim,
            operation="percent_change",
            claimed=stated_in(claim)[0].pick,
            inputs=factories.picks(quote, "25.00", "28.00"),
            by=checker,
            at=AT,
        )
        linking.attach_cell(
            claim=claim,
            table=ExtractedTable.objects.get(),
            row=1,
            column=1,
            exact="25.00 euros",
            stance="context",
            note="",
            by=checker,
            at=AT,
        )
        draft = factories.draft(by=checker, on=claim, with_evidence=False)
        return factories.published_from(draft, by=checker, editor=editor)

    return make


def packed(version: VerdictVersion) -> bytes:
    with bundling.bundle(version=version, at=AT) as made:
        return made.read()


def judged(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script from the bundle itself, without anything of ours or of others."""
    with zipfile.ZipFile(place) as whole:
        own = place.with_name("verify.py")
        own.write_bytes(whole.read("verify.py"))
    command = [sys.executable, "-I", "-S", str(own), str(place), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("wire", WIRES)
def test_a_bundle_proves_itself(
    publish: Callable[..., VerdictVersion], tmp_path: Path, wire: str
) -> None:
    version = publish(WIRES[wire])
    place = tmp_path / "bundle.zip"
    place.write_bytes(packed(version))
    done = judged(place, "--digest", version.digest)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "WRONG" not in done.stdout
    assert "skipped " not in done.stdout
    for words in (
        f"the manifest is the one sealed as {version.digest}",
        "stands in the archived text",
        "“25.00 euros” stands in the archived table",
        "stands in the article",
        "the payload in it is the body of",
        "gives 12 again",
        "approved by",
    ):
        assert words in done.stdout


def test_it_proves_itself_unpacked(publish: Callable[..., VerdictVersion], tmp_path: Path) -> None:
    version = publish()
    with zipfile.ZipFile(io.BytesIO(packed(version))) as whole:
        whole.extractall(tmp_path / "unpacked")
    command = [sys.executable, "-I", "-S", str(tmp_path / "unpacked" / "verify.py")]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def changed(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return the ZIP with one file (the first whose name holds `name`) changed, or left out."""
    out = io.BytesIO()
    done = False
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            content: bytes | None = old.read(each)
            if name in each and not done:
                content, done = change(old.read(each)), True
            if content is not None:
                new.writestr(each, content)
    assert done
    return out.getvalue()


FORGERIES: dict[str, tuple[str, Callable[[bytes], bytes | None], str]] = {
    "a rating": ("versions/", lambda data: data.replace(b'"True"', b'"Fals"'), "the one sealed as"),
    "a text": ("texts/", lambda data: data.replace(b"2", b"3"), "stands in the a"),
    "a table": ("tables/", lambda data: data.replace(b"25.00", b"26.00"), "archived table"),
    "a capture's record": (
        "/manifest.json",
        lambda data: data.replace(b'"status":200', b'"status":201'),
        "record of",
    ),
    "a WARC file": ("records.warc.gz", lambda data: data[:-9] + b"x" + data[-8:], "WARC file"),
    "no text": ("texts/", lambda _: None, "stands in the a"),
    "no version": ("versions/", lambda _: None, "is in the bundle"),
    "no WARC file": ("records.warc.gz", lambda _: None, "WARC file"),
    "an approval": (
        "approvals.json",
        lambda data: data.replace(b'"digest": "', b'"digest": "0'),
        "approved by",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_bundle_is_noticed(
    publish: Callable[..., VerdictVersion], tmp_path: Path, name: str
) -> None:
    part, change, words = FORGERIES[name]
    version = publish()
    place = tmp_path / "forged.zip"
    place.write_bytes(changed(packed(version), part, change))
    done = judged(place, "--digest", version.digest)
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert any(words in line for line in wrong), done.stdout


def test_a_bundle_sealed_anew_is_another_digest(
    publish: Callable[..., VerdictVersion], tmp_path: Path
) -> None:
    """Whoever forges everything in step is found by the digest from outside."""
    version = publish()
    forged = changed(packed(version), "versions/", lambda data: data.replace(b"True", b"Fals"))
    with zipfile.ZipFile(io.BytesIO(forged)) as whole:
        sealed = script.sha256(whole.read("versions/1.json"))
    for name in ("bundle.json", "approvals.json"):
        forged = changed(
            forged, name, lambda data: data.replace(version.digest.encode(), sealed.encode())
        )
    place = tmp_path / "forged.zip"
    place.write_bytes(forged)
    assert judged(place).returncode == 0
    done = judged(place, "--digest", version.digest)
    assert done.returncode == 1
    assert "WRONG   the bundle is of the digest that was given" in done.stdout


@pytest.mark.parametrize("data", [b"", b"PK", b"hello"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "other.zip"
    place.write_bytes(data)
    assert script.main([str(place)]) == 2
    place = tmp_path / "empty.zip"
    with zipfile.ZipFile(place, "w") as whole:
        whole.writestr("bundle.json", json.dumps({"format": "another/1"}))
    assert script.main([str(place)]) == 2


def test_a_chunked_answer_is_put_together() -> None:
    page = chunked(HTML.encode())
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert script.http_body(head + page.body) == HTML.encode()


def test_a_coding_that_python_lacks_is_skipped_and_not_proved() -> None:
    with pytest.raises(script.SkippedError, match="packed as br"):
        script.http_body(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc")


def test_the_versions_of_a_verdict_form_a_chain(
    publish: Callable[..., VerdictVersion], checker: User, editor: User, tmp_path: Path
) -> None:
    first = publish()
    VerdictVersion.objects.filter(pk=first.pk).update(state="superseded")
    second = VerdictVersion.objects.create(
        verdict=first.verdict,
        number=2,
        rating=first.rating,
        correction_kind="clarification",
        correction_note="Better said.",
        created_by=checker,
        created_at=AT,
        updated_at=AT,
    )
    factories.declared(second, by=checker)
    words = replace(drafting.content_of(first), summary="Better said.", holds_as_of=None)
    second = drafting.save_draft(
        version=second, content=words, revision=second.revision, by=checker, at=AT
    )
    second = factories.published_from(second, by=checker, editor=editor)
    assert (second.manifest or {})["previous"] == {"version": 1, "digest": first.digest}
    place = tmp_path / "bundle.zip"
    place.write_bytes(packed(second))
    assert judged(place).returncode == 0
    forged = changed(place.read_bytes(), "versions/1", lambda data: data.replace(b"True", b"Fals"))
    place.write_bytes(forged)
    assert "WRONG   version 2 names the digest of the last one" in judged(place).stdout


def test_a_draft_has_no_bundle(checker: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(bundling.NotPublicError):
        bundling.bundle(version=version, at=AT)


def test_a_partner_with_a_key_gets_it(
    publish: Callable[..., VerdictVersion], client: Client, admin: User
) -> None:
    version = publish()
    address = f"/api/v1/verdicts/{version.verdict_id}/bundle/"
    refused = client.get(address)
    assert (refused.status_code, refused.json()["code"]) == (401, "key_required")
    key = keys.issue(partner="The Example Times", by=admin, at=timezone.now())[1]
    headers = {"authorization": f"Bearer {key}"}
    answer: Any = client.get(address, headers=headers)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as whole:
        assert json.loads(whole.read("bundle.json"))["digest"] == version.digest
        assert whole.read("published.json").decode() == Published.objects.get().body
    missing = client.get(f"{address}?version=7", headers=headers)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    wrong = client.get(f"{address}?version=one", headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_parameter")


def test_the_desk_gets_it_from_the_approval_page(
    publish: Callable[..., VerdictVersion], client: Client, checker: User
) -> None:
    version = publish()
    address = f"/verdicts/{version.verdict_id}/{version.number}/bundle/"
    assert client.get(address).status_code == 302
    client.force_login(checker)
    page = client.get(reverse("claims:approval", args=[version.pk]))
    assert address in page.content.decode()
    answer: Any = client.get(address)
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))
    assert client.get(f"/verdicts/{version.verdict_id}/9/bundle/").status_code == 404


def test_a_version_in_review_has_no_button(client: Client, checker: User) -> None:
    version = factories.in_review(by=checker)
    client.force_login(checker)
    page = client.get(reverse("claims:approval", args=[version.pk]))
    assert "Bundle with proof" not in page.content.decode()
    with pytest.raises(workflow.NotApprovedError):
        workflow.publish(
            version=version, digest=version.digest, by=factories.person("editor"), at=AT
        )
