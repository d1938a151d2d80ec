#!/usr/bin/env bash
# Makes .venv and installs a lock file into it. uv when there is one, else plain pip.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null; then
  say "파이썬이 없습니다. Debian에서는 apt-get install python3 python3-venv 로 설치하세요."
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  say "파이썬 3.11 이상이 필요합니다 (지금: $("$python" --version)). make start PYTHON=python3.11 처럼 고를 수 있습니다."
  exit 1
fi
if [ ! -x .venv/bin/python ]; then
  if command -v uv >/dev/null; then
    uv venv --quiet --python "$python" .venv
  elif ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    say "가상 환경을 만들 수 없습니다. Debian에서는 apt-get install python3-venv 로 설치하세요."
    exit 1
  fi
fi
say "필요한 묶음을 설치합니다 ($lock)…"
if command -v uv >/dev/null; then
  uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
