"""A source changes: its quotes are looked up again, and verdicts are flagged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims import drifting, linking
from claims.drifting import AcknowledgedError, NoteRequiredError
from claims.history import of_claim
from claims.models import Evidence, Flag, Lookup
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from factcheck.sweeping import QUEUES
from sources import watching
from sources.anchoring import Grid
from tests import factories
from tests.claims.test_guards import refused
from tests.factories import AT, PAGE

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


def drift(quote: Evidence, **changes: Any) -> list[Lookup]:
    """The quote's source is looked at again, and its quotes with it."""
    check = factories.check(quote.extracted.capture.source, **changes)
    return drifting.look_up_again(check_id=check.pk, at=LATER)


@pytest.fixture
def quote(checker: User) -> Evidence:
    """A quote that a draft rests on: "41,200 passengers"."""
    return factories.draft(by=checker).verdict.claim.evidence.get()


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        (PAGE, "unchanged", "41,200 passengers"),
        (f"New.\n\n{PAGE}", "moved", "41,200 passengers"),
        (PAGE.replace("41,200", "41200"), "cosmetic", "41200 passengers"),
        (PAGE.replace("passengers", "people"), "wording_altered", "41,200 people"),
        (PAGE.replace("41,200", "4,120"), "materially_altered", "4,120 passengers"),
        ("Another page.", "missing", ""),
    ],
)
def test_a_quote_is_looked_up_in_the_new_text(
    quote: Evidence, text: str, kind: str, passage: str
) -> None:
    (found,) = drift(quote, text=text)
    assert (found.evidence, found.kind, found.passage, found.at) == (quote, kind, passage, LATER)
    if found.start is not None and found.extracted is not None:
        whole = found.before + found.passage + found.after
        assert whole in found.extracted.text
    assert Flag.objects.exists() is (kind in {"materially_altered", "missing"})


@pytest.mark.parametrize(("outcome", "flagged"), [("gone", True), ("blocked", False)])
def test_a_source_without_a_page(quote: Evidence, outcome: str, *, flagged: bool) -> None:
    (found,) = drift(quote, outcome=outcome)
    assert (found.kind, found.extracted, found.passage) == (outcome, None, "")
    assert Flag.objects.exists() is flagged


def test_a_page_that_is_back_is_looked_up_in_the_capture_that_is_kept(quote: Evidence) -> None:
    drift(quote, outcome="gone")
    source = quote.extracted.capture.source
    back = factories.check(source, outcome="back", capture_of=quote.extracted.capture)
    (found,) = drifting.look_up_again(check_id=back.pk, at=LATER)
    assert (found.kind, found.extracted) == ("unchanged", quote.extracted)
    assert drifting.newest([quote]) == {quote.pk: found}


def test_a_capture_without_a_text_tells_nothing(quote: Evidence) -> None:
    (found,) = drift(quote, text="")
    assert (found.kind, Flag.objects.exists()) == ("unread", False)


def test_a_flag_tells_the_verdict_and_the_history(quote: Evidence) -> None:
    drift(quote, text=PAGE.replace("41,200", "4,120"))
    flag = Flag.objects.get()
    assert (flag.verdict.claim, flag.lookup.reasons) == (quote.claim, ["numbers"])
    assert of_claim(quote.claim)[0].words == (
        "found that a source changed: materially altered: “41,200 passengers”"
    )


def test_nothing_is_anchored_anew(quote: Evidence) -> None:
    before = Evidence.objects.filter(pk=quote.pk).values().get()
    drift(quote, text=PAGE.replace("41,200", "4,120"))
    assert Evidence.objects.filter(pk=quote.pk).values().get() == before
    assert linking.verify(quote)


def test_a_check_is_looked_up_once(quote: Evidence) -> None:
    check = factories.check(quote.extracted.capture.source, text="Another page.")
    assert drifting.due() == [check.pk]
    assert len(drifting.look_up_again(check_id=check.pk, at=LATER)) == 1
    assert drifting.look_up_again(check_id=check.pk, at=LATER) == []
    assert drifting.look_up_again(check_id=check.pk + 1, at=LATER) == []
    assert (drifting.due(), Lookup.objects.count(), Flag.objects.count()) == ([], 1, 1)


def test_what_breaks_off_in_between_leaves_the_check_to_the_next(quote: Evidence) -> None:
    check = factories.check(quote.extracted.capture.source, text="Another page.")
    with connection.cursor() as cursor:
        # A rule that refuses what a look-up writes last.
        cursor.execute("ALTER TABLE claims_flag ADD CONSTRAINT broken CHECK (note <> '') NOT VALID")
    with pytest.raises(IntegrityError):
        drifting.look_up_again(check_id=check.pk, at=LATER)
    assert (drifting.due(), Lookup.objects.count()) == ([check.pk], 0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_flag DROP CONSTRAINT broken")
    drifting.look_up_again(check_id=check.pk, at=LATER)
    assert (Lookup.objects.count(), Flag.objects.count()) == (1, 1)


def test_the_same_change_again_raises_no_second_flag(quote: Evidence) -> None:
    altered = PAGE.replace("41,200", "4,120")
    drift(quote, text=altered)
    drift(quote, text=altered + " More.")
    assert (Lookup.objects.count(), Flag.objects.count()) == (2, 1)
    drift(quote, text=PAGE)
    drift(quote, text=altered)
    assert Flag.objects.count() == 2


def test_a_claim_without_a_verdict_has_no_flag(checker: User) -> None:
    quote = factories.evidence(on=factories.claim(by=checker), by=checker)
    (found,) = drift(quote, text="Another page.")
    assert (found.kind, Flag.objects.exists()) == ("missing", False)


def test_a_quote_that_was_taken_off_is_left_alone(quote: Evidence, checker: User) -> None:
    linking.remove(evidence=quote, by=checker, at=AT)
    assert drift(quote, text="Another page.") == []


def test_a_flag_is_acknowledged_with_a_note(
    quote: Evidence, checker: User, editor: User, admin: User
) -> None:
    drift(quote, text="Another page.")
    flag = Flag.objects.get()
    with pytest.raises(NoteRequiredError):
        drifting.acknowledge(flag=flag, note=" ", by=editor, at=LATER)
    with pytest.raises(NotAllowedError):
        drifting.acknowledge(flag=flag, note="No power.", by=admin, at=LATER)
    done = drifting.acknowledge(flag=flag, note=" The site moved. ", by=editor, at=LATER)
    assert (done.acknowledged_by, done.note) == (editor, "The site moved.")
    assert drifting.acknowledge(flag=flag, note="Again.", by=editor, at=LATER).note == done.note
    with pytest.raises(AcknowledgedError):
        drifting.acknowledge(flag=flag, note="Me too.", by=checker, at=LATER)
    assert Event.objects.filter(action="claim.change_acknowledged").count() == 1
    assert of_claim(quote.claim)[0].words == "acknowledged a change of a source: The site moved."


CHANGES = [
    ("UPDATE claims_lookup SET passage = 'x'", "FC001"),
    ("DELETE FROM claims_lookup", "FC001"),
    ("DELETE FROM claims_flag", "FC001"),
    ("UPDATE claims_flag SET raised_at = now()", "FC001"),
]


@pytest.mark.parametrize(("statement", "state"), CHANGES)
def test_what_was_found_never_changes(quote: Evidence, statement: str, state: str) -> None:
    drift(quote, text="Another page.")
    refused(statement, state=state)


def test_an_acknowledged_flag_never_changes(quote: Evidence, editor: User) -> None:
    drift(quote, text="Another page.")
    drifting.acknowledge(flag=Flag.objects.get(), note="Seen.", by=editor, at=LATER)
    refused("UPDATE claims_flag SET note = 'Not seen.'", state="FC001")
    refused(
        "UPDATE claims_flag SET note = '', acknowledged_at = NULL, acknowledged_by_id = NULL",
        state="FC001",
    )


def test_a_passage_is_the_new_text_at_its_place(quote: Evidence) -> None:
    (found,) = drift(quote, text=PAGE)
    check = factories.check(quote.extracted.capture.source, text="Another page.")
    copy = (
        "INSERT INTO claims_lookup (evidence_id, check_of_source_id, extracted_id, kind, reasons,"
        ' start, "end", passage, before, after, at) SELECT evidence_id, %s, extracted_id, kind,'
        " reasons, start, \"end\", %s, '', '', at FROM claims_lookup WHERE id = %s"
    )
    refused(copy, [check.pk, found.passage, found.pk], state="FC003")
    refused(copy, [found.check_of_source_id, "41,300 passengers", found.pk], state="FC003")


def test_a_flag_tells_of_a_material_change_of_its_own_verdict(
    quote: Evidence, checker: User
) -> None:
    (same,) = drift(quote, text=PAGE)
    flag = (
        "INSERT INTO claims_flag (id, verdict_id, lookup_id, raised_at, note)"
        " VALUES (gen_random_uuid(), %s, %s, now(), '')"
    )
    refused(flag, [quote.claim.verdict.pk, same.pk], state="FC002")
    another = factories.draft(by=checker).verdict
    (missing,) = drift(quote, text="Another page.")
    refused(flag, [another.pk, missing.pk], state="FC002")


def refuses(change: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return str(getattr(caught.value.__cause__, "diag").constraint_name)  # noqa: B009 (untyped)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "lost"}, "claims_lookup_kind_known"),
        ({"kind": "missing"}, "claims_lookup_placed_or_not"),
        ({"passage": ""}, "claims_lookup_placed_or_not"),
        ({"start": None}, "claims_lookup_placed_or_not"),
        (
            {"kind": "gone", "start": None, "end": None, "passage": ""},
            "claims_lookup_in_a_text_or_not",
        ),
        ({}, "claims_lookup_once"),
    ],
)
def test_a_forged_look_up_is_refused(
    quote: Evidence, values: dict[str, Any], constraint: str
) -> None:
    (found,) = drift(quote, text=PAGE)
    given = {
        field.attname: getattr(found, field.attname)
        for field in Lookup._meta.concrete_fields
        if field.attname != "id"
    }
    forged = Lookup(**{**given, **values})
    if values.get("passage") == "":
        forged.start = forged.end = 0
    assert refuses(forged.save) == constraint


def test_half_an_acknowledgement_is_refused(quote: Evidence, editor: User) -> None:
    drift(quote, text="Another page.")
    rows = Flag.objects.all()
    for half in ({"note": "x"}, {"acknowledged_at": AT}, {"acknowledged_by": editor, "note": "x"}):
        assert refuses(lambda half=half: rows.update(**half)) == (  # type: ignore[misc]
            "claims_flag_acknowledged_by_somebody"
        )


def test_the_sweeper_finds_a_check_that_no_bell_reached(quote: Evidence) -> None:
    check = factories.check(quote.extracted.capture.source, text="Another page.")
    queue = next(queue for queue in QUEUES if queue.name == "quotes to look up")
    assert queue.due(LATER) == [check.pk] == watching.to_look_up()


# Cells

FERRIES = (("Ferry", "2018", "2019"), ("Lismore", "40,000", "41,200"), ("Oban", "9", "8"))
TABLE = Grid("Passengers", FERRIES, 1, 1)


@pytest.fixture
def cell(checker: User) -> Evidence:
    """A cell that a draft rests on: "41,200"."""
    claim = factories.claim(by=checker)
    item = factories.cell(factories.table(grid=TABLE), 1, 2, on=claim, by=checker)
    factories.draft(by=checker, on=claim, with_evidence=False)
    return item


def tabled(cell: Evidence, *rows: tuple[str, ...]) -> Lookup:
    """The cell is looked up in a capture whose table has other rows."""
    check = factories.check(cell.extracted.capture.source, text="Anew.")
    assert check.capture is not None
    if rows:
        grid = replace(TABLE, rows=(TABLE.rows[0], *rows))
        factories.table(check.capture.texts.get(), grid=grid)
    (found,) = drifting.look_up_again(check_id=check.pk, at=LATER)
    return found


@pytest.mark.parametrize(
    ("rows", "kind", "passage", "reasons"),
    [
        (TABLE.rows[1:], "unchanged", "41,200", []),
        ((TABLE.rows[2], TABLE.rows[1]), "moved", "41,200", []),
        ((("Lismore", "40,000", "41200"),), "cosmetic", "41200", []),
        ((("Lismore", "40,000", "4,120"),), "materially_altered", "4,120", ["numbers"]),
        ((("Lismore", "40,000", "n/a"),), "materially_altered", "n/a", ["numbers"]),
        ((("Lismore", "40,000", ""),), "materially_altered", "", ["numbers"]),
        ((("Oban", "9", "41,200"),), "context_changed", "41,200", []),
        ((TABLE.rows[1], TABLE.rows[1]), "ambiguous", "", []),
        ((TABLE.rows[2],), "missing", "", []),
        ((), "missing", "", []),
    ],
)
def test_a_cell_is_looked_up_in_the_new_tables(
    cell: Evidence, rows: tuple[tuple[str, ...], ...], kind: str, passage: str, reasons: list[str]
) -> None:
    found = tabled(cell, *rows)
    assert (found.kind, found.passage, found.reasons) == (kind, passage, reasons)
    assert (found.in_table, found.start) == (True, None)
    assert Flag.objects.exists() is (kind in {"materially_altered", "missing"})


def test_the_same_cell_in_another_sheet_does_not_hide_that_it_was_altered(cell: Evidence) -> None:
    check = factories.check(cell.extracted.capture.source, text="Anew.")
    assert check.capture is not None
    text = check.capture.texts.get()
    factories.table(text, grid=replace(TABLE, caption="As first published"))
    factories.table(
        text, grid=replace(TABLE, rows=(TABLE.rows[0], ("Lismore", "40,000", "40,900")))
    )
    (found,) = drifting.look_up_again(check_id=check.pk, at=LATER)
    assert (found.kind, found.passage) == ("materially_altered", "40,900")
