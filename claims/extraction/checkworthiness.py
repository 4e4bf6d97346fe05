"""How much a passage asks to be checked: a probability, and in words what moved it.

The number is the chance that an annotator puts the passage into the first of three priorities: it
settles on a record, and it matters to the story. docs/explanation/splitting.md says more.
"""

from typing import Final, cast

from claims.extraction.kinds import reasons_of
from claims.extraction.records import Kind
from claims.extraction.worth import model

# Beyond these log-odds the sentence model has seen too little to be believed.
_SURE: Final = 4.0
_LEARNED: Final = "learned"
_MOST_WORDS: Final = 3
_MOST_REASONS: Final = 4
# What moves the log-odds by less is no reason.
_NOTICED: Final = 0.1


def signals(
    exact: str, kinds: tuple[Kind, ...], sentences: model.SentenceModel | None = None
) -> dict[str, float]:
    """Return what the score is made of: the sentence model's log-odds, and 1 for each kind.

    `sentences` stands in for the stored model while the weights are trained.
    """
    learned = max(-_SURE, min(_SURE, model.logit(exact, sentences)))
    return {_LEARNED: learned, **dict.fromkeys(kinds, 1.0)}


def score(exact: str, kinds: tuple[Kind, ...]) -> tuple[float, tuple[str, ...]]:
    """Return the check-worthiness of the passage `exact`, from 0 to 1, and why."""
    known = model.stored()[1]
    held = signals(exact, kinds)
    return round(model.stated(known, held), 3), _reasons(exact, held, known)


def _reasons(exact: str, held: dict[str, float], known: model.PassageModel) -> tuple[str, ...]:
    """Return in words what sets the passage apart from the usual one, the weightiest first."""
    moved = {
        name: known.weights.get(name, 0.0) * (value - known.usual.get(name, 0.0))
        for name, value in held.items()
    }
    ranked = sorted(moved, key=lambda name: (-abs(moved[name]), name))
    noticed = [name for name in ranked if abs(moved[name]) >= _NOTICED] or ranked[:1]
    said = [_in_words(exact, name, up=moved[name] > 0) for name in noticed[:_MOST_REASONS]]
    return tuple(said)


def _in_words(exact: str, name: str, *, up: bool) -> str:
    if name != _LEARNED:
        reason = reasons_of((cast("Kind", name),))[0]
        return reason if up else f"{reason} (counts less)"
    words = ", ".join(f"“{word}”" for word in model.weighty_words(exact, up=up, most=_MOST_WORDS))
    said = "worded like what people check" if up else "worded like what people pass over"
    return f"{said}: {words}" if words else said
