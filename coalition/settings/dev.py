"""`make start`: one machine, no secrets, demo accounts."""

from coalition.settings.base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "only-for-development-never-for-a-server-that-others-can-reach"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A demo account's password is its own name; the validators would refuse to keep it.
AUTH_PASSWORD_VALIDATORS = []
# `start` makes a thread per connection: what one keeps open, no other would ever close.
DATABASES["default"]["CONN_MAX_AGE"] = 0
