"""Who has a claim, comments on it, and what a person wants to be told of."""

from uuid import UUID, uuid4

from django import forms

from claims.commenting import LONGEST
from claims.pinning import About
from claims.together_states import CommentPlace, MailWhen, NotificationKind
from factcheck.accounts.models import User


class AssignForm(forms.Form):
    """To whom work is given, and until when; `seen` is the assignment that the page showed."""

    person = forms.ModelChoiceField(
        label="Give it to",
        queryset=User.objects.filter(is_active=True),
        error_messages={"required": "Choose a person.", "invalid_choice": "Choose a person."},
    )
    due_on = forms.DateField(
        label="Due on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as YYYY-MM-DD."},
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    """A comment's words. `key` makes the same form sent twice one comment."""

    text = forms.CharField(
        label="Comment",
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "dir": "auto",
                "maxlength": LONGEST,
                "data-mentions": "",
                "autocomplete": "off",
            }
        ),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)


class ThreadForm(RemarkForm):
    """The first comment of a thread, and what it is about: `about` is PLACE or PLACE:WHICH."""

    about = forms.CharField(label="About", required=False, max_length=60)
    exact = forms.CharField(
        label="The words",
        required=False,
        strip=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def place(self) -> About:
        """Return what the thread is about; what cannot be understood is about no words at all."""
        place, _, which = self.cleaned_data["about"].partition(":")
        if place not in CommentPlace.values:
            return About()
        return About(
            place=CommentPlace(place),
            evidence=_uuid(which) if place == CommentPlace.EVIDENCE else None,
            block=which if place == CommentPlace.DRAFT else "",
            exact=self.cleaned_data["exact"],
            near=self.cleaned_data["near"],
        )


class WishForm(forms.Form):
    """What is told in the app and by e-mail, and when e-mails go."""

    in_app = forms.MultipleChoiceField(
        label="In the app", required=False, choices=NotificationKind.choices
    )
    by_mail = forms.MultipleChoiceField(
        label="By e-mail", required=False, choices=NotificationKind.choices
    )
    mail_when = forms.ChoiceField(
        label="E-mails go", choices=MailWhen.choices, widget=forms.RadioSelect
    )
    mail_hour = forms.TypedChoiceField(
        label="At",
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
