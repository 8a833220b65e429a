"""An address in a question: a page of the portal, or where somebody lives."""

import pytest

from search.contracts import SearchQuery
from search.models import IndexedDocument
from search.services import search
from search.understanding.portal_addresses import address_in
from tests.search.test_understanding import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(db: None) -> IndexedDocument:
    return IndexedDocument.objects.create(
        key="document:7",
        kind="DOCUMENT",
        language="fr",
        title="Guide",
        url="/documents/7/guide.pdf",
        digest="x",
    )


ADDRESSES = [
    "/documents/7/guide.pdf",
    "http://localhost/documents/7/guide.pdf",
    "je ne trouve pas https://localhost/documents/7/guide.pdf.",
    "localhost ne répond pas : /documents/7/guide.pdf/?utm=x",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_of_the_portal_leads_to_what_is_there(guide: IndexedDocument, text: str) -> None:
    assert asked(text).promoted == ("document:7",)


OTHERS = [
    "https://ailleurs.fr/documents/7/guide.pdf",
    "/documents/8/autre.pdf",
    "24/7",
    "et/ou",
    "//",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_address_promotes_nothing(guide: IndexedDocument, text: str) -> None:
    assert asked(text).promoted == ()
    search(SearchQuery(text=text))


def test_the_words_of_an_unknown_address_are_looked_for() -> None:
    found = asked("https://ailleurs.fr/annuaire/cmp-aubagne/")
    assert (found.types, found.place and found.place.name) == (("CMP",), "Aubagne")


def test_an_address_that_is_typed_is_the_commune() -> None:
    found = asked("12 rue paradis 13006")
    assert (found.place and found.place.code, found.text, found.public) == ("13206", "", "")
    assert asked("12 rue paradis").unknown_place == "12 rue paradis"


def test_no_address_is_heard_in_ordinary_words() -> None:
    assert [address_in(text) for text in ("cmp 13/05", "homme/femme", "a / b", "www", "")] == [
        ""
    ] * 5
