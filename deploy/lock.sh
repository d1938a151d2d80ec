#!/usr/bin/env bash
# Pins every dependency with hashes, for all platforms, and names no index.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' "$@"
}
compile --extra postgres --output-file requirements.lock
compile --extra postgres --extra dev --output-file requirements-dev.lock
