"""Settings: read from the environment by strict helpers, with safe defaults for one machine and an embedded database."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from consult import environment

environment.refuse_unknown_names()

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.read_choice("CONSULT_ENV", ["development", "production"], "development")
PRODUCTION = ENVIRONMENT == "production"
TESTING = "pytest" in sys.modules
DATA_DIR = Path(environment.read_text("CONSULT_DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
PAPER_DIR = DATA_DIR / "paper"
"""Where paper forms are kept once they are drawn. All of it can be drawn again."""

SECRET_KEY = environment.read_secret(
    "CONSULT_SECRET_KEY", kept_in=DATA_DIR / "keys" / "secret-key", production=PRODUCTION
)
MASTER_KEY = environment.read_secret(
    "CONSULT_MASTER_KEY", kept_in=DATA_DIR / "keys" / "master-key", production=PRODUCTION
)
"""Wraps each consultation's link key and signs receipt codes. Kept outside the database: see docs/decisions."""

DEBUG = False
PORT = environment.read_port("PORT", 8000)
BASE_URL = environment.read_text("CONSULT_BASE_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = environment.read_list("CONSULT_ALLOWED_HOSTS", None if PRODUCTION else ["127.0.0.1", "localhost"])
if ALLOWED_HOSTS is None:
    environment.refuse("CONSULT_ALLOWED_HOSTS is not set. In production it must name the web addresses served.")
TASKS = environment.read_choice("CONSULT_TASKS", ["embedded"], "embedded")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "formtools",
    "consult",
    "surveys",
    "equality",
    "exports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "consult.middleware.SmallPagesMiddleware",
    "consult.middleware.UnchangedPagesMiddleware",
    # Inside the two above: they must see which pages are no-store.
    "consult.middleware.PrivacyHeadersMiddleware",
    "consult.middleware.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "consult.middleware.StaffAuthenticationMiddleware",
    "consult.middleware.StaffMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "consult.middleware.StaffOnlyMiddleware",
]

ROOT_URLCONF = "consult.urls"
WSGI_APPLICATION = "consult.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consult.context.service",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------------------------------
DATABASES = {"default": environment.read_database("DATABASE_URL", DATA_DIR / "consult.sqlite3")}
EQUALITY_DATABASE = "default"
if environment.read_text("EQUALITY_DATABASE_URL"):
    DATABASES["equality"] = environment.read_database("EQUALITY_DATABASE_URL", DATA_DIR / "equality.sqlite3")
    EQUALITY_DATABASE = "equality"
DATABASE_ROUTERS = ["equality.routers.EqualityRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # Sign-in limits are counted here, and must be counted once for all web processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "consult_cache",
        # With the default of 300 entries somebody could push other people's counted tries out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Every file that the service writes lies in the data directory, and an uploaded one holds answers.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
IMPORTS_APART = not TESTING
"""Whether spreadsheets of responses are worked on in a process of their own. Tests on one connection do it at once."""

# A long equality or tick-box page sends many fields; a 1 MB paste must reach our own plain refusal, not a bare 400.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

# People ---------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "consult.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff-consultations"
LOGOUT_REDIRECT_URL = "hub"
ACCOUNT_ADAPTER = "consult.accounts.ClosedAccountAdapter"
MFA_ADAPTER = "consult.accounts.EncryptedMFAAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Consult"
# One code earlier or later is taken: clocks of telephones differ, and typing takes time.
MFA_TOTP_TOLERANCE = 1
ACCOUNT_SESSION_REMEMBER = False
# In the session, not in a cookie of its own: the service sets no cookie that its cookies page does not name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "consult.views.faults.cookies_needed"
STAFF_IDLE_SECONDS = 30 * 60
# How old a consultation's row may be on a question page. Tests change rows and look at once.
CONSULTATION_KEPT_SECONDS = 0 if TESTING else 2
if PRODUCTION:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# Pages ----------------------------------------------------------------------------------------------------------------
# No script, style or request that is not a file of our own. One-time codes are enrolled with a picture at a data: address.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / ".assets" / "source"]
STATIC_ROOT = BASE_DIR / ".assets" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
if TESTING:
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# For languages of which Django does not know how they part thousands (Urdu).
NUMBER_GROUPING = 3

# Files that staff send -------------------------------------------------------------------------------------------------
SCANNER = environment.read_scanner("CONSULT_SCANNER")

# Email ----------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = f"no-reply@{urlsplit(BASE_URL).hostname}"
globals().update(environment.read_mail("CONSULT_EMAIL_URL", DATA_DIR / "mail"))
# A mail server that hangs holds up a thread of `consult.mail`, and no page.
EMAIL_TIMEOUT = 10
EMAIL_IN_BACKGROUND = not TESTING

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
ORGANISATION = "Northbridge Health and Care Partnership"
SERVICE_NAME = gettext_noop("Have your say")
CONTACT_PHONE = "01632 960 001"
"""Said on pages that belong to no consultation, and on those that must show when the database does not answer."""
