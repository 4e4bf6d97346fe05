from django.contrib.auth.forms import AuthenticationForm

from factcheck.errors import TEXTS


class SignInForm(AuthenticationForm):
    """Name and password, with the house's words on failure."""

    error_messages = {
        "invalid_login": TEXTS["sign_in_failed"],
        "inactive": TEXTS["sign_in_failed"],
    }
