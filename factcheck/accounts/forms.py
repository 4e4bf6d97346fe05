from typing import Any

from django import forms
from django.utils import timezone

from factcheck.accounts import signing_in
from factcheck.accounts.models import User
from factcheck.errors import FactcheckError


class SignInForm(forms.Form):
    """Name and password; `person` is who they prove, once the form is valid."""

    username = forms.CharField(
        label="Username",
        max_length=150,
        error_messages={"required": "Give your name."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        error_messages={"required": "Give your password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any = None, *, address: str = "") -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(data)
        self.address = address
        self.person: User | None = None

    def clean(self) -> dict[str, Any]:
        """Prove the person, with the house's words on failure."""
        data: dict[str, Any] = self.cleaned_data
        if self.errors:
            return data
        try:
            self.person = signing_in.prove(
                username=data["username"],
                password=data["password"],
                address=self.address,
                at=timezone.now(),
            )
        except FactcheckError as error:
            raise forms.ValidationError(error.text) from error
        return data
