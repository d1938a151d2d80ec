# `make` lists what it can do. Everything lives in .venv and var; nothing outside this folder is touched.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help

help: ## 할 수 있는 일
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

start: .venv/runtime ## 누리집을 띄운다: 설치, 마이그레이션, 시연용 자료, 색인, 서버
	@set -a; HUB_BASE_URL="$${HUB_BASE_URL:-http://127.0.0.1:$(PORT)}"; [ ! -f .env ] || . ./.env; set +a; $(BIN)/python manage.py start --port $(PORT)

test: .venv/complete check ## 모든 시험: SQLite와 PostgreSQL에서
	@deploy/test.sh

check: .venv/complete ## 문: 형식, 보안 규칙, 형, 층의 차례, 마이그레이션
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@DJANGO_SETTINGS_MODULE=coalition.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

bench: .venv/complete ## 재기: 비용을 기준과의 비로 재어 docs/benchmarks.md에 적는다
	@$(BIN)/python -m tests.bench $(SUBJECTS)

bench-large: .venv/complete ## 문서 100,000건과 Elasticsearch의 검색을 잰다(30분쯤)
	@$(BIN)/python -m tests.bench search_large

format: .venv/complete ## 형식을 맞춘다
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: .venv/complete ## 의존성을 다시 고정한다
	@deploy/lock.sh

.venv/runtime: requirements.lock
	@PYTHON="$(PYTHON)" deploy/install.sh requirements.lock
	@touch $@

.venv/complete: requirements-dev.lock
	@PYTHON="$(PYTHON)" deploy/install.sh requirements-dev.lock
	@touch $@ .venv/runtime

.PHONY: help start test check bench bench-large format lock
