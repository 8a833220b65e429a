"""What a page costs the processor, in visits of a view that says « hello »: « make bench-pages ».

Reads the portal that « make run » has filled, or that DATABASE_URL names (SQLite or PostgreSQL, of
any size), and writes nothing in it. Pages are asked turn about with « hello », made anew and kept
whole; the least of the readings of each counts, as whatever else runs can only add to them. No
test: a machine that is busy would fail it.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

ROUNDS = 15
WARM = 3


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    os.environ.setdefault("SECRET_KEY", "nothing-is-signed")
    django.setup()
    logging.disable(logging.ERROR)

    from django.conf import settings
    from django.test import Client
    from django.test.utils import setup_test_environment

    import portal.urls

    setup_test_environment()
    portal.urls.urlpatterns.insert(0, _hello())
    client = Client(headers={"accept-encoding": "gzip"})
    addresses = list(_addresses())
    kept: dict[str, float] = {}
    settings.PORTAL_PAGE_CACHE = False
    hello, made = _least(client, addresses)
    settings.PORTAL_PAGE_CACHE = True
    hello_again, kept = _least(client, addresses)
    out = sys.stdout.write
    noise = statistics.median(hello) / min(hello)
    out(f"« hello » {min(hello):.2f} ms de processeur ; bruit de la machine : × {noise:.2f}\n")
    out(f"{'page':52} {'refaite':>9} {'gardée':>9}   {'refaite':>9}\n")
    for address in addresses:
        anew, whole = made[address] / min(hello), kept[address] / min(hello_again)
        out(f"{address:52} × {anew:7.1f} × {whole:7.2f} {made[address]:9.1f} ms\n")


def _hello() -> Any:
    from django.http import HttpResponse
    from django.urls import path

    return path("hello/", lambda request: HttpResponse("hello"))


def _addresses() -> Iterator[str]:
    """The five pages: home, list, news, one entry, and a question, which is never kept."""
    from newsletter.models import NewsIndexPage
    from resources.listing.models import DirectoryPage
    from resources.models import ResourcePage

    yield "/"
    source = {"locale__language_code": "fr"}
    for model in (DirectoryPage, NewsIndexPage):
        yield from (page.url for page in model.objects.live().filter(**source)[:1])
    entries = ResourcePage.objects.open_to_all().filter(**source).exclude(opening_hours="")
    yield from (entry.get_url() for entry in entries.order_by("pk")[:1])
    yield "/annuaire/?q=cmp&ou=aubagne"


def _least(client: Any, addresses: list[str]) -> tuple[list[float], dict[str, float]]:
    """Milliseconds of processor: each reading of « hello », and the least of each page."""
    for address in addresses * WARM:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} : aucune page")
    hello: list[float] = []
    pages = {address: float("inf") for address in addresses}
    for _round in range(ROUNDS):
        hello += [_visit(client, "/hello/") for _time in range(3)]
        for address in addresses:
            pages[address] = min(pages[address], _visit(client, address))
    return hello, pages


def _visit(client: Any, address: str) -> float:
    begun = time.process_time()
    client.get(address)
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
