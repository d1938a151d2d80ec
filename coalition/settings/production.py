"""A server that others can reach. Everything that must be secret or right has no default."""

from django.core.exceptions import ImproperlyConfigured

from coalition.settings import env
from coalition.settings.base import *

SECRET_KEY = env.text("HUB_SECRET_KEY")
if len(SECRET_KEY) < 50:
    msg = "환경 변수 HUB_SECRET_KEY: 50자 이상의 무작위 글자로 쓰세요."
    raise ImproperlyConfigured(msg)
ALLOWED_HOSTS = env.words("HUB_ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    msg = "환경 변수 HUB_ALLOWED_HOSTS: 이 누리집의 주소를 쉼표로 나누어 쓰세요."
    raise ImproperlyConfigured(msg)
HUB_BASE_URL = env.web_address("HUB_BASE_URL", "")
WAGTAILADMIN_BASE_URL = HUB_BASE_URL
CSRF_TRUSTED_ORIGINS = [HUB_BASE_URL]

SECURE_SSL_REDIRECT = env.boolean("HUB_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
HUB_SECOND_FACTOR = True
HUB_BEHIND_PROXY = True  # the server that ends TLS; it sets X-Forwarded-For (docs/operating.md)
# The desk shows a page's preview in a frame of its own: SAMEORIGIN, not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = env.text("HUB_EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("HUB_EMAIL_PORT", default=25, low=1, high=65535)
EMAIL_HOST_USER = env.text("HUB_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("HUB_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("HUB_EMAIL_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("HUB_EMAIL_FROM", "no-reply@localhost")
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
