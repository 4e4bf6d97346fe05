"""Every audit action in the code has words in the one table."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims import history
from claims.models import FeedFetch, Letter
from claims.states import ReuseDecision
from factcheck.audit.models import Event
from factcheck.explorer.words import KINDS, NOUNS, WORDS, actions_of, in_words, readable, short
from sources.models import DayStamp, Replica

ROOT = Path(__file__).resolve().parents[3]
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# Actions whose names are put together at run time, by the module that does so.
PUT_TOGETHER = {
    "claims/assigning.py": {
        f"{noun}.{what}"
        for noun in ("claim", "review")
        for what in ("taken", "assigned", "released", "assignment_undone")
    },
    "claims/triaging.py": {
        f"complaint.{what}"
        for what in (
            *("looked_at", "handed_back", "recommended", "reconsidered", "decided"),
            "reader_forgotten",
        )
    },
    "claims/reusing.py": {f"earlier.{decision.value}" for decision in ReuseDecision},
    "sources/queueing.py": {
        f"{noun}.{what}"
        for noun in (DayStamp.NOUN, Replica.NOUN, FeedFetch.NOUN, Letter.NOUN)
        for what in ("done", "failed", "retried")
    },
}


def recorded(path: Path) -> Iterator[str]:
    """Yield the actions that a module records: those it names, those it hands on, and f-strings."""
    written = path.read_text(encoding="utf-8")
    handed_on = path.parent == ROOT / "claims/workflow"
    if not handed_on and "from factcheck.audit.trail import record" not in written:
        return
    tree = ast.parse(written)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and named(node)]
    given = [word.value for call in calls for word in call.keywords if word.arg == "action"]
    assert len(given) == len(calls), f"{path}: record() names its action by keyword"
    if any(isinstance(value, ast.JoinedStr) for value in given):
        yield from PUT_TOGETHER[str(path.relative_to(ROOT))]
    if handed_on or any(not isinstance(each, ast.Constant | ast.JoinedStr) for each in given):
        # The action comes in a variable: every text of the module that looks like one counts.
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        nouns = {noun for named in NOUNS.values() for noun in named}
        for text in texts:
            if isinstance(text, str) and ACTION.fullmatch(text) and text.split(".")[0] in nouns:
                yield text
    yield from (str(value.value) for value in given if isinstance(value, ast.Constant))


def named(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "record"


def test_every_recorded_action_has_words_and_every_word_an_action() -> None:
    modules = [
        path
        for package in ("claims", "sources", "factcheck")
        for path in sorted((ROOT / package).rglob("*.py"))
    ]
    found = {action for path in modules for action in recorded(path)}
    assert found == set(WORDS)


def test_every_action_is_about_one_kind_of_thing() -> None:
    assert list(KINDS) == list(NOUNS)
    kinds = [action for kind in KINDS for action in actions_of(kind)]
    assert sorted(kinds) == sorted(WORDS)


@pytest.mark.parametrize("action", sorted(WORDS))
def test_an_event_that_says_nothing_can_still_be_told(action: str) -> None:
    told = in_words(Event(action=action, data={}))
    assert told
    assert "{" not in told
    assert "{" not in short(action)


def test_details_are_filled_in_and_codes_become_words() -> None:
    dismissed = Event(action="claim.dismissed", data={"reason": "opinion"})
    assert in_words(dismissed) == "dismissed the claim: opinion"
    unknown = Event(action="claim.dismissed", data={"reason": "of-an-older-release"})
    assert in_words(unknown) == "dismissed the claim: of-an-older-release"
    assert in_words(Event(action="other.thing", data={})) == "other.thing"
    assert history.in_words("verdict.drafted", {"version": 2}) == (
        "started version 2 of the verdict"
    )


def test_details_are_readable() -> None:
    data = {"text_sha256": "ab", "claims": ["a", "b"], "was": {"x": 1, "y": True}, "note": ""}
    assert readable(data) == [
        ("claims", "a, b"),
        ("note", "–"),
        ("text sha256", "ab"),
        ("was", "x: 1; y: yes"),
    ]
