# One command each. `make serve` and `make test` set up everything they need.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := subjects widgets kernels grading server
SERVE_ARGS ?=
TEST_ARGS ?=
# One more than cores: many tests wait for a page or a clock.
WORKERS ?= 3

.PHONY: serve lab test check sync bench browser clean

serve: .venv/.ready
	@exec $(BIN)/manabiba serve $(SERVE_ARGS)

lab: .venv/.ready
	@exec $(BIN)/manabiba lab

test: .venv/.ready-to-test browser
	$(BIN)/pytest tests $(PACKAGES) courses --nbval-lax -n $(WORKERS) --dist loadfile $(TEST_ARGS)

check: .venv/.ready-to-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m manabiba_grading courses

# Edit either the .md or the .ipynb of a lesson, then bring the other one up to date.
sync: .venv/.ready-to-test
	$(BIN)/jupytext --sync courses/*/*.ipynb

bench: .venv/.ready-to-test browser
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/autograde.py --n 12
	$(BIN)/python benchmarks/visitors.py --n 20
	$(BIN)/python benchmarks/readers.py --n 1000
	$(BIN)/python benchmarks/evening.py --n 20 --minutes 1

browser:
	@sh deploy/browser.sh

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.ready: pyproject.toml constraints.txt
	@sh deploy/setup.sh "$(PYTHON)" .
	@touch $@

.venv/.ready-to-test: pyproject.toml constraints.txt
	@sh deploy/setup.sh "$(PYTHON)" ".[test]"
	@touch .venv/.ready $@
