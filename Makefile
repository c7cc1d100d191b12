# make run: open the worked example (without a display: write its business case to build/).
# make test: everything that a machine without a display can check.
# make soak: the same with more: killed saves, 1,000 random appraisals recomputed, ten times the random properties.
# make bench: how long things take; make bench-peers: the same sum through other libraries.
# make numpy-versions: the golden figures with other versions of numpy; make golden writes them anew.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP_RUN := $(VENV)/.run-$(shell cat requirements/run.txt | cksum | cut -d' ' -f1)
STAMP_TEST := $(VENV)/.test-$(shell cat requirements/run.txt requirements/test.txt | cksum | cut -d' ' -f1)
PEERS := build/peers
STAMP_PEERS := $(PEERS)/.stamp-$(shell cat requirements/peers.txt | cksum | cut -d' ' -f1)
EXAMPLE := build/worked-example.appraisal
REPORT := build/worked-example.pdf

.PHONY: run test check lint types contracts tests soak bench bench-peers numpy-versions golden pictures lock clean

run: $(STAMP_RUN)
	@mkdir -p build
	@$(BIN)/python -m appraise new worked-example $(EXAMPLE) --replace
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  sh scripts/system-packages window && $(BIN)/python -m appraise $(EXAMPLE); \
	else \
	  $(BIN)/python -m appraise report $(EXAMPLE) -o $(REPORT) && echo "No display here, so the business case was written to $(REPORT)"; \
	fi

test: $(STAMP_TEST) lint types contracts tests

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types:
	@$(BIN)/mypy

contracts:
	@$(BIN)/lint-imports

tests:
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2

soak: $(STAMP_TEST)
	@APPRAISE_SOAK=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2

bench: $(STAMP_TEST)
	@OPENBLAS_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

# Other libraries live in an environment of their own; what cannot be installed is said to be missing.
bench-peers: $(STAMP_PEERS)
	@OPENBLAS_NUM_THREADS=1 $(PEERS)/bin/python -m tests.benchmarks.peers

$(STAMP_PEERS): requirements/peers.txt
	@[ -x $(PEERS)/bin/python ] || $(PYTHON) -m venv $(PEERS)
	@grep -v '^#' $< | while read -r package; do \
	  $(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check "$$package" || echo "$$package is not to be had here"; \
	done
	@touch $@

numpy-versions:
	@PYTHON=$(PYTHON) sh scripts/numpy-versions

golden: $(STAMP_TEST)
	@$(BIN)/python -m tests.published.golden.figures

pictures: $(STAMP_TEST)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python scripts/pictures.py

lock: $(STAMP_TEST)
	@sh scripts/lock

clean:
	rm -rf $(VENV) build

$(STAMP_RUN): requirements/run.txt
	@sh scripts/system-packages run
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(STAMP_TEST): requirements/run.txt requirements/test.txt
	@sh scripts/system-packages test
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/test.txt
	@touch $@
