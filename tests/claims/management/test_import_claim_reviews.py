import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.claims.reviews.test_reading import REVIEW, as_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(tmp_path: Path) -> str:
    file = tmp_path / "feed.json"
    file.write_bytes(as_json([REVIEW, {**REVIEW, "url": ""}]))
    return str(file)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_claim_reviews", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_came_of_each_place(feed: str) -> None:
    assert run(feed) == (
        f"{feed}: 1 new, 0 changed, 0 known already\n  1 left out: it has no address\n"
    )
    assert run(feed).startswith(f"{feed}: 0 new, 0 changed, 1 known already\n")


def test_json_is_a_line_for_each_place(feed: str) -> None:
    lines = run(feed, feed, "--format", "json").splitlines()
    assert [json.loads(line)["kept"]["known"] for line in lines] == [0, 1]
    assert json.loads(lines[0]) == {
        "place": feed,
        "kept": {"new": 1, "changed": 0, "known": 0},
        "refused": {"no_address": 1},
        "problems": [],
    }


def test_a_place_of_which_nothing_could_be_used_is_a_failure(feed: str, tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("import_claim_reviews", str(tmp_path / "none"), feed, stdout=out)
    assert stop.value.code == 1
    assert "the file cannot be read" in out.getvalue()
    assert "1 new" in out.getvalue()
