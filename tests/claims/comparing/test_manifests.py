"""Two sealed versions side by side: what a later one changes, and what a typing error must not."""

import copy
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparing.manifests import difference, is_same, is_same_rating, typo_breaches

WORDS = st.text(alphabet="ab 12.\n", max_size=40)


def passage(exact: str = "41,200 passengers", **fields: Any) -> dict[str, Any]:
    quote = {"start": 0, "end": len(exact), "exact": exact, "text_sha256": "a" * 64}
    capture = {"id": "c1", "title": "Report", "final_url": "https://harbour.example/"}
    made = {"id": str(uuid.uuid4()), "stance": "supports", "note": "", "quote": quote}
    return made | {"cell": None, "capture": capture} | fields


def sealed(**fields: Any) -> dict[str, Any]:
    return {
        "format": "factcheck-verdict/1",
        "version": 1,
        "submitted_at": "2026-03-02T09:30:00Z",
        "claim": {"text": "The ferry carried 41,200 passengers.", "claimant": ""},
        "rating": {"scale": "desk", "scale_version": 1, "code": "true", "label": "True"},
        "summary": "It did.",
        "reasoning": "The report says 41,200.",
        "evidence": [passage()],
        "calculations": [],
    } | fields


def test_which_version_it_is_makes_no_difference() -> None:
    again = sealed(version=2, submitted_at="later", evidence=[passage()], correction={"kind": "x"})
    again["previous"] = {"version": 1, "digest": "b" * 64}
    assert is_same(sealed(), again)
    assert not difference(sealed(), again)


def test_a_passage_that_was_attached_anew_is_the_same_and_another_stance_is_not() -> None:
    assert difference(sealed(), sealed(evidence=[passage()])).evidence == ()
    turned = difference(sealed(), sealed(evidence=[passage(stance="context")])).evidence
    assert [change.kind for change in turned] == ["removed", "added"]


def test_the_same_rating_of_a_later_scale_is_the_same() -> None:
    later = sealed()["rating"] | {"scale_version": 2, "label": "Quite true"}
    assert is_same_rating(sealed(), sealed(rating=later))
    other = sealed(rating=later | {"code": "false", "label": "False"})
    assert difference(sealed(), other).rating == ("True", "False")


@pytest.mark.parametrize(
    ("fields", "breaches"),
    [
        ({"reasoning": "The reports says 41,200."}, []),
        ({"reasoning": "The report says 41.200."}, ["number"]),
        ({"summary": "It did in 2019."}, ["number"]),
        ({"evidence": []}, ["evidence"]),
        ({"evidence": [passage(note="See page 4.")]}, ["evidence"]),
        ({"right_of_reply": [{"words": "And 7 more."}]}, ["number"]),
        ({"right_of_reply": [{"id": str(uuid.uuid4()), "words": "And more."}]}, []),
        ({"blocks": {"what_we_found": "The report says 41,300."}}, ["number"]),
        ({"holds_as_of": "2026-03-02"}, []),
    ],
)
def test_what_a_typing_error_must_not_touch(fields: dict[str, Any], breaches: list[str]) -> None:
    assert typo_breaches(sealed(), sealed(**fields)) == breaches
    assert not is_same(sealed(), sealed(**fields))


@given(before=WORDS, after=WORDS)
def test_every_change_of_a_text_is_told_and_nothing_else(before: str, after: str) -> None:
    old, new = sealed(reasoning=before), sealed(reasoning=after)
    kept = copy.deepcopy(old)
    found = difference(old, new)
    assert old == kept
    assert bool(found.texts) == (before != after)
    assert is_same(old, new) == (before == after)
