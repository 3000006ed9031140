# For developers. `make` prints every command; users need only ./ikrar.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
export PYTHONPATH := src

.PHONY: help prepare check lint types imports languages test bare-12 bare-13 shots pictures

help:  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*  ## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'

prepare:  ## packages, front end and languages, as ./ikrar test prepares them
	./ikrar test --version >/dev/null

check: prepare lint types imports languages test  ## all that must pass

lint:  ## style and small mistakes
	$(PYTHON) -m ruff check .

types:  ## mypy, strict
	$(PYTHON) -m mypy src

imports:  ## who may import whom (docs/architecture.md, section 2)
	.venv/bin/lint-imports

languages:  ## no sentence without its Indonesian
	$(PYTHON) scripts/languages.py check

test:  ## the whole test suite, in the same set-up as a newcomer's
	./ikrar test

bare-12:  ## demo and tests from a clean clone in a bare Debian 12, as root and as an ordinary user (root, debootstrap)
	scripts/bare.sh bookworm

bare-13:  ## the same in a bare Debian 13
	scripts/bare.sh trixie

shots:  ## every page at 360 and 1280 px, from a running demo, into shots/
	$(PYTHON) scripts/shots.py shots

pictures:  ## the pictures of the README, from a running demo
	$(PYTHON) scripts/pictures.py
