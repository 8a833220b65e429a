"""Imports in processes of their own, killed at random instants.

``python -m tests.faults.import_world 20 300 SEED`` imports files of 300 made-up entries in the
database of ``DATABASE_URL``, kills the process that writes them 20 times, and prints what it found
after each kill, as JSON. Django is started once; each process that writes is a fork of it.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from typing import Any

import django

from tests.faults.processes import fork


def main(kills: int, rows: int, seed: int) -> dict[str, Any]:
    django.setup()
    logging.disable(logging.INFO)
    make_directory()
    lasts = timed_import(rows)
    dice = random.Random(seed)  # noqa: S311
    found = {"nothing": 0, "whole": 0, "part": 0}
    batches = [0, 1]
    run = queued(batches[-1], rows)
    for _ in range(kills):
        killed_after(dice.uniform(0, lasts * 1.2))
        end = state_of(batches[-1], rows)
        found[end] += 1
        if end == "whole":
            batches.append(batches[-1] + 1)
            run = queued(batches[-1], rows)
        else:
            let_try_again(run)
    work()
    found["last"] = state_of(batches[-1], rows)
    found["changes"] = sum(changes_of(batch, rows) for batch in batches)
    return found | tree_of(len(batches) * rows)


def make_directory() -> None:
    from django.core.management import call_command

    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory, ResourceTypeFactory

    call_command("load_communes", "--departement", "13", verbosity=0)
    DirectoryPageFactory(parent=make_home())
    for code in ("GEM", "CMP", "ASSOCIATION"):
        ResourceTypeFactory(code=code)


def timed_import(rows: int) -> float:
    """How long a whole one takes here and now: kills fall between its beginning and its end."""
    queued(0, rows)
    start = time.monotonic()
    os.waitpid(fork(work), 0)
    return time.monotonic() - start


def queued(batch: int, rows: int) -> Any:
    """A file that was sent, read and confirmed: its writing waits for a process."""
    from portal.imports.models import ImportRun
    from portal.imports.registry import get_import_type
    from portal.imports.runs import confirm_import, start_import

    run = start_import(
        get_import_type("annuaire"), content_of(batch, rows), f"{batch}.csv", {}, None
    )
    work()
    run.refresh_from_db()
    confirm_import(run, False)
    if run.state != ImportRun.State.QUEUED:
        raise SystemExit(f"{run.state} {run.message} {run.counts}")
    return run


def content_of(batch: int, rows: int) -> bytes:
    lines = ["type;titre;telephone;commune;pour_qui"]
    for rank in range(rows):
        code = ("GEM", "CMP", "ASSOCIATION")[rank % 3]
        phone = f"04{91_000_000 + batch * rows + rank:08d}"
        lines.append(f"{code};Lot {batch} lieu {rank};{phone};13005;adultes")
    return "\n".join(lines).encode()


def work() -> None:
    from portal.imports.periodic_jobs import process_imports

    process_imports()


def killed_after(seconds: float) -> None:
    process = fork(work)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def state_of(batch: int, rows: int) -> str:
    """Of a batch: every trace that it leaves, or none."""
    from wagtail.models import Page, PageLogEntry, Revision

    from portal.imports.models import ImportedObject, ImportRun
    from resources.models import ResourcePage

    pks = list(Page.objects.filter(title__startswith=f"Lot {batch} ").values_list("pk", flat=True))
    keys = list(map(str, pks))
    counts = {
        len(pks),
        ResourcePage.objects.filter(pk__in=pks).count(),
        Revision.objects.filter(object_id__in=keys).count(),
        PageLogEntry.objects.filter(page_id__in=pks).count(),
        ImportedObject.objects.filter(object_id__in=keys).count(),
    }
    is_done = ImportRun.objects.get(file_name=f"{batch}.csv").state == ImportRun.State.DONE
    if counts == {0} and not is_done:
        return "nothing"
    return "whole" if counts == {rows} and is_done else "part"


def let_try_again(run: Any) -> None:
    """The portal gives up after a few tries: more of them are wanted here."""
    run.refresh_from_db()
    run.options = {}
    run.save()


def changes_of(batch: int, rows: int) -> int:
    """What the same file would still change."""
    from portal.imports.planner import plan_import
    from resources.imports.reader import read_entries_table
    from resources.imports.target import EntryTarget

    plan = plan_import(read_entries_table(content_of(batch, rows), "", {}), EntryTarget())
    return len(plan.changes) + plan.counts["refusee"]


def tree_of(entries: int) -> dict[str, Any]:
    from wagtail.models import Page

    from resources.listing.models import DirectoryPage

    return {
        "children": DirectoryPage.objects.get().numchild - entries,
        "problems": sum(map(len, Page.find_problems())),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))) + "\n")
