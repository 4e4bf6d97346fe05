"""Rows for tests, made by the product's own verbs wherever there is one."""

import hashlib
import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

from claims import calculations, drafting, intake, linking, workflow
from claims.models import Article, Calculation, Claim, Evidence, Rating, VerdictVersion
from claims.picking import Pick, stated_in
from factcheck.accounts.models import User
from sources.models import Blob, Capture, ExtractedText, Source

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NUMBERS = itertools.count(1)
TEXT = (
    "The ferry to Lismore carried 41,200 passengers in 2019. "
    "Fares rose by 12% after the new timetable.\n\n"
    "The council should be ashamed of itself."
)
PAGE = (
    "Annual report of the harbour board (sample)\n\n"
    "In 2019 the Lismore ferry carried 41,200 passengers, 3% more than in 2018. "
    "Fares were raised by 9% in May 2019."
)
PRICES = "A ticket cost 25.00 euros before, and 28.00 euros after the new timetable."


def person(role: str = "checker", **fields: Any) -> User:
    number = next(NUMBERS)
    name = fields.pop("username", f"{role}{number}")
    return User.objects.create_user(
        username=name, email=f"{name}@example.org", password="a fine password", role=role, **fields
    )


def article(*, by: User | None = None, text: str = TEXT, **fields: Any) -> Article:
    return intake.add_text(
        title=fields.pop("title", "The ferry"), text=text, by=by, at=AT, **fields
    )


def claim(*, by: User | None = None) -> Claim:
    found = article(by=by).claims.order_by("appearances__start").first()
    assert found is not None
    return found


def extracted_text(text: str = PAGE, url: str = "") -> ExtractedText:
    """A captured source with a text, without any fetching."""
    number = next(NUMBERS)
    url = url or f"https://harbour.example/report-{number}"
    source = Source.objects.create(url=url, title="Annual report", created_at=AT)
    return ExtractedText.objects.create(
        capture=capture(source, text.encode()),
        text=text,
        sha256=sha256(text.encode()),
        extractor="text",
        extractor_version="1",
        title="Annual report",
        created_at=AT,
    )


def capture(source: Source, body: bytes) -> Capture:
    """A capture whose bytes are not in the blob store; the capturing tests make real ones."""
    previous = Capture.objects.order_by("-number").first()
    number = previous.number + 1 if previous else 1
    kept = [
        Blob.objects.get_or_create(
            digest=sha256(data), defaults={"size": len(data), "stored_at": AT}
        )[0]
        for data in (body, b"warc of " + body)
    ]
    return Capture.objects.create(
        number=number,
        source=source,
        request_id=uuid.uuid4(),
        url=source.url,
        final_url=source.url,
        status=200,
        hops=[],
        peer_address="192.0.2.1",
        media_type="text/plain",
        wire_bytes=len(body),
        digest=kept[0].digest,
        body=kept[0],
        warc=kept[1],
        truncated=False,
        captured_at=AT,
        manifest={"number": number},
        manifest_digest=sha256(f"manifest {number}".encode()),
        previous_manifest_digest=previous.manifest_digest if previous else "0" * 64,
    )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def evidence(
    *,
    on: Claim,
    by: User,
    quote: str = "41,200 passengers",
    stance: str = "supports",
    page: str = PAGE,
) -> Evidence:
    extracted = extracted_text(page)
    start = extracted.text.index(quote)
    return linking.attach(
        claim=on,
        extracted=extracted,
        start=start,
        end=start + len(quote),
        exact=quote,
        stance=stance,
        note="",
        by=by,
        at=AT,
    )


def fares(*, by: User) -> Claim:
    """The claim that fares rose by 12%."""
    return article(by=by).claims.get(appearances__exact__contains="12%")


def picks(item: Evidence, *numbers: str) -> list[Pick]:
    """Numbers of a quote, each by its words; a mark behind `|` settles an unclear one."""
    found = []
    for number in numbers:
        words, _, mark = number.partition("|")
        start = item.exact.index(words)
        found.append(Pick(evidence=item, start=start, end=start + len(words), mark=mark))
    return found


def calculation(
    *, by: User, on: Claim | None = None, operation: str = "percent_change"
) -> Calculation:
    """Prices from 25 to 28 euros beside "12%": it agrees."""
    on = on or fares(by=by)
    item = evidence(on=on, by=by, quote=PRICES, page=f"Price list. {PRICES}")
    return calculations.attach(
        claim=on,
        operation=operation,
        claimed=stated_in(on)[0].pick,
        inputs=picks(item, "25.00", "28.00"),
        by=by,
        at=AT,
    )


def rating(code: str = "true") -> Rating:
    return Rating.objects.get(scale__is_current=True, code=code)


def draft(*, by: User, on: Claim | None = None, with_evidence: bool = True) -> VerdictVersion:
    """A complete draft, ready to be submitted."""
    on = on or claim(by=by)
    if with_evidence:
        evidence(on=on, by=by)
    version = drafting.start_draft(claim=on, by=by, at=AT)
    return drafting.save_draft(
        version=version,
        rating=rating(),
        summary="The harbour board's report gives the same number.",
        reasoning="The annual report states 41,200 passengers for 2019.",
        revision=version.revision,
        by=by,
        at=AT,
    )


def in_review(*, by: User, on: Claim | None = None) -> VerdictVersion:
    version = draft(by=by, on=on)
    return workflow.submit(version=version, revision=version.revision, by=by, at=AT)


def approved(*, by: User, editor: User, on: Claim | None = None) -> VerdictVersion:
    version = in_review(by=by, on=on)
    return workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def published(*, by: User, editor: User, on: Claim | None = None) -> VerdictVersion:
    version = approved(by=by, editor=editor, on=on)
    return workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
