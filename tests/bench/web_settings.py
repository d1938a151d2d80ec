"""The hub as a server for measuring: no DEBUG, plain static files, and the page cache as told."""

import os

from coalition.settings.test import *

HUB_PAGE_CACHE = os.environ.get("BENCH_CACHE") == "on"
CACHE_ROOT = env.folder("HUB_VAR_DIR", BASE_DIR / "var") / "cache"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
