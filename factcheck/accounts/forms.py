from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context as current
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils import timezone

from factcheck.accounts import second_factor, signing_in, throttling
from factcheck.accounts.models import User
from factcheck.errors import TEXTS, FactcheckError


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


class CodeForm(code_forms.AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code, at the door."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"])

    def clean_code(self) -> str:
        """Use the code up. Guessing is limited by person: whoever asks has the password."""
        code: str = self.cleaned_data["code"]
        subject, at = str(self.user.pk), timezone.now()
        try:
            address = signing_in.address_of(current.request)
            throttling.spend(limit=throttling.CODES, subject=subject, at=at, address=address)
        except FactcheckError as error:
            raise forms.ValidationError(error.text) from error
        found = second_factor.of_code(person=self.user, code=code, at=at)
        if found is None:
            raise forms.ValidationError(TEXTS["code_wrong"])
        throttling.forget(limit=throttling.CODES, subject=subject)
        self.authenticator = found
        return code


class CodeAgainForm(CodeForm, code_forms.ReauthenticateForm):  # type: ignore[misc]
    """The same before something that changes the account."""

    save = code_forms.ReauthenticateForm.save


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"])


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey, and whether it signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of the passkey"
        self.fields["name"].widget.attrs["maxlength"] = "60"
        self.fields["passwordless"].label = "Let it sign in without the password"
        self.fields[
            "passwordless"
        ].help_text = "The device then asks for a fingerprint, a face or a PIN."
        self.fields["passwordless"].initial = True


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password under the limits of the door, and the new one twice."""

    def clean_oldpassword(self) -> str:
        """Prove the person once more."""
        old: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, old):
            raise forms.ValidationError(TEXTS["password_wrong"])
        return old

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Password now"
        self.fields["oldpassword"].help_text = ""
        self.fields["oldpassword"].widget.attrs["placeholder"] = ""
        _as_new_password(self.fields["password1"], self.fields["password2"])


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        _as_new_password(self.fields["password1"], self.fields["password2"])


class ResetPasswordForm(account_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link; the answer is the same whether anybody has the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's form data)
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].widget.attrs["placeholder"] = ""
        self.fields["email"].error_messages["required"] = "Give your e-mail address."

    def clean_email(self) -> str:
        """Limit how often mails are asked for, by the address and by who asks."""
        email: str = super().clean_email()
        address, at = signing_in.address_of(current.request), timezone.now()
        try:
            if address:  # an unknown one is everybody's
                throttling.spend(limit=throttling.RESET_ADDRESS, subject=address, at=at)
            throttling.spend(limit=throttling.RESET_MAIL, subject=email.casefold(), at=at)
        except FactcheckError as error:
            raise forms.ValidationError(error.text) from error
        return email


def _as_code(field: forms.Field) -> None:
    field.label = "Code"
    field.error_messages["required"] = "Give the code."
    field.widget.attrs |= {"autofocus": True, "inputmode": "numeric", "placeholder": ""}


def _as_new_password(first: forms.Field, second: forms.Field) -> None:
    first.label, second.label = "New password", "New password again"
    first.help_text = "At least eight characters. A sentence is easier to keep than a word."
    for field in (first, second):
        field.widget.attrs["placeholder"] = ""
        field.error_messages["required"] = "Give the new password in both fields."
