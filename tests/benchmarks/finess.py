"""What an import of 5,000 establishments of FINESS costs: « python -m tests.benchmarks.finess ».

Prints the time of a trial, of the import, and of the same file again, with the memory of the
process at its highest; then how long a national file goes by. No test: a machine that is busy
would fail it. The lines are those of a real extract with other numbers, when it is there.
"""

import io
import itertools
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django

ROWS, ELSEWHERE = 5000, 200_000
_HERE = Path(__file__).parents[1]
_REAL = _HERE.parents[1] / "shared" / "data" / "finess_31_extrait_ancien_format.csv"
_MADE_UP = _HERE / "resources" / "data" / "finess_507.csv"
_KEPT = {"156", "189", "197", "292", "425"}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()

    import logging

    from django.test.utils import (
        override_settings,
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    logging.disable(logging.INFO)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # Its own locks: what else runs on this machine is not waited for.
        with tempfile.TemporaryDirectory() as folder, override_settings(VAR_DIR=Path(folder)):
            _measure()
    finally:
        teardown_databases(databases, verbosity=0)


def _measure() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from portal.base.imports.applying import apply_import
    from portal.base.imports.planning import plan_import
    from resources.finess.rows import read_finess
    from resources.finess.target import FinessTarget
    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory
    from tests.resources.finess_world import make_types

    path = _REAL if _REAL.exists() else _MADE_UP
    settings.PORTAL_DEPARTEMENT = "31" if path == _REAL else "13"
    call_command("load_communes", "--departement", settings.PORTAL_DEPARTEMENT, verbosity=0)
    DirectoryPageFactory(parent=make_home())
    make_types()
    content = "\n".join(_lines(path)).encode()
    _say("au départ", 0, 0)

    plan = None
    for words in ("essai", "import", "même fichier"):
        start = time.perf_counter()
        file = read_finess(io.BytesIO(content))
        if words == "essai":
            plan = plan_import(file, FinessTarget())
        else:
            again = plan_import(file, FinessTarget())
            plan = apply_import(file, FinessTarget, again.digest, user=None)
        _say(words, time.perf_counter() - start, len(plan.changes))
    start = time.perf_counter()
    file = read_finess(io.BytesIO(content + _national()))
    _say("France entière lue", time.perf_counter() - start, len(file.rows))


def _say(words: str, seconds: float, count: int) -> None:
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{words:20} {seconds:6.1f} s {count:6} lignes {megabytes:6.0f} Mo au plus\n")


def _lines(path: Path) -> Iterator[str]:
    """An extraction of 5,000 establishments that concern the portal, each with its point."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(";") for line in lines]
    points = {row[1]: row for row in cells if row[0] == "geolocalisation"}
    kept = [row for row in cells if row[0] == "structureet" and _is_kept(row, points)]
    copies = list(zip(range(ROWS), itertools.cycle(kept), strict=False))
    yield lines[0]
    for rank, row in copies:
        yield ";".join([row[0], _number(row, rank), row[2], f"{row[3]} {rank}", *row[4:]])
    for rank, row in copies:
        point = points[row[1]]
        yield ";".join([point[0], _number(row, rank), *point[2:]])


def _is_kept(row: list[str], points: dict[str, list[str]]) -> bool:
    return len(row) > 18 and row[18] in _KEPT and row[1] in points and "SECTORISATION" not in row[3]


def _number(row: list[str], rank: int) -> str:
    return f"{row[1][:2]}{9_000_000 + rank}"


def _national() -> bytes:
    """Lines of other departments, as many as in the whole of France."""
    cells = ["structureet", "", "", "EHPAD DU NORD", *[""] * 9, "59", *[""] * 18]
    texts = (";".join([cells[0], f"59{rank:07d}", *cells[2:]]) for rank in range(ELSEWHERE))
    return ("\n" + "\n".join(texts)).encode()


if __name__ == "__main__":
    main()
