# Two commands set everything up: `make run` does the main job, `make test` passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test check bench soak audit docs lock clean

run: $(VENV)/.run
	@$(BIN)/sekisho decide examples/patriot-2023-12-22.yaml

# The pages are tested in Debian's chromium with axe-core from npm, the store also in Debian's PostgreSQL; what is absent is told.
test: $(VENV)/.dev $(VENV)/.spark $(if $(shell command -v npm),$(VENV)/.browser)
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal

# Lint, types, import contracts and the fast tests: under a minute.
check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

# The longest sweep has 50,000,000 rows and takes a quarter of an hour; BENCH_SMALL=1 leaves it at 3,000,000.
bench: $(VENV)/.bench $(VENV)/.spark
	$(BIN)/python -m benchmarks $(if $(BENCH_SMALL),,--large)

# The readers against one another on 200,000 generated cases, in some 15 minutes; SPARK= leaves Spark out. Then 200 servers
# of the desk are killed while they are written to, over each store, in some 20 minutes; and for another 20 the whole API is
# put to the test by its own document.
SPARK ?= --spark
soak: $(VENV)/.dev $(VENV)/.spark
	$(BIN)/python -m tests.soak 200000 $(SPARK)
	$(BIN)/python -m tests.soak_desk 200
	SEKISHO_SCHEMA_SECONDS=1200 $(BIN)/pytest -s tests/desk/test_schema.py

# The locked versions against published advisories; it fails where one cannot be looked up (docs/serving.md).
audit: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.10,<3'
	$(BIN)/pip-audit --strict --disable-pip --no-deps -r requirements.lock

# What is generated from the code and the law: the vocabulary, the commands, the list of provisions.
docs: $(VENV)/.dev
	$(BIN)/python -m tests.generated_docs

$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

$(VENV)/.spark: $(VENV)/.dev requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	@touch $@

# What the browser tests need besides Python and Debian's chromium.
$(VENV)/.browser: $(VENV)/.dev tests/desk/package.json tests/desk/package-lock.json
	npm ci --prefix tests/desk --no-audit --no-fund --silent
	@touch $@

lock: $(VENV)/.dev
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra desk --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra desk --extra dev --output-file requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra desk --extra bench --output-file requirements-bench.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra desk --extra spark --output-file requirements-spark.lock pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
