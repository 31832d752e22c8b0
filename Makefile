# The first "make" gets what is needed into .venv/ and builds the site.
# "make help" lists the rest.

PYTHON ?= python3
RUN := .venv/bin/python

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.PHONY: help build check serve test torture browser nginx bench schema mistakes picture lock clean

help: ## list what make can do
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 16

build: .venv/.ready ## check the site and write it to dist/
	@$(RUN) build.py

check: .venv/.ready ## check the site, write nothing
	@$(RUN) build.py check

serve: .venv/.ready ## see the site at http://127.0.0.1:8000/ while you edit
	@$(RUN) build.py serve

test: .venv/.ready-to-test browser nginx ## run every check of the code and of the site
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(RUN) -m check_jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.venv/bin/zizmor --quiet --offline .github/workflows
	$(RUN) -m pytest --numprocesses auto --ignore tests/browser --ignore tests/risks
	$(RUN) -m pytest tests/risks
	$(RUN) -m pytest tests/browser

torture: .venv/.ready-to-test nginx ## try the risks of publishing for longer: more kills, more builds, files that hold anything
	TORTURE=1 $(RUN) -m pytest tests/risks
	EXAMPLES=5000 $(RUN) -m pytest --numprocesses auto tests/test_anything.py

# The pages are tried in a real browser: the one that is there, else Debian's.
browser: .venv/.ready-to-test
	@$(RUN) -m tests.browser.chromium >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -qq --yes chromium >/dev/null; \
	  $(RUN) -m tests.browser.chromium >/dev/null; }

# The site is tried under nginx: the one that is there, else Debian's, which is not to start as a service.
nginx: .venv/.ready-to-test
	@$(RUN) -m tests.risks.nginx >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && sh -c '$(GET_NGINX)'; \
	  $(RUN) -m tests.risks.nginx >/dev/null; }

define GET_NGINX
asked=/usr/sbin/policy-rc.d; \
[ -e $$asked ] || { printf "#!/bin/sh\nexit 101\n" > $$asked; chmod 755 $$asked; trap "rm $$asked" EXIT; }; \
apt-get update -qq && apt-get install -qq --yes nginx libnginx-mod-http-brotli-static >/dev/null
endef

bench: .venv/.ready ## measure it beside other generators, for minutes; they go into .bench_cache/
	@$(RUN) -m bench.compare --write

schema: .venv/.ready ## write the JSON Schemas that editors read anew
	@for kind in site page section faq; do $(RUN) build.py schema $$kind > .vscode/$$kind.schema.json; done

mistakes: .venv/.ready-to-test ## write MISTAKES.md anew, from the tests
	@$(RUN) -m tests.mistakes

picture: .venv/.ready-to-test browser ## take the picture of the page in README anew
	@$(RUN) -m tests.browser.picture

# Hashes, and no address of the place that they were read from.
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

lock: ## write requirements.txt and requirements-dev.txt anew, after a change of pyproject.toml
	@command -v uv >/dev/null || { echo "uv is needed: https://docs.astral.sh/uv/getting-started/installation/" >&2; exit 1; }
	@$(LOCK) --extra serve --extra compress --output-file requirements.txt
	@$(LOCK) --all-extras --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what building and testing made; .venv/ stays
	rm -rf dist dist.manifest.json dist.unfinished.json dist.last.json dist.cache dist.lock .bench_cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# Exact versions, each with its hash; nothing else is installed.
INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement

.venv/.ready: requirements.txt .venv/bin/python
	$(INSTALL) requirements.txt
	@touch $@

.venv/.ready-to-test: requirements-dev.txt .venv/.ready
	$(INSTALL) requirements-dev.txt
	@touch $@

# A .venv that was moved, or whose Python is gone, is made again.
ifneq ($(shell $(RUN) -c 'import pip; print("sound")' 2>/dev/null),sound)
.PHONY: .venv/bin/python
endif

.venv/bin/python:
	@rm -rf .venv
	@sh -c '$(MAKE_VENV)'

# Python's venv is a package of its own on Debian and Ubuntu: installed where
# that is allowed, named where it is not.
define MAKE_VENV
for python in $(PYTHON) python3.13 python3.12 python3.11; do \
  "$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && break; \
  python=; \
done; \
if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed: https://www.python.org/downloads/" >&2; exit 1; fi; \
if ! "$$python" -c "import ensurepip, venv" 2>/dev/null; then \
  package=$$("$$python" -c "import sys; print(\"python%d.%d-venv\" % sys.version_info[:2])"); \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    apt-get update -qq && apt-get install -qq --yes "$$package"; \
  else \
    echo "Python cannot make a virtual environment yet. Install it first: sudo apt install $$package" >&2; exit 1; \
  fi; \
fi; \
exec "$$python" -m venv .venv
endef
