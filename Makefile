.DEFAULT_GOAL := help
.PHONY: help mock test fuzz mutants check bench examples lock

PYTHON ?= python3
TARGET ?=
BIN := .venv/bin

help:      ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

mock: .venv/ready  ## Serve the mock on port 3000: make mock [PORT=4000] [ARGS="--clock live"]
	@$(BIN)/python -m mockserver $(if $(PORT),--port $(PORT)) $(ARGS)

test: .venv/ready  ## Run the tests
	$(BIN)/python -m pytest -q -n auto $(ARGS)

fuzz: .venv/ready  ## Check a server: make fuzz [TARGET=https://…] [ALLOW_WRITES=1] (no TARGET: our own mock)
	@$(BIN)/python -m conformance $(TARGET) $(if $(filter-out 0 no false,$(ALLOW_WRITES)),--allow-writes) $(ARGS)

mutants: .venv/ready  ## Show which seeded faults each check catches: make mutants [ARGS="--family lists"]
	@$(BIN)/python -W ignore -m tests.mutants $(ARGS)

check: .venv/ready  ## Lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready  ## Measure start-up and requests per second beside Prism and raw ASGI
	$(BIN)/python -m bench $(ARGS)

examples: .venv/ready  ## Record the contract's examples from the mock
	$(BIN)/python -m mockserver.examples $(ARGS)

lock:      ## Resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --quiet --upgrade -o requirements.lock

.venv/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$(PYTHON) is no Python 3.11 or newer: name one, as in make PYTHON=/usr/bin/python3.11"; exit 2; }
	@echo "Installing what requirements.lock names into .venv; this takes about a minute, once."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@
