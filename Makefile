# What a person types. The first run of any target sets up what it needs; later runs find their stamps and start in seconds.
#   make demo    the service with its demonstration, on http://127.0.0.1:8000/      make demo PORT=9000    elsewhere
#   make test    the whole suite      make test ARGS="tests/consult -x"    a part of it
#   make lint    style, format, types, migrations, production settings
#   make run     serve without loading the demonstration      make bench    the benchmarks
#   make messages    after changing words that pages say: gather them for locale/, and compile what is translated
#   make lock    after changing a pin: write the lock files again

PORT ?= 8000
export PORT
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
DATA := $(or $(CONSULT_DATA_DIR),var)
ARGS ?=

# The first of these that is Python 3.11 or newer; asked only when the environment is made.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: setup demo run test bench lint lock messages
.DELETE_ON_ERROR:

setup: $(VENV)/.service .assets/.collected
	@:

demo: setup
	@$(MANAGE) migrate --verbosity 0
	@test -z "$(EQUALITY_DATABASE_URL)" || $(MANAGE) migrate --database equality --verbosity 0
	@test -f "$(DATA)/demo-credentials.json" || $(MANAGE) seed_demo
	@$(MANAGE) keep_paper_forms --quiet
	@exec $(MANAGE) up --demo --port $(PORT)

run: setup
	@exec $(MANAGE) up --port $(PORT)

test: $(VENV)/.tests .assets/.collected
	@$(BIN)/python -m pytest -n 2 $(ARGS)

bench: $(VENV)/.tests .assets/.collected
	@$(BIN)/python -m tests.bench $(ARGS)

lint: $(VENV)/.tests .assets/.collected
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(find templates -name '*.html')
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	@echo "manage.py check --deploy, in the production profile with throw-away keys"
	@secret() { $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))'; }; folder=$$(mktemp -d); \
	trap 'rm -rf "$$folder"' EXIT; \
	env -u DATABASE_URL -u EQUALITY_DATABASE_URL CONSULT_ENV=production CONSULT_DATA_DIR="$$folder" \
		CONSULT_SECRET_KEY="$$(secret)" CONSULT_MASTER_KEY="$$(secret)" CONSULT_ALLOWED_HOSTS=consult.example \
		CONSULT_BASE_URL=https://consult.example CONSULT_EMAIL_URL= $(MANAGE) check --deploy --fail-level WARNING

lock: $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/uv pip compile --quiet --no-header --no-annotate --generate-hashes --universal --python-version 3.11 \
		requirements.txt --output-file .ci/service.lock
	@$(BIN)/uv pip compile --quiet --no-header --no-annotate --generate-hashes --universal --python-version 3.11 \
		.ci/requirements.txt --output-file .ci/tests.lock

messages: setup
	@command -v xgettext >/dev/null || { echo "GNU gettext is needed. On Debian: apt-get install gettext" >&2; exit 1; }
	@$(MANAGE) makemessages --locale cy --locale pl --locale ur --add-location file --no-obsolete --ignore .venv --ignore node_modules --ignore var --ignore tests
	@$(MANAGE) compilemessages --ignore .venv --ignore node_modules --ignore var --ignore tests

# Stamps ---------------------------------------------------------------------------------------------------------------
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv and pip are needed. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the Python environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.service: .ci/service.lock | $(BIN)/python
	@echo "Installing what the service needs"
	@$(PIP_INSTALL) -r .ci/service.lock
	@touch $@

$(VENV)/.tests: .ci/tests.lock $(VENV)/.service
	@echo "Installing what the tests need"
	@$(PIP_INSTALL) -r .ci/tests.lock
	@touch $@

node_modules/.fetched: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node 18 or newer, with npm, is needed. On Debian: apt-get install npm" >&2; exit 1; }
	@echo "Fetching front-end files"
	@npm ci --ignore-scripts --silent
	@touch $@

.assets/.collected: node_modules/.fetched consult/assets.py $(shell find consult/static -type f) | $(VENV)/.service
	@$(MANAGE) build_assets --quiet
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
