"""docs/reference/sources.md says what the code does."""

import re
from pathlib import Path

import pytest

from sources import browsing, schedule, verifying
from sources.archiving.reading.jail import WORDS
from sources.fetching import CODES, FetchPolicy
from sources.models.requests import CaptureRequest
from sources.outcomes import report
from sources.states import TRANSITIONS, RequestState

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "sources.md").read_text("utf-8")


def table(heading: str) -> list[list[str]]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_every_code_of_a_fetch_stands_there() -> None:
    rows = table("Why a fetch came to nothing")
    assert rows == [[f"`{key}`", code.family, code.words] for key, code in CODES.items()]
    room = CaptureRequest._meta.get_field("error_code").max_length
    assert room is not None
    assert max(map(len, CODES)) <= room


def test_every_code_of_a_reading_stands_there() -> None:
    rows = table("Why a capture has no text")
    assert rows == [[f"`{key}`", words] for key, words in WORDS.items()]


def test_every_code_of_a_rendering_stands_there() -> None:
    rows = table("Why a page was not drawn")
    codes = browsing.CODES
    assert rows == [[f"`{key}`", code.family, code.words] for key, code in codes.items()]


def test_every_state_and_every_way_between_them_stands_there() -> None:
    rows = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[2])) for row in _states()}
    assert rows == {state.value: {str(to) for to in TRANSITIONS[state]} for state in RequestState}


def _states() -> list[list[str]]:
    return [[*row, ""][:3] for row in table("States of a capture request")]


def test_every_finding_of_the_verifier_stands_there() -> None:
    source = Path(verifying.__file__).read_text("utf-8")
    kinds = "blob|chain|manifest|column|warc|text|table|stamp|service"
    codes = set(re.findall(rf'"((?:{kinds})_[a-z]+)"', source))
    listed = {row[0].strip("`") for row in table("What `verify_archive` finds")}
    assert codes - {"warc_digest"} <= listed


def test_every_key_of_the_command_stands_there() -> None:
    for key in re.findall(r'^        "(\w+)":', _source_of_report(), re.MULTILINE):
        assert f"`{key}`" in PAGE


def _source_of_report() -> str:
    return Path(report.__code__.co_filename).read_text("utf-8").partition("class Failure")[0]


@pytest.mark.parametrize(
    "words",
    [
        f"({FetchPolicy().deadline:g} seconds)",
        f"{FetchPolicy().redirects} redirects",
        f"{FetchPolicy().interim_responses} interim answers",
        f"{FetchPolicy().coding_layers} layers",
        f"{FetchPolicy().addresses} addresses",
        f"{FetchPolicy().wire_bytes // 2**20} MB on the wire",
        f"{FetchPolicy().decoded_bytes // 2**20} MB unpacked",
        f"{FetchPolicy().header_bytes // 1024} KB or {FetchPolicy().header_fields}",
        f"after {schedule.FIRST_WAIT.seconds} seconds",
        f"{FetchPolicy().pieces:,} pieces",
    ],
)
def test_every_bound_stands_there(words: str) -> None:
    assert words in PAGE.replace("\n", " ")
