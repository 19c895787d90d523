# Each target does all the set-up that it needs: `make run` and `make test` work on a fresh checkout.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= data
PORT ?= 8088
# Annotations and their articles, to which the confidence of events is fitted.
SHARED ?= ../shared
GOLD ?= seeds/gold:seeds/articles benchmarks/sets/events/gold:benchmarks/sets/events/articles.jsonl \
	$(if $(wildcard $(SHARED)/gold),$(SHARED)/gold/seeds:$(SHARED)/seeds \
	$(SHARED)/gold/dev:$(SHARED)/gold/dev/articles.jsonl $(SHARED)/gold/own:$(SHARED)/gold/own/articles.jsonl)
# A scalar macro is an expression and no statement, which is all that sqlfluff reads.
EXPRESSIONS := $(patsubst %,warehouse/sql/macros/%.sql,event_summary names overlaps period)
SQL := $(filter-out $(EXPRESSIONS),$(wildcard warehouse/sql/*/*.sql warehouse/report/sql/*.sql pipelines/sql/*.sql))
# The SQL of a data set of the dashboards stands in its YAML.
DATASETS := $(patsubst bi/superset/assets/datasets/%.yaml,$(VENV)/datasets/%.sql,$(wildcard bi/superset/assets/datasets/*.yaml))
UV_PIN := uv==0.13.9
# Where this is set, every process compiles every library anew: fifteen seconds of each `parley run` in the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install browser readers superset run test test-full lint dictionary dev lock wheel confidence bench clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# uv lives in an environment of its own, so that syncing the project's cannot remove it.
.tools/bin/uv:
	@python=$$(./bin/find-python) && "$$python" -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check $(UV_PIN)

$(VENV)/.installed: requirements-dev.lock pyproject.toml .tools/bin/uv
	@test -x $(BIN)/python || .tools/bin/uv venv --quiet --python "$$(./bin/find-python)" $(VENV)
	@.tools/bin/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@.tools/bin/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# An environment beside the project's, from the lock that the target names first.
define locked
test -x $(@D)/bin/python || .tools/bin/uv venv --quiet --python "$$(./bin/find-python)" $(@D)
.tools/bin/uv pip sync --quiet --python $(@D)/bin/python --require-hashes $<
touch $@
endef

install: $(VENV)/.installed ## set up the virtual environment from the lock

browser: ## install Chromium and pdftotext from Debian's packages, where there are none: the slow tests look at pages
	@{ command -v chromium && command -v chromedriver && command -v pdftotext; } >/dev/null || { \
	    sudo=$$(command -v sudo || true); $$sudo apt-get update -q && \
	    $$sudo apt-get install -y -q --no-install-recommends chromium chromium-driver poppler-utils; }

run: install ## run the main job on the sample articles
	@$(BIN)/parley run --home $(HOME_DIR)

test: install ## tests within five minutes
	@$(BIN)/pytest -n 2 --dist loadfile -m "not slow" --cov --cov-report=term:skip-covered

# Readers bring a DuckDB of their own, older or newer than the project's: each in an environment of its own.
.tools/readers-%/.installed: tests/readers/duckdb-%.lock .tools/bin/uv
	@$(locked)

readers: .tools/readers-1.5/.installed .tools/readers-2.0/.installed ## install DuckDB 1.5 and 2.0 as readers have them

# The tests of a group are run by one worker: what they share is started once.
test-full: install readers .tools/superset/.installed ## the slow tests: every kill, runs at once, the wheel, Superset, speed
	@$(BIN)/pytest -n 2 --dist loadgroup -m slow
	@$(BIN)/python -m benchmarks.suite small

lint: install $(VENV)/.sql-linted ## ruff, the strict type checker and sqlfluff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Parsing a file of SQL takes half a second: a file that has passed is looked at again only once it has changed.
$(VENV)/.sql-linted: $(SQL) $(DATASETS) pyproject.toml | $(VENV)/.installed
	@$(BIN)/sqlfluff lint --config pyproject.toml --processes 2 --nocolor --disable-progress-bar \
		$(filter %.sql,$(if $(filter pyproject.toml,$?),$^,$?))
	@touch $@

$(VENV)/datasets/%.sql: bi/superset/assets/datasets/%.yaml | $(VENV)/.installed
	@mkdir -p $(@D)
	@$(BIN)/python -c 'import sys, yaml; print(yaml.safe_load(sys.stdin)["sql"])' < $< > $@ || { rm $@; false; }

dictionary: install ## write docs/dictionary.md from the tables, views and vocabulary
	@$(BIN)/python -m warehouse.dictionary docs/dictionary.md

dev: install ## Dagster's web page on http://127.0.0.1:3000
	@$(BIN)/parley dev --home $(HOME_DIR)

# Superset asks for older pandas, NumPy and SQLAlchemy than Parley: in an environment of its own.
.tools/superset/.installed: bi/superset/requirements.lock .tools/bin/uv
	@$(locked)

superset: .tools/superset/.installed ## Apache Superset with our dashboards on http://127.0.0.1:8088 (PORT=, HOME_DIR=, NEW_PASSWORDS=1)
	@.tools/superset/bin/python -m bi.superset --home $(HOME_DIR) --port $(PORT) $(if $(NEW_PASSWORDS),--new-passwords)

lock: .tools/bin/uv ## resolve the dependencies anew
	@.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --constraints constraints.txt --extra build pyproject.toml -o requirements.lock
	@.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --constraints constraints.txt --all-extras pyproject.toml -o requirements-dev.lock
	@for version in 1.5 2.0; do \
		.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.12 \
			tests/readers/duckdb-$$version.in -o tests/readers/duckdb-$$version.lock; \
	done
	@.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.12 \
		bi/superset/requirements.in -o bi/superset/requirements.lock

wheel: install ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

confidence: install ## fit confidence to the gold, and write to the docs how reliable it is
	@$(BIN)/python -m benchmarks.confidence $(GOLD) --fit seeds/reference/confidence.csv --docs docs/events.md

SIZE ?= small

bench: install ## measure speed and memory, and compare with what is expected (SIZE=small|full)
	@$(BIN)/python -m benchmarks.suite $(SIZE)

clean: ## remove the environments and caches, not the data
	@rm -rf $(VENV) .tools build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
