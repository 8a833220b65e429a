"""The number of queries does not follow the number of entries."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from resources.listing.models import DirectoryPage
from resources.models.inlines import Closure, ResourcePhone, Service
from tests.factories.geo import CommuneFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    SectorCommuneFactory,
    SectorFactory,
)

MOST = 15
MOST_FOR_RESULTS = 12


def queries(reader: Client, url: str, **query: str) -> int:
    reader.get(url, query)
    reader = Client()
    reader.get(url, query)
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(url, query).status_code == 200
    return len(captured)


def fill(directory: DirectoryPage, number: int, commune) -> None:
    for rank in range(number):
        factory = (ResourcePageFactory, GemPageFactory, CmpPageFactory)[rank % 3]
        entry = factory(
            parent=directory, commune=commune, opening_hours="Mo-Fr 09:00-12:00", cost="free"
        )
        entry.closures = [Closure(since=timezone.localdate() + timedelta(days=9))]
        entry.save()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "gem", "ou": "Aubagne", "km": "10"},
        {"q": "exemple"},
        {"q": "exemple aubagne", "gratuit": "1"},
    ],
)
def test_a_longer_list_costs_no_more_queries(
    directory: DirectoryPage, reader: Client, query: dict
) -> None:
    commune = CommuneFactory(code="13005", name="Aubagne", slug="aubagne")
    fill(directory, 3, commune)
    few = queries(reader, directory.url, **query)
    fill(directory, 15, commune)
    assert queries(reader, directory.url, **query) == few
    assert few <= MOST_FOR_RESULTS


def test_a_full_entry_stays_under_the_limit(directory: DirectoryPage, reader: Client) -> None:
    commune = CommuneFactory(code="13005", name="Aubagne", slug="aubagne")
    fill(directory, 4, commune)
    sector = SectorFactory()
    SectorCommuneFactory(sector=sector, commune=commune)
    page = CmpPageFactory.build(
        title="CMP", slug="cmp", commune=commune, lat=43.3, lon=5.5, type=None,
        hospital=ResourcePageFactory(parent=directory), opening_hours="Mo-Fr 09:00-12:00",
    )  # fmt: skip
    page.phones = [ResourcePhone(label="Secrétariat", number="0491385460")]
    page.closures = [Closure(since=date(2026, 12, 24), until=date(2027, 1, 1))]
    page.services = [Service(name="Consultation"), Service(name="Groupe")]
    page.sectors = [sector]
    directory.add_child(instance=page)
    assert queries(reader, page.url) <= MOST


def test_a_gem_page_stays_under_the_limit(directory: DirectoryPage, reader: Client) -> None:
    gem = GemPageFactory(parent=directory, activities="Jardin")
    assert queries(reader, gem.url) <= MOST
