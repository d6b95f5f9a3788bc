# Everything here runs from a fresh clone with Python 3.11 or newer, git and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench docs wheel upgrade clean

# The first Python on the path that is new enough and can make virtual environments; `make setup PYTHON=…` picks one.
PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$one" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$one"; break; }; done)

BIN := .venv/bin
READY := .venv/.ready
JOBS ?= 2

help:  ## show what there is
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile | expand -t 10

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer (with venv and pip) was not found: make setup PYTHON=/path/to/python" >&2; exit 1; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt setuptools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e ".[dev]"
	@touch $(READY)

setup: $(READY)  ## make .venv with kl226 and everything the tests need

demo: $(READY)  ## add the sample library, check a copying and a good draft, write pages to demo-output/
	$(BIN)/python corpus_samples/demo.py demo-output

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest -n $(JOBS)

check: $(READY)  ## linters, types, layers, then all tests
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory test

.PHONY: lint
lint: $(READY)  ## linters, types and layers alone
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## measure speed on this machine
	$(BIN)/python benchmarks/speed.py

docs: $(READY)  ## write anew what the docs take from the program: commands, options, the demonstration
	$(BIN)/python docs/generate.py

wheel: $(READY)  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

upgrade: $(READY)  ## write constraints.txt anew with the newest versions pyproject.toml allows
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --no-build-isolation -e ".[dev]"
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --all --exclude-editable | sed '/^pip==/d; s/+cpu$$//'; } > constraints.new
	mv constraints.new constraints.txt

clean:  ## remove what make made
	rm -rf .venv build dist demo-output *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
