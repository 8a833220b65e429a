# « make help » dit ce que chaque commande fait.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# A Python that may not keep what it compiled compiles Django anew in each process.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
DEPARTEMENT ?= 13
PORT ?= 8000

BOOTSTRAP := $(PYTHON) -m portal.bootstrap
BIN := .venv/bin
# Two test processes: what a small machine has. « make test-sqlite ARGS="-k mot" » narrows a run.
WORKERS ?= 2
ARGS ?=
SEED := $(or $(SEED),$(shell date +%s))
# A file stays in one process: what its tests set up once, they set up once.
PYTEST := -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=25 -m "not browser"
# What depends on the libraries rather than on what the portal does: tried with the LTS on SQLite too.
EVERYWHERE := tests/base tests/cache tests/contracts tests/faults tests/files tests/forms tests/text
# What looks at the code without running it, and the migrated databases that tests copy.
STATIC := lint types imports checks migrations
DATABASES := database-sqlite database-postgres database-wagtail8

.PHONY: help run password test tools lint format types imports checks migrations $(DATABASES) \
	test-sqlite test-random test-postgres test-search-servers test-wagtail8 test-browser test-install screenshots \
	score-search audit sbom bench bench-readers bench-directory bench-pages bench-search bench-rebuild bench-letter bench-imports bench-exports bench-archive \
	test-cluster test-container clean

help: ## Lister les commandes
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1|/' | \
		while IFS='|' read -r name text; do printf '%-22s %s\n' "$$name" "$$text"; done

run: ## Préparer et servir le portail (DEPARTEMENT=59, PORT=8001)
	@$(BOOTSTRAP) run --departement "$(DEPARTEMENT)" --port "$(PORT)"

password: ## Donner un nouveau mot de passe au compte de coordination
	@$(BOOTSTRAP) password --departement "$(DEPARTEMENT)"

# Everything on PostgreSQL with the LTS, everything on SQLite with the next Wagtail; on SQLite with
# the LTS, which the browser visits, only what depends on them, in an order drawn by lot.
test: ## Tout vérifier : style, types, couches, réglages, migrations, tous les essais
	@$(MAKE) tools
	@$(MAKE) -j $(WORKERS) -Otarget $(STATIC) $(DATABASES)
	@echo "── make test-random"; $(MAKE) test-random ARGS="$(EVERYWHERE) $(ARGS)"
	@for target in test-wagtail8 test-postgres test-search-servers test-browser; do \
		echo "── make $$target"; $(MAKE) $$target; \
	done
	@echo "── make test-install"; $(MAKE) test-install ARGS='-k "not second_department and not certbot"'

tools: ## Installer ce qu’il faut pour vérifier
	@$(BOOTSTRAP) tools

lint: tools ## Style du code et des gabarits
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet

format: tools ## Mettre le code en forme
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

types: tools ## Types (mypy)
	@$(BIN)/mypy .

imports: tools ## Qui peut importer qui (import-linter)
	@$(BIN)/lint-imports

checks: tools ## Contrôles de Django, et ceux de la mise en production
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py check --fail-level WARNING
	@set -a; . portal/deploy/production.env.example; \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		PORTAL_HASH_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

migrations: tools ## Aucune migration oubliée
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

database-sqlite: tools
	@$(BIN)/python -m tests.template_database

database-postgres: tools
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m tests.template_database

database-wagtail8: tools
	@$(BOOTSTRAP) wagtail8
	@.venv-wagtail8/bin/python -m tests.template_database

test-sqlite: tools ## Essais sur SQLite
	@$(BIN)/python $(PYTEST) $(ARGS)

test-random: tools ## Les mêmes, dans un ordre tiré au hasard (SEED=1234 : le même ordre)
	@echo "SEED=$(SEED)"
	@$(BIN)/python $(PYTEST) -p randomly --randomly-seed=$(SEED) $(ARGS)

test-postgres: tools ## Les mêmes sur PostgreSQL, démarré dans un dossier temporaire
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.servers.postgres -- $(BIN)/python $(PYTEST) $(ARGS)

test-search-servers: tools ## Le contrat des moteurs sur Elasticsearch et OpenSearch, démarrés à part
	@$(BOOTSTRAP) search-servers
	@$(BIN)/python -m tests.servers.elasticsearch -- \
		$(BIN)/python -m tests.servers.opensearch -- \
		$(BIN)/python $(PYTEST) tests/contracts tests/search/test_demonstration_score.py -k "elasticsearch or opensearch" $(ARGS)

# Killed processes and full disks are the database's affair: on each of both, once.
test-wagtail8: tools ## Les mêmes avec Wagtail 8
	@$(BOOTSTRAP) wagtail8
	@.venv-wagtail8/bin/python $(PYTEST) -p no:cacheprovider --ignore=tests/faults $(ARGS)

test-browser: tools ## Essais dans un vrai navigateur, sur le contenu de démonstration
	@$(BOOTSTRAP) chromium
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=25 -m browser tests/browser $(ARGS)

# Skipped, with the reason, where another system cannot be mounted. « make test » leaves out the
# second department, which installs once more, and certbot, which brings twenty packages.
test-install: tools ## L’installation, dans un Debian nu qui ne vit que le temps de l’essai
	@$(BOOTSTRAP) debootstrap || true
	@PORTAL_TEST_INSTALL=1 $(BIN)/python -m pytest -q -x -rs --durations=10 tests/install $(ARGS)

screenshots: tools ## Refaire les images du README, pendant que « make run » sert le portail
	@$(BIN)/python -m tests.browser.screenshots "http://127.0.0.1:$(PORT)/"

# « make bench SIZES="0 2000" DATABASES=sqlite MOMENTS=jour ROUNDS=5 »; what is left out is said.
bench: tools ## Mesurer les pages à trois tailles : refaites, gardées, derrière nginx, sur les deux bases
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.benchmarks.site

bench-readers: tools ## Mesurer l’attente de vingt lecteurs pendant une publication, un export… (SIZE=30000)
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.benchmarks.readers

bench-directory: tools ## Mesurer la liste de l’annuaire, de 50 à 2 000 fiches
	@$(BIN)/python -m tests.benchmarks.directory

# On the content that « make run » serves, or on what DATABASE_URL names.
bench-pages: tools ## Mesurer ce que coûte chaque page, faite et gardée, en visites d’une page « hello »
	@PORTAL_DEPARTEMENT="$(DEPARTEMENT)" PORTAL_VAR_DIR="$${PORTAL_VAR_DIR:-$(CURDIR)/var/$(DEPARTEMENT)}" \
		$(BIN)/python -m tests.benchmarks.pages

# « make score-search FILE="a.jsonl b.jsonl" », on the content that « make run » serves. With
# ARGS=--families: also what is seen of danger in wordings that the model has not learnt (a minute).
score-search: tools ## Noter la recherche sur un fichier de questions (FILE=…)
	@test -n "$(FILE)" || { echo "Dites quel fichier : make score-search FILE=questions.jsonl"; exit 2; }
	@PORTAL_DEPARTEMENT="$(DEPARTEMENT)" PORTAL_VAR_DIR="$(CURDIR)/var/$(DEPARTEMENT)" \
		$(BIN)/python manage.py score_search $(ARGS) $(FILE)

bench-search: tools ## Mesurer la recherche parmi 30 000 fiches (ARGS=--large : 300 000 aussi)
	@$(BOOTSTRAP) postgres
	@$(BOOTSTRAP) search-servers
	@$(BIN)/python -m tests.benchmarks.search $(ARGS)

bench-rebuild: tools ## Refaire l’index de recherche en l’interrompant vingt fois, un lecteur à côté
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.benchmarks.rebuilding

bench-letter: tools ## Mesurer l’envoi de la lettre, contre une simple boucle et devant 50 000 adresses
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.benchmarks.letter

bench-imports: tools ## Mesurer l’import de 5 000 fiches, du tableau et de FINESS
	@$(BIN)/python -m tests.benchmarks.imports
	@$(BIN)/python -m tests.benchmarks.finess

bench-exports: tools ## Mesurer la mémoire des exports devant 30 160 fiches
	@$(BIN)/python -m tests.benchmarks.exports

test-container: tools ## Construire le conteneur avec buildah et lui demander s’il vit
	@$(BIN)/python -m tests.install.container

test-cluster: tools ## Tuer un des trois serveurs de recherche sous la charge, avec PostgreSQL, Redis et un seau S3
	@$(BOOTSTRAP) postgres
	@$(BOOTSTRAP) search-servers
	@$(BIN)/python -m tests.benchmarks.cluster

bench-archive: tools ## Secondes par Go pour sauvegarder et restaurer un Go d’images, sur les deux bases
	@$(BOOTSTRAP) postgres
	@$(BIN)/python -m tests.benchmarks.archive

audit: tools ## Comparer les bibliothèques aux avis de sécurité publiés (Internet) et dater la réponse
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py audit_libraries

sbom: tools ## Écrire la liste des composants (CycloneDX) dans var/composants.cdx.json
	@mkdir -p var
	@$(BIN)/uv export --quiet --frozen --offline --no-dev --all-extras --format cyclonedx1.5 --output-file var/composants.cdx.json

clean: ## Retirer les environnements Python (les données de var/ restent)
	rm -rf .venv .venv-wagtail8 .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
