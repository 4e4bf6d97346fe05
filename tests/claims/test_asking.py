from collections.abc import Iterator

import pytest

from claims import asking
from claims.asking import AskingError, Endpoint
from tests.servers import language_model
from tests.servers.language_model import LanguageModel


@pytest.fixture
def model() -> Iterator[LanguageModel]:
    with language_model.serving() as server:
        yield server


def entry(quote: str, text: str = "") -> dict[str, str]:
    return {"quote": quote, "text": text}


def ask(model: LanguageModel, seconds: float = 5.0) -> asking.Answer:
    return asking.ask("An article.", endpoint=Endpoint(model.url, "a-model", seconds=seconds))


def test_the_question_holds_the_article_and_the_answer_its_claims(model: LanguageModel) -> None:
    model.behaviour = language_model.says({"claims": [entry("one two", "One two."), entry("x y")]})
    answer = ask(model)
    assert [(p.quote, p.text) for p in answer.proposals] == [("one two", "One two."), ("x y", "")]
    (question,) = model.questions
    assert question["messages"][1] == {"role": "user", "content": "An article."}
    assert question["model"] == "a-model"


def test_a_code_fence_around_the_json_is_understood(model: LanguageModel) -> None:
    model.behaviour = language_model.writes('Here:\n```json\n{"claims": [{"quote": "a b"}]}\n```')
    assert [p.quote for p in ask(model).proposals] == ["a b"]


def test_entries_without_a_usable_form_are_counted(model: LanguageModel) -> None:
    entries: list[object] = [
        entry("a b"),
        {},
        "words",
        None,
        {"quote": 7},
        {"quote": " "},
        {"text": "x"},
        [],
    ]
    model.behaviour = language_model.says({"claims": entries})
    answer = ask(model)
    assert (len(answer.proposals), answer.malformed) == (1, 7)


MISBEHAVIOURS = [
    (language_model.drips, "model_timeout"),
    (language_model.floods, "model_answer_too_large"),
    (language_model.hangs_up, "model_answer_unreadable"),
    (language_model.sends(b"", 500), "model_refused"),
    (language_model.sends(b"", 302), "model_refused"),
    (language_model.sends(b"", 401), "model_refused"),
    (language_model.sends(b"", 429), "model_busy"),
    (language_model.sends(b"not json"), "model_answer_unreadable"),
    (language_model.sends(b"[" * 100_000), "model_answer_unreadable"),
    (language_model.sends(b'{"choices": []}'), "model_answer_unreadable"),
    (language_model.writes(None), "model_answer_unreadable"),
    (language_model.writes("I cannot help with that."), "model_answer_unreadable"),
    (language_model.writes('{"claims": {"quote": "x"}}'), "model_answer_unreadable"),
]


@pytest.mark.parametrize(("behaviour", "code"), MISBEHAVIOURS)
def test_a_misbehaving_service_ends_in_a_code(
    model: LanguageModel, behaviour: language_model.Behaviour, code: str
) -> None:
    model.behaviour = behaviour
    with pytest.raises(AskingError) as caught:
        ask(model, seconds=0.6)
    assert caught.value.code == code


def test_a_service_that_is_not_there_ends_in_a_code() -> None:
    with pytest.raises(AskingError) as caught:
        asking.ask("x", endpoint=Endpoint("http://127.0.0.1:9/v1", "a-model", seconds=1))
    assert caught.value.code == "model_unreachable"
