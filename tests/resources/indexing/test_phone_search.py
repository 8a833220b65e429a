"""An entry is found by its phone numbers."""

from resources.indexing.search_sources import phone_keys
from resources.listing.models import DirectoryPage
from search.contracts import SearchQuery
from search.services import search
from tests.factories.resources import ResourcePageFactory


def test_a_number_in_any_spelling_finds_its_place_first(directory: DirectoryPage) -> None:
    entry = ResourcePageFactory(parent=directory, phone="04 91 38 70 00")
    other = ResourcePageFactory(parent=directory, phone="04 91 00 00 00")
    other.phones.create(label="Secrétariat", number="04 42 16 16 16", locale=other.locale)
    other.save()
    assert list(phone_keys("+33491387000", "fr")) == [f"page:{entry.pk}"]
    assert list(phone_keys("+33442161616", "fr")) == [f"page:{other.pk}"]
    assert not list(phone_keys("+33442161616", "en"))
    for typed in ("0491387000", "04.91.38.70.00", "+33 4 91 38 70 00"):
        hits = search(SearchQuery(text=typed)).hits
        assert [hit.page_id for hit in hits] == [entry.pk]
