from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims import linking, marking, shelving, suggesting
from claims.linking import ClaimDismissedError, QuoteMissingError
from claims.models import Citation, Claim, Evidence, SetAside
from claims.states import DismissalReason
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources.anchoring import Grid
from sources.models import ExtractedTable, ExtractedText
from tests import factories

pytestmark = pytest.mark.django_db
SENTENCE = "In 2019 the Lismore ferry carried 41,200 passengers, 3% more than in 2018."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def cite(claim: Claim, extracted: ExtractedText, by: User) -> ExtractedText:
    Citation.objects.create(
        article=claim.article, source=extracted.capture.source, added_by=by, added_at=factories.AT
    )
    return extracted


@pytest.fixture
def text(claim: Claim, checker: User) -> ExtractedText:
    return cite(claim, factories.extracted_text(), checker)


def exact(claim: Claim) -> list[str]:
    return [item.exact for item in suggesting.suggest(claim).suggestions]


def set_aside(claim: Claim, text: ExtractedText, by: User, quote: str = SENTENCE) -> SetAside:
    start = text.text.index(quote)
    return shelving.set_aside(
        claim=claim, extracted=text, start=start, end=start + len(quote), by=by, at=factories.AT
    )


def test_the_sentence_that_bears_on_the_claim_is_suggested(
    claim: Claim, text: ExtractedText
) -> None:
    found = suggesting.suggest(claim)
    assert found.suggestions[0].exact == SENTENCE
    best = found.suggestions[0]
    assert isinstance(best, suggesting.Suggestion)
    assert best.extracted == text
    assert (found.sources, found.texts, found.more, found.cut) == (1, 1, 0, False)
    assert Evidence.objects.count() == 0


def test_without_a_source_or_a_text_nothing_is_searched(claim: Claim, checker: User) -> None:
    none = suggesting.suggest(claim)
    assert (none.suggestions, none.sources, none.texts) == ((), 0, 0)
    source = factories.extracted_text().capture.source
    empty = factories.capture(source, b"newer, unreadable").source
    empty.captures.exclude(texts=None).get()
    Citation.objects.create(
        article=claim.article, source=empty, added_by=checker, added_at=factories.AT
    )
    assert suggesting.suggest(claim).texts == 1


def test_the_newest_text_of_a_source_is_searched(
    claim: Claim, text: ExtractedText, checker: User
) -> None:
    newer = ExtractedText.objects.create(
        capture=text.capture,
        text="The ferry to Lismore carried 40,000 passengers in 2019.",
        sha256=factories.sha256(b"newer"),
        extractor="text",
        extractor_version="2",
        created_at=factories.AT + timedelta(days=1),
    )
    assert exact(claim) == [newer.text]


def test_what_is_attached_is_not_suggested_again(
    claim: Claim, text: ExtractedText, checker: User
) -> None:
    start = text.text.index("41,200")
    linking.attach(
        claim=claim,
        extracted=text,
        start=start,
        end=start + 6,
        exact="41,200",
        stance="supports",
        note="",
        by=checker,
        at=factories.AT,
    )
    assert SENTENCE not in exact(claim)


def test_what_is_set_aside_stays_away_also_in_another_capture(
    claim: Claim, text: ExtractedText, checker: User, at: datetime
) -> None:
    row = set_aside(claim, text, checker)
    assert SENTENCE not in exact(claim)
    cite(claim, factories.extracted_text(text=f"New.\n\n{SENTENCE}"), checker)
    assert SENTENCE not in exact(claim)
    assert set_aside(claim, text, checker) == row
    assert Event.objects.filter(action="suggestion.set_aside").count() == 1


def test_what_is_taken_back_is_suggested_again(
    claim: Claim, text: ExtractedText, checker: User
) -> None:
    row = set_aside(claim, text, checker)
    for _ in range(2):
        shelving.take_back(claim=claim, number=row.pk, by=checker, at=factories.AT)
    assert SENTENCE in exact(claim)
    assert Event.objects.filter(action="suggestion.taken_back").count() == 1


def test_setting_aside_is_for_one_claim(claim: Claim, text: ExtractedText, checker: User) -> None:
    other = factories.claim(by=checker)
    row = set_aside(claim, text, checker)
    shelving.take_back(claim=other, number=row.pk, by=checker, at=factories.AT)
    assert SetAside.objects.get() == row


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (0, 10**6), (-1, 4)])
def test_only_a_passage_of_the_text_is_set_aside(
    claim: Claim, text: ExtractedText, checker: User, start: int, end: int
) -> None:
    with pytest.raises(QuoteMissingError):
        shelving.set_aside(
            claim=claim, extracted=text, start=start, end=end, by=checker, at=factories.AT
        )


def test_a_text_of_no_source_of_the_article_is_not_set_aside(claim: Claim, checker: User) -> None:
    elsewhere = cite(factories.claim(by=checker), factories.extracted_text(), checker)
    with pytest.raises(shelving.SourceNotCitedError):
        set_aside(claim, elsewhere, checker)
    cite(claim, elsewhere, checker)
    assert set_aside(claim, elsewhere, checker).claim == claim


def test_nothing_is_set_aside_for_a_claim_that_was_left_out(
    claim: Claim, text: ExtractedText, checker: User
) -> None:
    marking.dismiss(claim=claim, reason=DismissalReason.OPINION, by=checker, at=factories.AT)
    with pytest.raises(ClaimDismissedError):
        set_aside(claim, text, checker)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "claims_setaside_passage_once"),
        ({"words_sha256": "0" * 64, "end": 0}, "claims_setaside_has_length"),
        ({"words_sha256": "F" * 64}, "claims_setaside_digest_is_sha256"),
        ({"words_sha256": "0" * 64, "row": 1}, "claims_setaside_is_passage_or_cell"),
        ({"words_sha256": "0" * 64, "start": None}, "claims_setaside_is_passage_or_cell"),
        ({"words_sha256": "0" * 64, "cell_words": "x"}, "claims_setaside_is_passage_or_cell"),
    ],
)
def test_the_database_refuses_nonsense(
    claim: Claim, text: ExtractedText, checker: User, changes: dict[str, object], constraint: str
) -> None:
    row = set_aside(claim, text, checker)
    fields = {
        "claim": claim,
        "extracted": text,
        "start": row.start,
        "end": row.end,
        "words_sha256": row.words_sha256,
        "set_aside_by": checker,
        "set_aside_at": factories.AT,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SetAside.objects.create(**(fields | changes))


# Cells

ROWS = (("Ferry", "2018", "2019"), ("Lismore", "40,000", "41,200"), ("Oban", "9,100", "9,300"))


def tabled(claim: Claim, by: User, text: str = "A table.", rows: Any = ROWS) -> ExtractedTable:
    extracted = cite(claim, factories.extracted_text(text), by)
    return factories.table(extracted, grid=Grid("Passengers", rows, 1, 1))


def places(claim: Claim) -> list[tuple[int, int, int]]:
    return [
        (item.table.pk, item.cell.row, item.cell.column)
        for item in suggesting.suggest(claim).suggestions
        if isinstance(item, suggesting.CellSuggestion)
    ]


def test_a_cell_is_suggested_beside_passages(claim: Claim, checker: User) -> None:
    table = tabled(claim, checker)
    found = suggesting.suggest(claim)
    assert places(claim)[0] == (table.pk, 1, 2)
    assert (found.suggestions[0].exact, found.tables, found.cut) == ("41,200", 1, False)
    assert Evidence.objects.count() == 0


def test_a_line_of_the_text_that_is_the_row_of_a_cell_is_left_out(
    claim: Claim, checker: User
) -> None:
    text = "\n".join("\t".join(row) for row in ROWS)
    tabled(claim, checker, text)
    assert "Lismore\t40,000\t41,200" not in exact(claim)
    assert "41,200" in exact(claim)


def test_a_cell_that_is_attached_is_not_suggested_again(claim: Claim, checker: User) -> None:
    table = tabled(claim, checker)
    linking.attach_cell(
        claim=claim,
        table=table,
        row=1,
        column=2,
        exact="41,200",
        stance="supports",
        note="",
        by=checker,
        at=factories.AT,
    )
    assert (table.pk, 1, 2) not in places(claim)


def test_a_cell_that_is_set_aside_stays_away_wherever_its_row_stands(
    claim: Claim, checker: User
) -> None:
    table = tabled(claim, checker)
    row = shelving.set_aside_cell(
        claim=claim, table=table, row=1, column=2, by=checker, at=factories.AT
    )
    assert (row.cell_words, row.start) == ("Lismore · 2019: 41,200", None)
    moved = tabled(claim, checker, "Another.", (ROWS[0], ROWS[2], ROWS[1]))
    assert not {(table.pk, 1, 2), (moved.pk, 2, 2)} & set(places(claim))
    assert (moved.pk, 1, 2) in places(claim)
    again = shelving.set_aside_cell(
        claim=claim, table=moved, row=2, column=2, by=checker, at=factories.AT
    )
    assert again == row
    assert Event.objects.filter(action="suggestion.set_aside").count() == 1
    shelving.take_back(claim=claim, number=row.pk, by=checker, at=factories.AT)
    assert (table.pk, 1, 2) in places(claim)


@pytest.mark.parametrize(("row", "column"), [(9, 0), (0, 9), (-1, 0), (2, 2)])
def test_only_a_cell_of_the_table_is_set_aside(
    claim: Claim, checker: User, row: int, column: int
) -> None:
    table = tabled(claim, checker, rows=(*ROWS[:2], ("Oban", "9,100", "")))
    with pytest.raises(QuoteMissingError):
        shelving.set_aside_cell(
            claim=claim, table=table, row=row, column=column, by=checker, at=factories.AT
        )


def test_tables_beyond_the_bound_are_not_loaded_and_that_is_said(
    claim: Claim, checker: User
) -> None:
    first = tabled(claim, checker)
    extracted = cite(claim, factories.extracted_text("Large."), checker)
    factories.table(extracted, grid=Grid("", (("41,200",) * 200,) * 1000))
    found = suggesting.suggest(claim)
    assert found.cut
    assert (first.pk, 1, 2) in places(claim)
    assert found.tables == 2
