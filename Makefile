# Needs python3 (3.11 or later) and a network for the first run; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ROWS ?= 1000000

.PHONY: demo test check rules docs wire clients record bench model thunderbird vscode clean help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 10

demo: $(VENV)/run.stamp  ## set up, and review a sample draft
	@$(BIN)/reviewer review docs/sample.txt --context docs/sample.yaml --fail-on error || test $$? -eq 1

test: $(VENV)/dev.stamp  ## set up, and pass the tests
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp  ## lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

rules: $(VENV)/run.stamp  ## measure every rule on the labelled drafts, and write the pages of docs/rules
	$(BIN)/python docs/generate.py

docs: $(VENV)/docs.stamp  ## build the documentation site in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

wire: $(VENV)/record.stamp  ## the tests of the second reader against llama.cpp's real server, on this machine
	$(BIN)/python -m pytest -m wire

clients: $(VENV)/dev.stamp  ## the tests of the mail clients and editors, with those that are installed
	$(BIN)/python -m pytest tests/clients -m client --reruns 2 --reruns-delay 3  # screens of real programs, on a machine that may be busy

record: $(VENV)/record.stamp  ## record cassettes/wire anew from that server
	$(BIN)/python -m pytest tests/test_wire.py -m wire --record

bench: $(VENV)/dev.stamp  ## cold start and drafts a second beside peers, memory of a million rows (or ROWS=10000)
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check proselint
	-@command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix benchmarks/peers write-good
	@$(BIN)/python -m compileall -q reviewer
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/batch.py $(ROWS)
	@$(BIN)/python benchmarks/cluster.py

model: $(VENV)/dev.stamp  ## train the sentence model anew (see training/README.md)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement training/requirements.txt
	@$(BIN)/python training/train.py

thunderbird:  ## pack the extension for Thunderbird (docs/clients/thunderbird.md)
	@$(PYTHON) clients/thunderbird/pack.py dist/reviewer-thunderbird.xpi

vscode:  ## pack the extension for VS Code, with npm (docs/clients/vscode.md)
	@mkdir -p build/vscode dist && cp -R clients/vscode/. LICENSE build/vscode
	@cd build/vscode && npm install --silent --no-audit --no-fund --no-package-lock
	@cd build/vscode && npx vsce package --allow-missing-repository --out ../../dist/reviewer-vscode.vsix

clean:  ## take the environment and caches away
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "reviewer needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make $(MAKECMDGOALS) PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

$(VENV)/docs.stamp: $(BIN)/python requirements-docs.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-docs.txt
	@touch $@

$(VENV)/record.stamp: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[record]'
	@touch $@
