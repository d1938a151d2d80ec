#!/usr/bin/env bash
# The whole suite, once per database. A missing PostgreSQL or Chromium skips visibly; with CI=true it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
workers=${HUB_TEST_WORKERS:-auto}

echo "== SQLite =="
$python -m pytest -q -n "$workers" --dist loadgroup "$@"
echo "== PostgreSQL =="
# What a browser shows does not depend on the database: the journeys run once, above.
$python -m tests.services.postgres $python -m pytest -q -n "$workers" --dist loadgroup -m "not browser" "$@"
