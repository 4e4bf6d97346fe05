"""Django's and the sign-in library's settings of accounts; none is read from the environment.

Attempts are counted in the database (accounts/throttling.py), not in the cache as the library does
it: what is counted survives a restart of the broker.
"""

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    }
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

ACCOUNT_ADAPTER = "factcheck.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "change_password": "factcheck.accounts.forms.ChangePasswordForm",
    "reset_password": "factcheck.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "factcheck.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "factcheck.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "factcheck.accounts.forms.CodeForm",
    "reauthenticate": "factcheck.accounts.forms.CodeAgainForm",
    "activate_totp": "factcheck.accounts.forms.ActivateAppForm",
    "add_webauthn": "factcheck.accounts.forms.AddPasskeyForm",
}
