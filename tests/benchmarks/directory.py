"""How the time of the directory's list grows with its entries: « make bench ».

Prints the median time of a warm list, with 50 entries and with 2,000, and their ratio, all
in one run on an empty database of its own. No test: a machine that is busy would fail it.
"""

import logging
import os
import statistics
import sys
import time

import django

FEW, MANY = 50, 2000
VISITS = 40
LISTS = ("", "?q=exemple", "?ou=Aubagne&km=20", "?q=exemple&ou=Aubagne&pour=adultes&gratuit=1")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()

    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    logging.disable(logging.INFO)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _compare()
    finally:
        teardown_databases(databases, verbosity=0)


def _compare() -> None:
    from django.core.management import call_command
    from django.test import Client

    from tests.factories.home import make_home
    from tests.factories.resources import DirectoryPageFactory

    call_command("load_communes", "--departement", "13", verbosity=0)
    directory = DirectoryPageFactory(parent=make_home())
    client = Client()
    _fill(directory, FEW)
    few = {query: _median(client, directory.url + query) for query in LISTS}
    _fill(directory, MANY - FEW)
    many = {query: _median(client, directory.url + query) for query in LISTS}
    out = sys.stdout.write
    out(f"{'liste':50} {FEW:>9} {MANY:>9}   rapport\n")
    for query in LISTS:
        ratio = many[query] / few[query]
        out(f"/annuaire/{query:40} {few[query]:6.1f} ms {many[query]:6.1f} ms   × {ratio:.2f}\n")


def _fill(directory, number: int) -> None:
    from portal.geo.models import Commune
    from tests.factories.resources import CmpPageFactory, GemPageFactory, ResourcePageFactory

    communes = list(Commune.objects.in_department())
    for rank in range(number):
        factory = (ResourcePageFactory, GemPageFactory, CmpPageFactory)[rank % 3]
        factory(
            parent=directory,
            commune=communes[rank % len(communes)],
            opening_hours="Mo-Fr 09:00-12:00,14:00-17:00; PH off",
            publics=["adultes"],
            cost="free",
        )


def _median(client, url: str) -> float:
    """Milliseconds of one warm visit."""
    client.get(url)
    times = []
    for _ in range(VISITS):
        start = time.perf_counter()
        response = client.get(url)
        times.append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{url} : {response.status_code}")
    return statistics.median(times)


if __name__ == "__main__":
    main()
