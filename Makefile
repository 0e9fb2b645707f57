# What one does with this checkout; `make` alone explains itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test attacks prove fresh check fmt lock assets bench soak

help: ## Show this list
	@echo "make <target>, where <target> is one of:"
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) \
	  | while IFS='|' read -r name what; do printf '  %-8s %s\n' "$$name" "$$what"; done

setup: ## Make or refresh .venv from the lock file (the other targets call it)
	@scripts/setup

run: setup ## Start everything and print a link that signs you in; PORT=8001 chooses the port
	@scripts/provide engine pango || true
	@exec .venv/bin/assay up $(if $(PORT),--port $(PORT))

test: setup ## Run every test on real parts; ARGS="-k queue" goes to pytest
	@scripts/test $(ARGS)

attacks: setup ## Grade every attack sample, eight at a time and twice over; PASSES=1 for once
	@scripts/provide engine || true
	@ASSAY_TEST_ATTACK_PASSES=$(or $(PASSES),2) .venv/bin/python -m pytest tests/attacks/test_samples.py $(ARGS)

prove: setup ## Prove every challenge right, mutants too; ARGS=ticket-desk for one
	@scripts/provide engine || true
	@.venv/bin/assay challenge check $(or $(ARGS),--all)

fresh: setup ## Prove every challenge again with the newest FastAPI, Pydantic and Starlette; ARGS=ticket-desk for one
	@scripts/provide engine || true
	@scripts/fresh $(ARGS)

check: setup ## Format, lint, types, imports, links, locks, shell scripts: in under a minute
	@scripts/check

fmt: setup ## Format the code and mend what ruff can mend
	@.venv/bin/ruff check --fix --exit-zero --quiet .
	@.venv/bin/ruff format .

lock: ## Resolve dependencies anew and write the box's list from the result
	@scripts/uv lock
	@scripts/box-requirements > sandbox/box/requirements.txt.new
	@mv sandbox/box/requirements.txt.new sandbox/box/requirements.txt

assets: setup ## Rebuild the browser side from its own lock file (needs Node 20 or newer)
	@.venv/bin/python scripts/python_names.py > frontend/room/names.json.new
	@mv frontend/room/names.json.new frontend/room/names.json
	@cd frontend && npm ci --no-audit --no-fund && npm run build

bench: setup ## Measure grading, pages and event streams, and write bench.json; CHALLENGE=ticket-desk for another suite
	@scripts/provide engine || true
	@.venv/bin/python -m bench

soak: setup ## Hand in 200 submissions, a third hostile, and look for drift; SUBMISSIONS=50 for fewer
	@scripts/provide engine || true
	@.venv/bin/python -m bench.soak
