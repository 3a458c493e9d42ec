# The front door. `make help` lists what there is; `make run` and `make test` set up what they need.

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PWA_SOURCES := $(shell find pwa/src pwa/public pwa/build docs/huong-dan 2>/dev/null) $(wildcard pwa/*.html pwa/*.ts pwa/*.json)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PIP_COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Silent about what the one who runs a make target did not ask for.
export NPM_CONFIG_AUDIT := false
export NPM_CONFIG_FUND := false
export NPM_CONFIG_UPDATE_NOTIFIER := false

.PHONY: help run test lint simulate storm detection format pwa chromium requirements clean bench-pwa bench-staff

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'
	@echo
	@echo 'make run reads HOST, PORT, DATA_DIR, DATABASE_URL, SECRET_KEY, DEMO_SALES, DEMO_PUBLIC: docs/operating.md'

run: $(VENV)/.runtime pwa/dist/index.html ## Start the demo: sets up, fills an empty database, serves
	@export DEMO=1 LOG_LEVEL="$${LOG_LEVEL:-warning}"; flask demo && exec gunicorn wsgi:app

test: lint pwa/dist/index.html chromium ## Run lint and all tests, the browser's too
	@cd pwa && npm test --silent
	@python -m pytest -n 3 --dist worksteal

lint: $(VENV)/.development pwa/node_modules/.installed ## Check style and types, Python and TypeScript
	@ruff check .
	@ruff format --check --quiet .
	@mypy
	@cd pwa && npm run --silent check

simulate: $(VENV)/.development ## Play seeded seasons of trouble: SEEDS=1000 FROM=0 JOBS=1
	@python -m tests.simulation --seeds $(or $(SEEDS),1000) --from $(or $(FROM),0) --jobs $(or $(JOBS),1)

storm: pwa/dist/index.html $(VENV)/.development chromium ## Put real browsers through trouble: KILLS=100 SEED=1 STEPS=100
	@KILLS=$(or $(KILLS),100) SEED=$(or $(SEED),1) STEPS=$(or $(STEPS),100) python -m pytest --log-cli-level=INFO \
		tests/browser/test_killed_browser.py tests/browser/test_storm.py

bench-pwa: $(VENV)/.development pwa/dist/index.html chromium ## Measure the app on slow phones: ARGUMENTS='--rate 20 --only launch'
	@python -m bench.pwa $(ARGUMENTS)

detection: $(VENV)/.development ## Measure what detection finds in seasons with known mistakes, into docs/detection.md
	@python -m bench.detection --write

bench-staff: $(VENV)/.development ## Measure the server's time for every staff page: ARGUMENTS='--sales 100000 --only report'
	@python -m bench.staff $(ARGUMENTS)

format: $(VENV)/.development pwa/node_modules/.installed ## Put the code in order
	@ruff check --fix --quiet . || true
	@ruff format --quiet .
	@cd pwa && npm run --silent format

pwa: pwa/dist/index.html ## Build the web app

chromium: ## Find a Chromium for the browser tests, or install Debian's
	@.ci/chromium

requirements: $(VENV)/.development ## Pin the newest versions of what requirements*.in name
	@for name in requirements requirements-dev requirements-node; do \
		$(PIP_COMPILE) --upgrade --output-file $$name.txt $$name.in; \
	done

clean: ## Remove what was installed and built; data stays
	rm -rf $(VENV) pwa/node_modules pwa/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@python=$$(.ci/python); echo "Setting up $(VENV) ..."; "$$python" -m venv $(VENV) || { \
		rm -rf $(VENV); echo 'Python lacks venv: on Debian, apt install python3-venv' >&2; exit 1; }

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo 'Installing what runs the server ...'
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo 'Installing what checks the server ...'
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

$(VENV)/.node: requirements-node.txt .ci/node | $(VENV)/bin/python
	@.ci/node || { echo 'Installing Node ...'; $(PIP_INSTALL) -r requirements-node.txt; .ci/node link; }
	@touch $@

pwa/node_modules/.installed: pwa/package.json pwa/package-lock.json $(VENV)/.node
	@echo 'Installing what builds the web app ...'
	@cd pwa && npm ci --loglevel error
	@touch $@

pwa/dist/index.html: pwa/node_modules/.installed $(PWA_SOURCES)
	@echo 'Building the web app ...'
	@cd pwa && npm run --silent build -- --logLevel warn
	@touch $@
