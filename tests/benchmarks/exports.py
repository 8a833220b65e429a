"""The memory that each export takes before 104 departments × 290 entries: « make bench-exports ».

On a database of its own. Each file is read in a process of its own, as a web server would give
it, and thrown away piece by piece. Printed: its size, its time, and how far the memory of the
process grew above what it was before. It ends with 1 when one grows by 100 MB.
"""

import copy
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

DEPARTMENTS, IN_EACH = 104, 290
ENTRIES = DEPARTMENTS * IN_EACH
MOST_GROWTH = 100  # MB
FILES = (
    "/api/annuaire.csv",
    "/api/annuaire.xlsx",
    "/api/annuaire.geojson",
    "/api/annuaire.json",
    "/api/data-inclusion/structures.json",
    "/api/data-inclusion/services.json",
    "/api/changements.json",
    "/api/changements.xml",
    "/api/actions.json",
    "/api/feuille-de-route.json",
    "/api/ptsm.json",
    "/api/hsds/services?format=ndjson",
    "/integrer/annuaire/",
)
_AT_ONCE = 500


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as folder:
        database = f"sqlite:///{Path(folder) / 'db.sqlite3'}"
        made = _run(database, folder, "fill")
        sys.stdout.write(f"{made['entries']} fiches en {made['seconds']:.0f} s\n")
        held = [_measured(database, folder, address) for address in FILES]
    return 0 if all(held) else 1


def _measured(database: str, folder: str, address: str) -> bool:
    figures = _run(database, folder, "read", address)
    sys.stdout.write(
        "{address:38} {size:7.1f} Mo {seconds:6.1f} s  premier octet {first:5.2f} s  "
        "+{growth:.0f} Mo de mémoire  304 en {again:.0f} ms\n".format(address=address, **figures)
    )
    sys.stdout.flush()
    return figures["growth"] < MOST_GROWTH


def _run(database: str, folder: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, "-m", "tests.benchmarks.exports", *arguments],
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "PORTAL_VAR_DIR": folder,
        },
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _read(address: str) -> dict[str, float]:
    from django.test import Client

    client = Client()
    client.get("/api/openapi.json")  # the code is read once, by whoever asks first
    before = _restarted_peak()
    begun = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} : {response.status_code}")
    size, first = 0, 0.0
    for piece in response:
        first = first or time.perf_counter() - begun
        size += len(piece)
    seconds = time.perf_counter() - begun
    growth = _memory("VmHWM") - before
    begun = time.perf_counter()
    again = client.get(address, headers={"If-None-Match": response.get("ETag", "")})
    if "ETag" in response and again.status_code != 304:
        raise SystemExit(f"{address} : {again.status_code}")
    return {
        "size": size / 1024**2,
        "seconds": seconds,
        "first": first,
        "growth": growth,
        "again": (time.perf_counter() - begun) * 1000,
    }


def _restarted_peak() -> float:
    """The memory of this process now, from which its highest one is counted anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    """A figure of this process, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


def _fill() -> dict[str, float]:
    from django.core.management import call_command

    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory

    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("load_communes", verbosity=0)
    directory = DirectoryPageFactory(parent=make_home())
    chance = random.Random(6)  # noqa: S311
    made = 0
    while made < ENTRIES:
        number = min(_AT_ONCE, ENTRIES - made)
        add_entries(directory, made, number, chance)
        made += number
    return {"entries": made, "seconds": time.perf_counter() - begun}


def add_entries(directory: Any, first: int, number: int, chance: random.Random) -> None:
    """Rows written at once: a page saved one by one would take an hour."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    from wagtail.models import Page

    from portal.geo.models import Commune
    from resources.models import CmpPage, ResourcePage

    model = _template(directory)
    kinds = (
        ContentType.objects.get_for_model(ResourcePage),
        ContentType.objects.get_for_model(CmpPage),
    )
    known = list(Commune.objects.order_by("pk"))
    communes = [known[(first + rank) % len(known)] for rank in range(number)]
    now = timezone.now()
    pages, entries = [], []
    # The model comes before them all.
    for rank in range(first + 2, first + number + 2):
        title = f"Lieu d’essai {rank}"
        pages.append(
            Page(
                path=Page._get_path(directory.path, directory.depth + 1, rank),
                depth=directory.depth + 1, title=title, draft_title=title, slug=f"lieu-{rank}",
                content_type=kinds[rank % 5 == 0], locale=directory.locale, live=True,
                url_path=f"{directory.url_path}lieu-{rank}/", translation_key=uuid.uuid4(),
                first_published_at=now - timedelta(days=rank % 80),
                last_published_at=now - timedelta(days=rank % 40),
            )
        )  # fmt: skip
    for page, commune in zip(Page.objects.bulk_create(pages), communes, strict=True):
        entry = copy.copy(model)
        entry.page_ptr_id, entry.uuid, entry.commune = page.pk, uuid.uuid4(), commune
        entry.lat, entry.lon, entry.postcode = commune.lat, commune.lon, "13000"
        entry.address_is_masked = chance.random() < 0.01
        entry.is_example = False
        entries.append(entry)
    _insert(ResourcePage, entries)
    _add_lists(entries, [page.pk for page in pages if page.content_type_id == kinds[1].pk])


def _template(directory: Any) -> Any:
    """The entry that all the others repeat."""
    from resources.models import ResourcePage
    from tests.factories.open_data import full_entry

    known = ResourcePage.objects.filter(is_example=True).first()
    return known or full_entry(
        directory, slug="modele", is_example=True, summary="Une équipe vous reçoit. " * 10
    )


def _insert(model: Any, rows: list[Any]) -> None:
    """The rows of one table of a page: « bulk_create » does not know how to write several."""
    fields = list(model._meta.local_concrete_fields)
    queryset = model.objects.all()
    queryset._for_write = True
    queryset._batched_insert(rows, fields, batch_size=_AT_ONCE // 10)


def _add_lists(entries: list[Any], cmps: list[int]) -> None:
    from resources.models import Closure, CmpPage, ResourcePage, ResourcePhone, Sector, Service
    from tests.factories.resources import SectorFactory

    locale = entries[0].locale
    for model, facts, times in (
        (ResourcePhone, {"label": "Secrétariat", "number": "04 91 38 54 60"}, 1),
        (Closure, {"since": "2026-12-24", "until": "2027-01-01", "message": "Vacances"}, 1),
        (Service, {"name": "Consultation", "summary": "Sur rendez-vous. " * 8}, 2),
    ):
        model.objects.bulk_create(
            [
                model(resource_id=entry.page_ptr_id, locale=locale, **facts)
                for entry in entries
                for _ in range(times)
            ]
        )
    covered = ResourcePage.coverage_communes.through
    covered.objects.bulk_create(
        [covered(resourcepage_id=one.page_ptr_id, commune=one.commune) for one in entries]
    )
    _insert(CmpPage, [CmpPage(resourcepage_ptr_id=pk) for pk in cmps])
    sector = Sector.objects.first() or SectorFactory(code="13G01")
    served = CmpPage.sectors.through
    served.objects.bulk_create([served(cmppage_id=pk, sector=sector) for pk in cmps])


if __name__ == "__main__":
    if len(sys.argv) == 1:
        raise SystemExit(main())
    django.setup()
    import logging

    logging.disable(logging.INFO)
    work = _fill() if sys.argv[1] == "fill" else _read(sys.argv[2])
    sys.stdout.write(json.dumps(work) + "\n")
