"""What holds everywhere. What differs stands in dev, test and production."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from coalition.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.folder("HUB_VAR_DIR", BASE_DIR / "var")
DATA_DIR = BASE_DIR / "data"

DEBUG = False
SECRET_KEY = os.environ.get("HUB_SECRET_KEY", "")
# Former ones: links in mails and hashes of addresses made with them are still known (docs/operating.md).
SECRET_KEY_FALLBACKS = env.words("HUB_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("HUB_ALLOWED_HOSTS")
HUB_ADMIN_PATH = env.address_segment("HUB_ADMIN_PATH", "admin")
HUB_BASE_URL = env.web_address("HUB_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    # The coalition's facts, in the order in which they tell the story (docs/architecture.md).
    "coalition.record",
    "coalition.members",
    "coalition.dialogue",
    "coalition.practice",
    "coalition.evidence",
    "coalition.drafts",
    "coalition.advocacy",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # The desk and the finding come last: what they do after a migration needs everybody else's.
    "cms",
    "search",
]

MIDDLEWARE = [
    "cms.cache.PageCache",  # before all others: a kept answer carries the headers that they gave it
    "django.middleware.security.SecurityMiddleware",
    "cms.headers.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.logins.DeskSession",
    "cms.tenancy.DeskGuard",
    "cms.as_of.AsOfMiddleware",
    "cms.redirects.OldAddresses",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "coalition.urls"
WSGI_APPLICATION = "coalition.wsgi.application"
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
                "cms.navigation.site_context",
            ],
        },
    },
]

DATABASES = {"default": env.database("HUB_DATABASE_URL", f"sqlite:///{VAR_DIR / 'hub.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "record.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "cms.admission.AppointmentBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

WAGTAILADMIN_USER_LOGIN_FORM = "cms.logins.DeskLoginForm"
# In production the secretariat and approvers show a second factor; elsewhere the desk says that it asks for none.
HUB_SECOND_FACTOR = False
HUB_BEHIND_PROXY = False
OTP_TOTP_ISSUER = "연대 허브"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cms.formats"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Attachments of records are private; a checked view serves them, never the web server.
PRIVATE_ROOT = VAR_DIR / "private"
# Exports of published versions, made again whenever one is missing.
EXPORT_ROOT = VAR_DIR / "exports"
# Public pages as they were sent (cms.cache); may be emptied at any time.
CACHE_ROOT = VAR_DIR / "cache"
HUB_PAGE_CACHE = env.boolean("HUB_PAGE_CACHE", default=True)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's autosave reads it
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# Decision 8: public pages carry no inline script or style, so they need neither nonce nor exception.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (f"/{HUB_ADMIN_PATH}",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}

DEFAULT_FROM_EMAIL = "연대 허브 <no-reply@localhost>"
WAGTAIL_SITE_NAME = "지속가능 일자리 연대 허브"
WAGTAILADMIN_BASE_URL = HUB_BASE_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = (
    3000  # ms; the default 500 makes SQLite write at every pause of the hand
)
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no picture from another host
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.publication.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Asia/Seoul"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link"]},
    },
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.HubImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "cms.HubDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "hwp", "hwpx", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# 시민 공감: off unless somebody reviewed it (design: off by default, built last).
HUB_CITIZEN_SUPPORT = env.citizen_support()
# The optional mirror of the search table; without it the database in use answers.
HUB_ELASTICSEARCH = env.elasticsearch()
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.desk"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Wagtail tells every page it saves; the Event log does that better.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
    },
}
