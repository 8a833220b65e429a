from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from home.models import ContactPage, HomePage
from portal.base.models import PortalSettings
from tests.factories.home import ContactPageFactory, make_home


@pytest.fixture
def home_page(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def contact_page(home_page: HomePage) -> ContactPage:
    portal = PortalSettings.load()
    portal.contact_email = "ptsm@exemple.fr"
    portal.save()
    return ContactPageFactory(parent=home_page)


@pytest.fixture
def queries_of(client: Client) -> Callable[[str], int]:
    """How many SQL queries an address costs once the caches are warm."""

    def count(address: str) -> int:
        # The very first visit writes the row of the settings, which empties the cache.
        client.get(address)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
