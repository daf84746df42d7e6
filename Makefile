# 全新机器上只需要 Python 3.11 以上；两条命令：make demo，make test。
# A fresh machine needs Python 3.11 or later and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FILES ?= sample_filings/clean/department.txt sample_filings/clean/unit.txt

.PHONY: demo test check mutate bench docs clean

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

demo: $(READY)  ## audit the sample filings; leaves gouji-audit.html
	$(BIN)/gouji audit sample_filings -o html=gouji-audit.html -o json=gouji-audit.json || test $$? -eq 1
	@echo
	$(BIN)/gouji audit sample_filings/defects/total-in-child -o console || test $$? -eq 1
	@echo
	@echo "报告 / report: $(CURDIR)/gouji-audit.html"

test: $(READY)  ## all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY)  ## linters, types, import contracts, generated files
	$(BIN)/ruff check checker tests sample_filings benchmarks
	$(BIN)/ruff format --check checker tests sample_filings benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/gouji rules lint
	$(BIN)/gouji layouts lint
	$(BIN)/gouji rules docs --check
	$(BIN)/gouji rules mutate --check
	$(BIN)/python sample_filings/generate.py --check

mutate: $(READY)  ## what is noticed when cases are misprinted (rule by rule), and digits of FILES in tables and sentences
	$(BIN)/gouji rules mutate
	$(BIN)/python -m tests.mutate $(FILES)
	$(BIN)/python -m tests.mutate_prose $(FILES)

bench: $(READY)  ## speed and memory, against peers in the same run
	$(BIN)/python -m benchmarks

docs: $(READY)  ## rewrite generated documents
	$(BIN)/gouji rules docs
	$(BIN)/gouji rules mutate --write
	$(BIN)/python -c "from checker.contract.schema import json_schema; open('reports/schema/audit-1.json', 'wb').write(json_schema())"

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache gouji-audit gouji-audit.html gouji-audit.json
