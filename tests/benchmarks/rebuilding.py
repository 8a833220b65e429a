"""A rebuild of 10,000 documents, read meanwhile and killed twenty times: « make bench-rebuild ».

On the embedded engine, on SQLite and on PostgreSQL, each with a database of its own. A reader
asks twenty times a second; what is printed is how often it was refused or found less than
all, how long it waited at most, and what is left of the rebuilds that were killed. The
instants of the kills are drawn from a printed seed. It ends with 1 when a figure is not held.
"""

import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import django

from tests.servers.postgres import find_binaries, postgres

DOCUMENTS = 10_000
KILLS = 20
READS_A_SECOND = 20
SEED = 20_261_124


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as folder:
        held = _measured("SQLite", f"sqlite:///{Path(folder) / 'db.sqlite3'}")
    if (binaries := find_binaries()) is None:
        sys.stdout.write("PostgreSQL : absent\n")
        return 0 if held else 1
    with postgres(binaries) as url:
        return 0 if _measured("PostgreSQL", url) and held else 1


def _measured(name: str, database: str) -> bool:
    """Measure in a process of its own, for settings are read once; whether all was held."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.rebuilding", "measure"],
        env=_environment(database),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(
        "{name} : {kills} arrêts (graine {seed}), {reads} lectures, {errors} erreurs, {short}"
        " réponses incomplètes, lecture médiane {median:.0f} ms, la plus lente {slowest:.0f} ms,"
        " reconstruction entière {whole:.1f} s, restes après elle {spare}\n".format(
            name=name, seed=SEED, **figures
        )
    )
    sys.stdout.flush()
    return not (figures["errors"] or figures["short"] or figures["spare"])


def _environment(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }


def _measure() -> dict[str, float]:
    from django.core.management import call_command

    from search.models import IndexedDocument

    call_command("migrate", "search", verbosity=0)
    whole = _rebuild()
    over, seen = Event(), []
    reader = Thread(target=_read, args=(over, seen))
    reader.start()
    dice = random.Random(SEED)  # noqa: S311
    for _ in range(KILLS):
        _rebuild_and_kill(dice.uniform(0.5, 1 + whole))
    whole = _rebuild()
    over.set()
    reader.join()
    waits = [wait for wait, _ in seen]
    return {
        "kills": KILLS,
        "reads": len(seen),
        "errors": sum(total is None for _, total in seen),
        "short": sum(total not in (None, DOCUMENTS) for _, total in seen),
        "median": statistics.median(waits),
        "slowest": max(waits),
        "whole": whole,
        "spare": IndexedDocument.objects.count() - DOCUMENTS,
    }


def _rebuild() -> float:
    """Seconds that a rebuild takes."""
    from search.engines import embedded_engine
    from tests.benchmarks.search_corpus import documents

    start = time.perf_counter()
    embedded_engine().rebuild(documents(DOCUMENTS))
    return time.perf_counter() - start


def _rebuild_and_kill(seconds: float) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.rebuilding", "rebuild"]
    process = subprocess.Popen(command)  # noqa: S603
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read(over: Event, seen: list[tuple[float, int | None]]) -> None:
    """Ask for everything, as long as it is not over: milliseconds and how many were found."""
    from django.db import DatabaseError, connection

    from search.contracts import EngineQuery
    from search.engines import embedded_engine

    while not over.wait(1 / READS_A_SECOND):
        start = time.perf_counter()
        try:
            total = embedded_engine().search(EngineQuery()).total
        except DatabaseError:
            total = None
        seen.append(((time.perf_counter() - start) * 1000, total))
    connection.close()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    django.setup()
    logging.disable(logging.INFO)
    if sys.argv[1] == "rebuild":
        _rebuild()
    else:
        print(json.dumps(_measure()))  # noqa: T201
