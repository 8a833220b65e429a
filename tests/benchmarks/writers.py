"""How long eight processes wait for one another when they save entries at the same time.

``python -m tests.benchmarks.writers``, on an empty database of its own; on PostgreSQL:
``python -m tests.servers.postgres -- python -m tests.benchmarks.writers``. Each writer saves and
publishes entries as an editor's form does, the search included, without a pause between two. No
test: a machine that is busy would fail it.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

WRITERS = int(os.environ.get("WRITERS", "8"))
SECONDS = float(os.environ.get("SECONDS", "20"))


def main() -> None:
    """Prepare the database, then measure in processes that open it themselves."""
    if "--here" in sys.argv:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"
        django.setup()
        logging.disable(logging.CRITICAL)
        _measure(Path(os.environ["PORTAL_TEST_VAR_DIR"]))
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()

    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.faults.databases import copied_database
    from tests.template_database import copied_from_template, make_template

    make_template()
    setup_test_environment()
    with copied_from_template():
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            with tempfile.TemporaryDirectory() as folder, copied_database(Path(folder)) as url:
                subprocess.run(
                    [sys.executable, "-m", "tests.benchmarks.writers", "--here"],
                    env={**os.environ, "DATABASE_URL": url, "PORTAL_TEST_VAR_DIR": folder},
                    check=True,
                )
        finally:
            teardown_databases(databases, verbosity=0)


def _measure(folder: Path) -> None:
    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory
    from tests.faults.processes import fork

    directory = DirectoryPageFactory(parent=make_home())
    entries = [ResourcePageFactory(parent=directory).pk for _ in range(WRITERS)]

    def write(number: int) -> None:
        waits, refused = [], 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            start = time.monotonic()
            refused += not _save(entries[number])
            waits.append(time.monotonic() - start)
        (folder / f"waits-{number}").write_text(json.dumps([waits, refused]))

    children = [fork(lambda number=number: write(number)) for number in range(WRITERS)]
    for child in children:
        os.waitpid(child, 0)
    found = [json.loads((folder / f"waits-{number}").read_text()) for number in range(WRITERS)]
    waits = sorted(wait for some, _refused in found for wait in some)
    refused = sum(some for _waits, some in found)
    sys.stdout.write(
        f"{WRITERS} writers, {len(waits)} publications in {SECONDS:.0f} s: "
        f"half under {waits[len(waits) // 2]:.3f} s, 99 % under "
        f"{waits[int(len(waits) * 0.99)]:.3f} s, longest {waits[-1]:.3f} s, refused {refused}\n"
    )


def _save(pk: int) -> bool:
    """Publish a change; whether the database took it."""
    from django.db import OperationalError

    from resources.models import ResourcePage

    try:
        page = ResourcePage.objects.get(pk=pk)
        page.title = f"Écrit à {time.time()}"
        page.save_revision().publish()
    except OperationalError:
        return False
    return True


if __name__ == "__main__":
    main()
