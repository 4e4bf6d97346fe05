from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from factcheck.accounts.models import Role, User

ROLES = [
    (Role.CHECKER, "Checker: works on articles, claims, evidence and drafts"),
    (Role.EDITOR, "Editor: does the same, approves and publishes what others worked on"),
    (Role.ADMIN, "Admin: manages people and settings, and approves nothing"),
]
EMAIL = {"required": "Give an e-mail address.", "invalid": "That is not an e-mail address."}


def _name() -> forms.CharField:
    return forms.CharField(
        label="Your name",
        max_length=120,
        help_text="What colleagues and readers see beside what you approve.",
        error_messages={"required": "Give your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail address",
        error_messages=EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Role", choices=ROLES, error_messages={"required": "Choose a role."}
    )


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label="Role", choices=ROLES)


class JoinForm(forms.Form):
    """Who the invited person wants to be."""

    username = User._meta.get_field("username").formfield(  # noqa: SLF001 (Django's public spelling)
        label="Username",
        help_text="What you sign in with: letters, digits and @ . + - _",
        error_messages={"required": "Choose a username."},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    name = _name()
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        help_text="At least eight characters. A sentence is easier to keep than a word.",
        error_messages={"required": "Choose a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, with the name beside it."""
        data: dict[str, Any] = self.cleaned_data
        if password := data.get("password"):
            person = User(username=data.get("username", ""), name=data.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class NameForm(forms.Form):
    """One's own name and e-mail address."""

    name = _name()
    email = forms.EmailField(
        label="E-mail address",
        help_text="Where a link goes if you forget your password, and word of changes.",
        error_messages=EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class KeyForm(forms.Form):
    """Whose key it is."""

    partner = forms.CharField(
        label="Partner",
        max_length=120,
        help_text="Who will use the key.",
        error_messages={"required": "Say who will use the key."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
