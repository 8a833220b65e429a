"""How long an import of 5,000 entries takes, and how much memory.

``python -m tests.benchmarks.imports``, on an empty database of its own; on PostgreSQL:
``python -m tests.servers.postgres -- python -m tests.benchmarks.imports``. The rows are made
up. No test: a machine that is busy would fail it.
"""

import cProfile
import logging
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

ROWS = int(os.environ.get("ROWS", "5000"))
HEADER = (
    "type;titre;telephone;email;adresse;code_postal;commune;latitude;longitude;pour_qui;finess\n"
)


def main() -> None:
    """Prepare the database, then measure in a process that did nothing else, as a worker's."""
    if "--here" in sys.argv:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"
        django.setup()
        logging.disable(logging.INFO)
        _measure()
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()

    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.faults.databases import copied_database

    logging.disable(logging.INFO)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, copied_database(Path(folder)) as url:
            subprocess.run(  # noqa: S603
                [sys.executable, "-m", "tests.benchmarks.imports", "--here", *sys.argv[1:]],
                env={**os.environ, "DATABASE_URL": url, "PORTAL_TEST_VAR_DIR": folder},
                check=True,
            )
    finally:
        teardown_databases(databases, verbosity=0)


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection

    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory, ResourceTypeFactory
    from tests.factories.users import member_of

    call_command("load_communes", "--departement", "13", verbosity=0)
    DirectoryPageFactory(parent=make_home())
    for code in ("GEM", "CMP", "CMPEA", "CLSM", "ASSOCIATION", "HDJ"):
        ResourceTypeFactory(code=code)
    user = member_of("Coordination")
    content = made_up(ROWS).encode()
    sys.stdout.write(f"{connection.vendor}, {ROWS} lignes, {len(content) // 1024} ko\n")
    run = _timed("envoi et lecture", lambda: _planned(content, user))
    _timed("écriture", lambda: _applied(run))
    _timed("le même fichier à nouveau", lambda: _planned(content, user))
    sys.stdout.write(f"{'mémoire du processus':30} {_memory():6.0f} Mo\n")


def _planned(content: bytes, user):
    from portal.imports.periodic_jobs import process_imports
    from portal.imports.registry import get_import_type
    from portal.imports.runs import start_import

    run = start_import(get_import_type("annuaire"), content, "annuaire.csv", {}, user)
    process_imports()
    run.refresh_from_db()
    sys.stdout.write(f"  {run.get_state_display()} {run.counts} {run.message}\n")
    return run


def _applied(run) -> None:
    from portal.imports.periodic_jobs import process_imports
    from portal.imports.runs import confirm_import

    confirm_import(run, False)
    process_imports()
    run.refresh_from_db()
    sys.stdout.write(f"  {run.get_state_display()} {run.counts} {run.message}\n")


def made_up(number: int) -> str:
    """A table of entries that do not exist, in every commune of the department."""
    from portal.geo.models import Commune

    communes = list(Commune.objects.in_department().exclude(lat=None))
    lines = [HEADER]
    for rank in range(number):
        code = ("GEM", "CMP", "CMPEA", "CLSM", "ASSOCIATION", "HDJ")[rank % 6]
        commune = communes[rank % len(communes)]
        lines.append(
            f"{code};Lieu fictif {rank};04{rank + 91_000_000:08d};lieu{rank}@exemple.example;"
            f"{rank} rue Imaginaire;{commune.postcode_list[0]};{commune.code};"
            f"{commune.lat};{commune.lon};adultes, proches;{130_100_000 + rank}\n"
        )
    return "".join(lines)


def _timed(words: str, work):
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    start, worked = time.perf_counter(), time.process_time()
    done = profile.runcall(work) if profile else work()
    lasted, worked = time.perf_counter() - start, time.process_time() - worked
    sys.stdout.write(f"{words:30} {lasted:6.1f} s, dont {worked:.1f} s de calcul\n")
    if profile:
        pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative").print_stats(45)
    return done


def _memory() -> float:
    """The most that the process took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
