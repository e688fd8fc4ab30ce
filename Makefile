# make run: everything from nothing to the app. make test: the whole fast suite. Nothing else to install or answer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEVSTAMP := $(VENV)/.installed-dev
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: run test check bench soak lock clean

run: $(STAMP)
	@$(BIN)/python pipeline.py sample --if-empty
	@$(BIN)/python -m pages.shell.serve

test: $(DEVSTAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(DEVSTAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r app.py pipeline.py pages analytics data

# NATIONAL=folder: also times every view on the national sample, which is made there if it is not there yet
bench: $(DEVSTAMP)
	$(BIN)/python -m tests.benchmark $(if $(NATIONAL),--national $(NATIONAL))

soak: $(DEVSTAMP)
	$(BIN)/python -m tests.benchmark --soak
	$(BIN)/python -m pytest -m soak -o addopts=""

lock: $(DEVSTAMP)
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

$(STAMP): requirements.txt
	@began=$$(date +%s); \
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Alongside needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which to use: make run PYTHON=python3.11")' && \
	echo "Installing, once ..." && \
	$(PYTHON) -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt && \
	touch $(STAMP) && echo "Installed in $$(( $$(date +%s) - began )) seconds."

$(DEVSTAMP): $(STAMP) requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && touch $(DEVSTAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
