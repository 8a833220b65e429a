"""What an import of 5,000 establishments of FINESS costs: « python -m tests.benchmarks.finess ».

Prints, for a trial, the import, and the same file again within a national file, the time and the
memory at its highest of « manage.py import_finess », on a database of its own. No test: a machine
that is busy would fail it. The lines are those of a real extract with other numbers, when it is
there.
"""

import itertools
import os
import subprocess
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
    path = _REAL if _REAL.exists() else _MADE_UP
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": f"sqlite:///{folder}/finess.sqlite3",
            "PORTAL_DEPARTEMENT": "31" if path == _REAL else "13",
            "PORTAL_VAR_DIR": folder,
        }
        django.setup()
        _prepare()
        own, national = Path(folder, "departement.csv"), Path(folder, "france.csv")
        content = "\n".join(_lines(path)).encode()
        own.write_bytes(content)
        national.write_bytes(content + _national())
        _run("essai", own, "--dry-run")
        _run("import", own)
        _run("le même, avec toute la France", national)


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory
    from tests.resources.finess.finess_world import make_types

    call_command("migrate", verbosity=0)
    call_command("load_communes", "--departement", settings.PORTAL_DEPARTEMENT, verbosity=0)
    DirectoryPageFactory(parent=make_home())
    make_types()


def _run(words: str, *arguments: object) -> None:
    """Time passed, then worked, which what else runs on the machine does not lengthen."""
    command = [sys.executable, "manage.py", "import_finess", *map(str, arguments)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    said = process.stdout.read().decode() if process.stdout else ""
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    counts = next((line for line in said.splitlines() if line.startswith("À créer")), said)
    sys.stdout.write(
        f"{words:30} {time.perf_counter() - start:6.1f} s, dont {used.ru_utime:.1f} s de calcul, "
        f"{used.ru_maxrss / 1024:.0f} Mo au plus. {counts}\n"
    )
    sys.stdout.flush()


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
