"""Rows for tests, made by the product's own verbs wherever there is one."""

import hashlib
import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

from claims import (
    calculations,
    intake,
    linking,
)
from claims.models import (
    Article,
    Calculation,
    Claim,
    Evidence,
)
from claims.picking import Pick, stated_in
from factcheck.accounts.models import User
from sources import sealing
from sources.anchoring import Grid
from sources.models import (
    Blob,
    Capture,
    CaptureRequest,
    Check,
    ExtractedTable,
    ExtractedText,
    Source,
)

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


def long_text(characters: int) -> str:
    """A text of about so many characters: in each paragraph claims, a number and an opinion."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < characters:
        number = len(paragraphs) + 1
        paragraphs.append(
            f"The ferry number {number} carried {1000 + 7 * number:,} passengers in 2019. "
            f"Its fares rose by {number % 40 + 1} % after the timetable of pier {number}, and the "
            f"harbour board closed quay {number} in May {1950 + number % 70}.\n\n"
            "The council should be ashamed of itself.\n\n"
        )
    return "".join(paragraphs).strip()


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


def extracted_text(
    text: str = PAGE, url: str = "", media_type: str = "text/plain"
) -> ExtractedText:
    """A captured source with a text, without any fetching."""
    number = next(NUMBERS)
    url = url or f"https://harbour.example/report-{number}"
    source = Source.objects.create(
        url=url, title="Annual report", details_by=person(), details_at=AT, created_at=AT
    )
    return ExtractedText.objects.create(
        capture=capture(source, text.encode(), media_type),
        text=text,
        sha256=sha256(text.encode()),
        extractor="text",
        extractor_version="1",
        title="Annual report",
        created_at=AT,
    )


ROWS = (
    ("Country", "Share", "Share"),
    ("Country", "2019", "2020"),
    ("Bolivia", "36 %", "39 %"),
    ("Peru", "20 %", "30 %"),
)


def table(extracted: ExtractedText | None = None, grid: Grid | None = None) -> ExtractedTable:
    """A table of a captured source, with two rows of headings and a merged cell in each."""
    extracted = extracted or extracted_text()
    grid = grid or Grid("Poverty", ROWS, 2, 1, ((0, 0, 2, 1), (0, 1, 1, 2)))
    row = sealing.table_row(extracted, extracted.tables.count() + 1, grid)
    row.save()
    return row


def capture(source: Source, body: bytes, media_type: str = "text/plain") -> Capture:
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
        media_type=media_type,
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


def check(
    source: Source,
    *,
    outcome: str = "changed",
    text: str | None = None,
    capture_of: Capture | None = None,
) -> Check:
    """A look at a source: with a new capture when a text is given, which may be empty."""
    request = CaptureRequest.objects.create(
        source=source,
        state="failed",
        requested_at=AT,
        not_before=AT,
        finished_at=AT,
        error_code="attempts_spent",
    )
    made = capture_of
    if text is not None:
        made = capture(source, f"{text} {next(NUMBERS)}".encode())
        if text:
            ExtractedText.objects.create(
                capture=made,
                text=text,
                sha256=sha256(text.encode()),
                extractor="text",
                extractor_version="1",
                title="Annual report",
                created_at=AT,
            )
    return Check.objects.create(
        source=source,
        request=request,
        outcome=outcome,
        capture=made,
        error_code="" if made else "page_gone",
        error_text="" if made else "The page has been taken down for good (410).",
        at=AT,
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
    url: str = "",
    **said: Any,
) -> Evidence:
    """A quote of a page; `said` is its strength and whether its source is primary."""
    extracted = extracted_text(page, url)
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
        **said,
    )


def cell(table: ExtractedTable, row: int, column: int, *, on: Claim, by: User) -> Evidence:
    """A cell that supports the claim."""
    return linking.attach_cell(
        claim=on,
        table=table,
        row=row,
        column=column,
        exact=table.rows[row][column],
        stance="supports",
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
