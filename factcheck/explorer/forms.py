"""What to show of the audit trail: every field may be left open."""

from itertools import groupby
from typing import Any

from django import forms

from factcheck.accounts.models import User
from factcheck.explorer.finding import MACHINE, Wanted
from factcheck.explorer.words import KINDS, NOUNS, WORDS, short

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """The filters of the explorer. `object` is a type and an id, as a link on a page gives them."""

    person = forms.ChoiceField(label="Who", required=False)
    kind = forms.ChoiceField(
        label="About", required=False, choices=[("", "Anything"), *KINDS.items()]
    )
    action = forms.ChoiceField(label="What was done", required=False)
    since = forms.DateField(label="From day", required=False, widget=DAY)
    until = forms.DateField(label="To day", required=False, widget=DAY)
    object = forms.RegexField(
        r"^[a-z]{1,40}\.[a-z]{1,40}:[0-9A-Za-z-]{1,64}$",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "That is no object of the trail."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **{"auto_id": "filter_%s"} | kwargs)
        for name, choices in (("person", _people()), ("action", _actions())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "The last day lies before the first.")
        return data

    def wanted(self) -> Wanted:
        """Return what a valid form asks for."""
        data = self.cleaned_data
        kind, _, pk = data["object"].partition(":")
        return Wanted(
            person=int(data["person"]) if data["person"] else None,
            action=data["action"],
            kind=data["kind"],
            target=(kind, pk) if kind else None,
            since=data["since"],
            until=data["until"],
        )


def _people() -> Choices:
    people = User.objects.order_by("username").values_list("pk", "username")
    named: Choices = [(str(pk), name) for pk, name in people]
    return [("", "Anybody"), (str(MACHINE), "The machine"), *named]


def _actions() -> Choices:
    """Group the actions by what they are about, in the order of the kinds."""
    kinds = {noun: kind for kind, nouns in NOUNS.items() for noun in nouns}
    order = list(KINDS)
    described = [(kinds[action.partition(".")[0]], action) for action in WORDS]
    described.sort(key=lambda pair: (order.index(pair[0]), short(pair[1])))
    grouped = groupby(described, key=lambda pair: pair[0])
    named = [(KINDS[kind], [(each, short(each)) for _, each in pairs]) for kind, pairs in grouped]
    return [("", "Anything"), *named]
