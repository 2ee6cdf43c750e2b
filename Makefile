# Each target does its own set-up: `make demo` and `make test` work on a fresh machine with python3, make and git.
# PYTHON=python3.12 chooses another Python; ARGS="…" is handed to the program, the tests or the benchmark;
# JOBS=0 runs the tests one after the other, in one process.

PYTHON ?= python3
ARGS ?=
JOBS ?= auto
UV_THERE := $(shell command -v uv 2>/dev/null)
UV := "$(or $(UV_THERE),.uv/bin/uv)"
RUN := $(UV) run --frozen --no-sync
# An environment of the caller's own would be used, or warned about, in place of .venv; nobody reads pip's advice here.
unexport VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test check bench fmt setup

help:
	@echo "make demo    the whole product in your browser: a local Slack, sample data, no account"
	@echo "make test    all tests, on SQLite and on PostgreSQL where its server is installed"
	@echo "make check   formatting, types, layers, dependencies, security, migrations"
	@echo "make bench   how fast it is, next to Slack's own Bolt doing nothing"
	@echo "make fmt     put the code into its one form"

demo: setup
	@$(RUN) python -m bot demo $(ARGS)

test: setup
	@$(RUN) python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: setup
	@echo "uv.lock fits pyproject.toml"
	@$(UV) lock --check -q || { echo "it does not: run \`$(UV) lock\`"; exit 1; }
	@echo "ruff: habits and form"
	@$(RUN) ruff check -q .
	@$(RUN) ruff format -q --check . || { echo "run \`make fmt\`"; exit 1; }
	@echo "mypy: types"
	@$(RUN) python -m mypy --no-error-summary -p bot -p cadences -p language -p sandbox -p tests -p bench
	@echo "import-linter: who may know whom"
	@said=$$($(RUN) lint-imports --no-logo 2>&1) || { echo "$$said"; exit 1; }
	@echo "deptry: what we import is what we declare"
	@said=$$($(RUN) deptry --no-ansi . 2>&1) || { echo "$$said"; exit 1; }
	@echo "bandit: security"
	@$(RUN) bandit -q -c pyproject.toml -r bot cadences language sandbox
	@echo "alembic: the migrations lead to the tables"
	@$(RUN) env PYTHONPATH=. python .ci/check_migrations.py

bench: setup
	@$(RUN) python -m bench $(ARGS)

fmt: setup
	@$(RUN) ruff check -q --fix .
	@$(RUN) ruff format -q .

setup: $(if $(UV_THERE),,.uv/bin/uv)
	@test -d .venv || echo "Setting up .venv, once …"
	@$(UV) sync --frozen -q

.uv/bin/uv:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "$(PYTHON) is missing: sudo apt-get install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$("$(PYTHON)" --version 2>&1) is too old: Python 3.11 or newer is needed. If you have one by another name:"; \
	  echo "make PYTHON=python3.12 …"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "python3-venv is missing: sudo apt-get install python3-venv"; exit 1; }
	@echo "Fetching uv into .uv/, once …"
	@rm -rf .uv
	@"$(PYTHON)" -m venv .uv && .uv/bin/python -m pip install -q "uv>=0.9,<1" || { \
	  rm -rf .uv; echo "uv could not be fetched: the lines above say why"; exit 1; }
