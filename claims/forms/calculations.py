"""Choosing the numbers of a calculation: from the claim, from its quotes, or typed with a reason.

Every choice is a `<select>`, so that the keyboard and a browser without scripts do all of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from claims.calculating import OPERATIONS, Figure, Written
from claims.calculating.operations import MOST_TERMS, Operation
from claims.calculating.spelling import measured
from claims.models import Calculation, CalculationNumber, Evidence
from claims.picking import LONGEST_REASON, LONGEST_TEXT, Pick, Stated
from factcheck.errors import TEXTS

TYPED = "typed"
MARKS = (("", "as it is written"), (".", "a point: 1,234.5"), (",", "a comma: 1.234,5"))
FIRST = "percent_change"
Quoted = Sequence[tuple[Evidence, tuple[Written, ...]]]
Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class NumberFields:
    """The fields of one number, for the template."""

    name: str
    label: str
    pick: forms.BoundField
    text: forms.BoundField
    reason: forms.BoundField
    mark: forms.BoundField
    year: forms.BoundField | None


class CalculationForm(forms.Form):
    """What to calculate, and from which numbers. Half-filled is no error: the page says so."""

    operation = forms.ChoiceField(
        label="What to calculate",
        choices=[(code, operation.label) for code, operation in OPERATIONS.items()],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), TEXTS["calculation_operation_unknown"]
        ),
    )

    def __init__(
        self, data: Mapping[str, Any], *, stated: Sequence[Stated], quoted: Quoted
    ) -> None:
        super().__init__(data, auto_id="calc_%s")
        self.stated = {token(item.pick): item.pick for item in stated}
        self.years = {
            token(pick): figure.year
            for item, found in quoted
            for written in found
            for figure, pick in readings_of(item, written)
        }
        self.quoted = {key: pick for _, items in picks_of(quoted) for key, _, pick in items}
        self.chosen = OPERATIONS.get(data.get("operation", ""), OPERATIONS[FIRST])
        self.names = [f"n{place}" for place in range(_places(self.chosen))]
        own: Choices = [(token(item.pick), item.text) for item in stated]
        self._add("claimed", [("", "Choose a number"), *own, (TYPED, "Type it")], has_year=False)
        groups: Choices = [
            (_about(item), [(key, label) for key, label, _ in items])
            for item, items in picks_of(quoted)
            if items
        ]
        for name in self.names:
            self._add(name, [("", "Choose a number"), *groups, (TYPED, "Type a number")])

    def _add(self, name: str, choices: Choices, *, has_year: bool = True) -> None:
        place = {"data-slot": name} if has_year else {}
        self.fields[name] = forms.ChoiceField(
            choices=choices,
            required=False,
            widget=forms.Select(attrs=place),
            error_messages={"invalid_choice": TEXTS["calculation_number_missing"]},
        )
        self.fields[f"{name}_text"] = forms.CharField(
            label="The number, with its unit", required=False, max_length=LONGEST_TEXT
        )
        self.fields[f"{name}_reason"] = forms.CharField(
            label="Where it comes from", required=False, max_length=LONGEST_REASON
        )
        self.fields[f"{name}_mark"] = forms.ChoiceField(
            label="Its decimal mark", choices=MARKS, required=False
        )
        if has_year:
            self.fields[f"{name}_year"] = forms.IntegerField(
                label="Year it is of",
                required=False,
                min_value=1000,
                max_value=2999,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), "Write the year with four digits."
                ),
            )

    @property
    def of_claim(self) -> NumberFields:
        """The fields of the claim's own number."""
        return self._fields("claimed", "The claim’s number")

    @property
    def inputs(self) -> Iterator[NumberFields]:
        """The fields of each number of the sum."""
        for place, name in enumerate(self.names):
            slots = self.chosen.slots
            open_label = f"Number {place + 1}"
            yield self._fields(name, open_label if self.chosen.is_open else slots[place].label)

    def _fields(self, name: str, label: str) -> NumberFields:
        year = self[f"{name}_year"] if f"{name}_year" in self.fields else None
        if year and (read := self.years.get(self[name].value())):
            year.field.widget.attrs["placeholder"] = f"{read}, by the quote"
        return NumberFields(
            name=name,
            label=label,
            pick=self[name],
            text=self[f"{name}_text"],
            reason=self[f"{name}_reason"],
            mark=self[f"{name}_mark"],
            year=year,
        )

    def picks(self) -> tuple[Pick | None, list[Pick]]:
        """Return the claim's number and the numbers of the sum, as far as they are chosen."""
        chosen = [self._pick(name, self.quoted) for name in self.names]
        return self._pick("claimed", self.stated), [pick for pick in chosen if pick]

    def _pick(self, name: str, known: Mapping[str, Pick]) -> Pick | None:
        data = self.cleaned_data
        choice, year = data.get(name, ""), data.get(f"{name}_year")
        if choice == TYPED:
            typed = {part: data.get(f"{name}_{part}", "") for part in ("text", "reason", "mark")}
            return Pick(**typed, year=year) if typed["text"].strip() else None
        found = known.get(choice)
        return found and Pick(**{**vars(found), "year": year})


def picks_of(quoted: Quoted) -> list[tuple[Evidence, list[tuple[str, str, Pick]]]]:
    """Return each quote's numbers as (token, label, pick); an unclear one comes once a reading."""
    return [
        (
            item,
            [
                (token(pick), _label(written, figure), pick)
                for written in found
                for figure, pick in readings_of(item, written)
            ],
        )
        for item, found in quoted
    ]


def token(pick: Pick) -> str:
    """Write a choice of a quoted number as the form sends it."""
    source: UUID | int | str = (
        pick.evidence.pk if pick.evidence else pick.revision.pk if pick.revision else ""
    )
    return f"{source}|{pick.start}|{pick.end}|{pick.mark}"


def data_of(calculation: Calculation) -> dict[str, Any]:
    """Return a kept calculation as form data, to be changed."""
    data: dict[str, Any] = {"operation": calculation.operation}
    for number in calculation.numbers.all():
        is_claimed = number.slot == CalculationNumber.CLAIMED
        name = "claimed" if is_claimed else f"n{number.position - 1}"
        pick = Pick(
            evidence=number.evidence,
            revision=number.revision,
            start=number.start or 0,
            end=number.end or 0,
            mark=number.mark,
        )
        data[name] = TYPED if number.reason else token(pick)
        data[f"{name}_text"] = number.text if number.reason else ""
        data |= {f"{name}_reason": number.reason, f"{name}_mark": number.mark}
        data[f"{name}_year"] = number.year or ""
    return data


def readings_of(item: Evidence, written: Written) -> Iterator[tuple[Figure, Pick]]:
    """Yield each reading of a quoted number with the choice of it."""
    for figure, mark in zip(written.readings, written.marks, strict=True):
        chosen = mark if len(written.readings) > 1 else ""
        yield figure, Pick(evidence=item, start=written.start, end=written.end, mark=chosen)


def _label(written: Written, figure: Figure) -> str:
    read = measured(figure.value, figure.unit)
    return read if len(written.readings) == 1 else f"{written.text}, read as {read}"


def _about(item: Evidence) -> str:
    title = item.extracted.title or item.extracted.capture.source.url
    return f"{title[:40]}: “{item.exact[:60]}{'…' if len(item.exact) > 60 else ''}”"  # noqa: PLR2004 (the cut above)


def _places(operation: Operation) -> int:
    """Return how many numbers to ask for; the page shows one empty place more than are filled."""
    return MOST_TERMS if operation.is_open else len(operation.slots)
