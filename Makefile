# make run: start everything. make test: test everything. Both do all their own set-up.
.DEFAULT_GOAL := run
PYTHON := .venv/bin/python

.PHONY: run test check bench setup setup-test lock messages screens clean

run: ## build what is missing, start everything, print the address and demo logins
	@sh scripts/setup.sh run
	@exec $(PYTHON) -m manabiya.site.launcher

test: setup-test ## every test, journeys in a real browser included
	$(PYTHON) -m pytest $(TESTS)

check: setup-test ## style, types, floors, migrations, templates, translations
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy manabiya
	.venv/bin/lint-imports
	$(PYTHON) -m manabiya makemigrations --check --dry-run
	$(PYTHON) -m manabiya check-templates
	$(PYTHON) -m manabiya check-translations

bench: setup-test ## every benchmark (or BENCH="name …"), each printing figure and goal; docs/figures.md
	@$(PYTHON) -m bench.ruler $(BENCH)

setup:
	@sh scripts/setup.sh run

setup-test:
	@sh scripts/setup.sh test

lock: ## write the hash locks anew from requirements/*.in and frontend/package.json
	@sh scripts/lock.sh

messages: ## collect new texts for translation
	$(PYTHON) -m manabiya makemessages -l en -l ja_SIMPLE --no-location

screens: setup-test ## pictures of every key page, for the README and the guides
	$(PYTHON) scripts/screens.py

clean:
	rm -rf .venv .stamps frontend/node_modules manabiya/kernel/ui/static/ui manabiya/kernel/pdf/fonts
