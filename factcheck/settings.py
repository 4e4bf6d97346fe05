"""The one settings file: typed, from the environment alone.

Every secret may be given as a file instead: ``FACTCHECK_SECRET_KEY_FILE=/run/secrets/key``.
docs/reference/settings.md lists each setting; a test keeps the two alike.
"""

from pathlib import Path
from typing import Any

from environs import FileAwareEnv, validate
from psycopg.conninfo import conninfo_to_dict

from factcheck.accounts.account_settings import *  # noqa: F403 (none of them from outside)
from factcheck.api.document_settings import SPECTACULAR_SETTINGS  # noqa: F401 (Django reads it)
from factcheck.mail import django_settings as email_settings

env = FileAwareEnv()
BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.str("FACTCHECK_SECRET_KEY", "")
DEBUG = env.bool("FACTCHECK_DEBUG", default=False)
ALLOWED_HOSTS = env.list("FACTCHECK_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("FACTCHECK_PUBLIC_URL", "http://localhost:8000").rstrip("/")
DATA_DIR = Path(env.str("FACTCHECK_DATA_DIR", str(BASE_DIR / "var" / "data")))
RUN_ID = env.str("FACTCHECK_RUN_ID", "")
APP_ROLE = env.str("FACTCHECK_APP_ROLE", "")
APP_PASSWORD = env.str("FACTCHECK_APP_PASSWORD", "")  # given to that role by prepare_database
DESK_NAME = env.str("FACTCHECK_DESK_NAME", "Factcheck desk")
# Loopback ports that fetching may reach. For the tests and the demo's sample pages only.
LOOPBACK_PORTS = frozenset(env.list("FACTCHECK_LOOPBACK_PORTS", [], subcast=int))
# Ports of public addresses that pages are fetched from.
FETCH_PORTS = frozenset(env.list("FACTCHECK_FETCH_PORTS", [80, 443, 8080, 8443], subcast=int))
# A proxy that every fetch goes through; the variables HTTP_PROXY and the like are never read.
EGRESS_PROXY = env.str(
    "FACTCHECK_EGRESS_PROXY", "", validate=validate.Regexp(r"(?:http://[^\s/]+:[0-9]{1,5}/?)?\Z")
)
FETCH_CONTACT = env.str("FACTCHECK_FETCH_CONTACT", PUBLIC_URL)
# Whether everybody at the desk needs an authenticator app or a passkey besides the password.
REQUIRE_SECOND_FACTOR = env.bool("FACTCHECK_REQUIRE_SECOND_FACTOR", default=False)
INVITATION_DAYS = env.int("FACTCHECK_INVITATION_DAYS", 7)
# Whether robots.txt is asked for, and how long a host is left alone after a visit.
FETCH_ROBOTS = env.bool("FACTCHECK_FETCH_ROBOTS", default=True)
FETCH_HOST_GAP_SECONDS = env.float("FACTCHECK_FETCH_HOST_GAP_SECONDS", 1.0)
# Whether sources are looked at again by themselves, to see whether they have changed.
WATCH_SOURCES = env.bool("FACTCHECK_WATCH_SOURCES", default=True)
# Within these a page has to arrive; the lease below is longer than the deadline and two parsers.
FETCH_DEADLINE_SECONDS = env.float("FACTCHECK_FETCH_DEADLINE_SECONDS", 45.0)
FETCH_MAX_MEGABYTES = env.int("FACTCHECK_FETCH_MAX_MEGABYTES", 64)
# How large a file may be that a person gives as a source; a parser reads no more than 32.
UPLOAD_MAX_MEGABYTES = env.int("FACTCHECK_UPLOAD_MAX_MEGABYTES", 32)
# Whether captured pages may be drawn by a browser, which one (found on the path when empty), and
# what one page may use.
RENDERING = env.bool("FACTCHECK_RENDERING", default=False)
RENDERING_BROWSER = env.str("FACTCHECK_RENDERING_BROWSER", "")
RENDERING_SANDBOX = env.bool("FACTCHECK_RENDERING_SANDBOX", default=True)
RENDERING_SECONDS = env.float("FACTCHECK_RENDERING_SECONDS", 60.0)
RENDERING_MEGABYTES = env.int("FACTCHECK_RENDERING_MEGABYTES", 1536)
# How long a worker may hold a capture; a dead worker's capture is taken over after it.
CAPTURE_LEASE_SECONDS = env.int("FACTCHECK_CAPTURE_LEASE_SECONDS", 150)
# Where blobs lie: `disk` (in the data directory) or `s3` (in a bucket). Without an endpoint the
# bucket is Amazon's; without keys they are looked for where the cloud's own tools look.
BLOB_STORE = env.str("FACTCHECK_BLOB_STORE", "disk", validate=validate.OneOf(["disk", "s3"]))
S3_BUCKET = env.str("FACTCHECK_S3_BUCKET", "")
S3_ENDPOINT = env.str("FACTCHECK_S3_ENDPOINT", "")
S3_REGION = env.str("FACTCHECK_S3_REGION", "")
S3_ACCESS_KEY = env.str("FACTCHECK_S3_ACCESS_KEY", "")
S3_SECRET_KEY = env.str("FACTCHECK_S3_SECRET_KEY", "")
# An authority that stamps the time of each day's newest capture (RFC 3161). Off without a URL.
TSA_URL = env.str("FACTCHECK_TSA_URL", "")
TSA_ROOTS = env.str("FACTCHECK_TSA_ROOTS", "")
# Copies of sources elsewhere: TimeMaps that are asked, and the service that is asked to keep one.
TIMEMAP_URL = env.str("FACTCHECK_TIMEMAP_URL", "")
SAVE_PAGE_URL = env.str("FACTCHECK_SAVE_PAGE_URL", "").rstrip("/")
SAVE_PAGE_KEY = env.str("FACTCHECK_SAVE_PAGE_KEY", "")
REPLICATE_ALL = env.bool("FACTCHECK_REPLICATE_ALL", default=False)
REPLICA_GAP_SECONDS = env.float("FACTCHECK_REPLICA_GAP_SECONDS", 15.0)
# A language model that may propose claims, behind an OpenAI-compatible endpoint. Off without a URL.
PROPOSALS_URL = env.str("FACTCHECK_PROPOSALS_URL", "").rstrip("/")
PROPOSALS_MODEL = env.str("FACTCHECK_PROPOSALS_MODEL", "")
PROPOSALS_KEY = env.str("FACTCHECK_PROPOSALS_KEY", "")
PROPOSALS_SECONDS = env.float("FACTCHECK_PROPOSALS_SECONDS", 120.0)
# After how many days a verdict is to be looked at again, where its draft names no day; 0: never.
LOOK_AGAIN_DAYS = env.int("FACTCHECK_LOOK_AGAIN_DAYS", 0)
ARTICLE_MAX_BYTES = env.int("FACTCHECK_ARTICLE_MAX_BYTES", 5_000_000)
ARTICLE_MAX_CHARACTERS = env.int("FACTCHECK_ARTICLE_MAX_CHARACTERS", 200_000)
# Within how many days a reader's report of an error is to be answered, and how many reports one
# address may send in an hour.
COMPLAINT_DAYS = env.int("FACTCHECK_COMPLAINT_DAYS", 7)
COMPLAINTS_PER_HOUR = env.int("FACTCHECK_COMPLAINTS_PER_HOUR", 10)
# For how many days a claimant may answer through a link.
REPLY_LINK_DAYS = env.int("FACTCHECK_REPLY_LINK_DAYS", 14)

# E-mail: sets EMAIL_ON and Django's own EMAIL_… settings.
EMAIL = email_settings(env.str("FACTCHECK_EMAIL_URL", ""))
EMAIL_ON = bool(EMAIL["EMAIL_ON"])
HAS_MAIL_SERVER = "EMAIL_HOST" in EMAIL
vars().update(EMAIL)
DEFAULT_FROM_EMAIL = env.str("FACTCHECK_EMAIL_FROM", "factcheck@localhost")

HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "factcheck",
    "factcheck.accounts",
    "factcheck.audit",
    "sources",
    "claims",
    "factcheck.api",
    "factcheck.explorer",
    "factcheck.people",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ]
            if DEBUG
            else [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's database dictionary for a libpq URL, socket hosts included.

    Raises psycopg.ProgrammingError for a URL that libpq itself would refuse.
    """
    parts = conninfo_to_dict(url)
    known = ("dbname", "user", "password", "host", "port")
    options: dict[str, Any] = {k: v for k, v in parts.items() if k not in known}
    # A web worker keeps its connection; a stuck statement must not keep the worker.
    timeout = env.int("FACTCHECK_STATEMENT_TIMEOUT_MS", 30_000)
    options.setdefault("options", f"-c statement_timeout={timeout}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "factcheck",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or env.str("FACTCHECK_DATABASE_PASSWORD", ""),
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": database_from_url(env.str("DATABASE_URL", "postgresql:///factcheck"))}
REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How many proxies in front of the web server are believed when they name a visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("FACTCHECK_TRUSTED_PROXIES", 0)

# Tests hash quickly on purpose; everything else keeps Django's default work factor.
if env.bool("FACTCHECK_FAST_PASSWORDS", default=False):
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.str("FACTCHECK_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Collected and named by their content in production; found in the apps' folders otherwise.
HASHED_STATIC = env.bool("FACTCHECK_HASHED_STATIC", default=False)
STATIC_ROOT = (
    env.str("FACTCHECK_STATIC_ROOT", str(BASE_DIR / "var" / "static")) if HASHED_STATIC else None
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * ARTICLE_MAX_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "sources.views.receiving.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["factcheck.api.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "factcheck.api.throttling.AnonymousThrottle",
        "factcheck.api.throttling.KeyThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": env.str("FACTCHECK_API_ANONYMOUS_RATE", "60/min"),
        "key": env.str("FACTCHECK_API_KEY_RATE", "1200/min"),
    },
    "EXCEPTION_HANDLER": "factcheck.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
}

# Throttling counts and nothing else lives in the cache, so that losing it loses nothing.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "factcheck",
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("FACTCHECK_LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "warcio": {"level": "ERROR"}},
}
