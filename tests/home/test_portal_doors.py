"""The portal's own doors, and the help lines that a phone number reaches, for the search."""

import pytest

from home.models import ContactPage, HomePage
from home.search_sources import phone_keys, portal_doors
from search.understanding.portal_doors import DOORS
from tests.factories.home import HelpLineFactory

pytestmark = pytest.mark.django_db


def test_each_door_that_is_understood_has_a_document_with_an_address(
    contact_page: ContactPage,
) -> None:
    found = {document.key: document for document in portal_doors()}
    assert found.keys() == DOORS.keys()
    assert all(one.url and one.summary for one in found.values())


def test_a_help_line_is_known_by_its_number(home_page: HomePage) -> None:
    line = HelpLineFactory(number="0 800 235 236")
    assert list(phone_keys("+33800235236", "fr")) == [f"line:{line.pk}"]
    assert not list(phone_keys("+33800235237", "fr"))
