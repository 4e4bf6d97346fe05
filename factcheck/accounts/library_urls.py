"""The sign-in library's own pages, as far as the desk uses them: no sign-up, no social sign-in.

The names are the library's, because it looks its pages up by them.
"""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from factcheck.accounts.views import signing_in


def _page(place: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(place, never_cache(view), name=name)


# The library looks these two up. Nobody signs up, and everybody has a password or asks for a link.
_no_sign_up = RedirectView.as_view(pattern_name="accounts:sign_in")
_set_password = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    _page("sign-in/", signing_in.sign_in, "account_login"),
    _page("sign-out/", signing_in.sign_out, "account_logout"),
    _page("sign-up/", _no_sign_up, "account_signup"),
    _page("left/", account.account_inactive, "account_inactive"),
    _page("again/", account.reauthenticate, "account_reauthenticate"),
    _page("password/", account.password_change, "account_change_password"),
    _page("password/set/", _set_password, "account_set_password"),
    _page("password/forgotten/", account.password_reset, "account_reset_password"),
    _page("password/sent/", account.password_reset_done, "account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        never_cache(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _page(
        "password/changed/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    _page("second-factor/", mfa.index, "mfa_index"),
    _page("second-factor/code/", mfa.authenticate, "mfa_authenticate"),
    _page("second-factor/again/", mfa.reauthenticate, "mfa_reauthenticate"),
    _page("second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
    _page("second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page(
        "second-factor/recovery-codes/",
        recovery_codes.view_recovery_codes,
        "mfa_view_recovery_codes",
    ),
    _page(
        "second-factor/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _page(
        "second-factor/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _page("second-factor/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _page("second-factor/passkeys/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _page("second-factor/passkeys/sign-in/", webauthn.login_webauthn, "mfa_login_webauthn"),
    _page(
        "second-factor/passkeys/again/",
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    _page(
        "second-factor/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"
    ),
    _page("second-factor/passkeys/<int:pk>/rename/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
]
