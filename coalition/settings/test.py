"""The suite: quick password hashes, mail in memory, files in a folder of the run."""

import tempfile
from pathlib import Path

from coalition.settings import env
from coalition.settings.base import *

SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
VAR_DIR = Path(tempfile.mkdtemp(prefix="hub-tests-"))
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
EXPORT_ROOT = VAR_DIR / "exports"
CACHE_ROOT = VAR_DIR / "cache"
HUB_PAGE_CACHE = False  # tests look at pages as they are made; those of the cache turn it on
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
HUB_MAY_FLUSH = True
if kept := env.text("TEST_DATABASE", ""):
    # A file that stays, for `pytest --reuse-db`: migrating is most of a short run (docs/testing.md, Loops).
    DATABASES["default"]["TEST"] = {"NAME": kept}
