"""The list that other sites show in a frame, and the page that makes its code."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from resources.listing.models import DirectoryPage
from resources.models.inlines import Closure
from tests.factories.open_data import SECRETS, full_entry, hidden_entries
from tests.factories.resources import CmpPageFactory, GemPageFactory
from tests.rate_limits import SetLimit

FRAME, BUILDER = "/integrer/annuaire/", "/integrer/"


def html(reader: Client, address: str, **query: str) -> str:
    response = reader.get(address, query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_any_site_may_frame_this_address_and_no_other(
    directory: DirectoryPage, reader: Client
) -> None:
    framed = reader.get(FRAME)
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert framed["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert framed["X-Robots-Tag"] == "noindex"
    for address in (BUILDER, directory.url, "/api/"):
        other = reader.get(address)
        assert other["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in other["Content-Security-Policy"]


def test_the_frame_has_neither_script_nor_cookie(directory: DirectoryPage, reader: Client) -> None:
    full_entry(directory)
    response = reader.get(FRAME)
    said = response.content.decode()
    assert "<script" not in said
    assert "script-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert '<base target="_top">' in said
    assert '<meta name="robots" content="noindex">' in said
    for number in ("tel:3114", "tel:15", "sms:114"):
        assert number in said


def test_it_shows_the_places_that_were_chosen(
    directory: DirectoryPage, reader: Client, communes: None
) -> None:
    full_entry(directory)
    CmpPageFactory(parent=directory, title="CMP Les Pins")
    GemPageFactory(parent=directory, title="GEM d’Arles", lat=43.68, lon=4.63)
    said = html(reader, FRAME, type="gem", pres="Aubagne", km="10")
    assert "GEM Le Phare" in said
    assert "Aubagne, à moins de 10 km" in said
    assert "CMP Les Pins" not in said
    assert "GEM d’Arles" not in said
    assert "/annuaire/?type=gem&amp;ou=Aubagne&amp;km=10" in said
    assert "GEM d’Arles" in html(reader, FRAME, type="GEM")


@pytest.mark.parametrize("query", [{}, {"pres": "Aubagne", "km": "50"}])
def test_nothing_secret_is_framed(
    directory: DirectoryPage, reader: Client, communes: None, query: dict
) -> None:
    hidden_entries(directory)
    full_entry(directory)
    said = html(reader, FRAME, **query)
    assert "GEM Le Phare" in said
    assert [word for word in SECRETS if word in said] == []
    assert ("Refuge" in said) is (not query)  # a masked place is near nothing


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"type": "inconnu"}, "Ce type de lieu n’existe pas."),
        ({"type": "<script>"}, "Ce type de lieu n’existe pas."),
        ({"pres": "Zzyzx\0<b>"}, "Ce lieu n’est pas connu"),
        ({"km": "7"}, "Cette distance n’existe pas."),
    ],
)
def test_a_choice_that_means_nothing_is_told_and_the_numbers_stay(
    directory: DirectoryPage, reader: Client, query: dict, words: str
) -> None:
    full_entry(directory)
    for address in (FRAME, BUILDER):
        said = html(reader, address, **query)
        assert words in said
        assert "tel:3114" in said
        assert "<script>" not in said
    assert "Le code à copier" not in html(reader, BUILDER, **query)


def test_the_builder_gives_the_code_and_a_link(directory: DirectoryPage, reader: Client) -> None:
    full_entry(directory)
    said = html(reader, BUILDER, type="gem", pres="Aubagne", km="10")
    assert (
        "&lt;iframe src=&quot;http://testserver/integrer/annuaire/"
        "?type=gem&amp;amp;pres=Aubagne&amp;amp;km=10&quot;" in said
    )
    assert "http://testserver/annuaire/?type=gem&amp;ou=Aubagne&amp;km=10" in said
    assert '<iframe src="/integrer/annuaire/?type=gem&amp;pres=Aubagne&amp;km=10"' in said
    assert "frame-src 'self'" in reader.get(BUILDER)["Content-Security-Policy"]


def test_a_longer_list_costs_no_more_queries(
    directory: DirectoryPage, reader: Client, communes: None
) -> None:
    def queries() -> int:
        reader.get(FRAME, {"pres": "Aubagne"})
        with CaptureQueriesContext(connection) as captured:
            reader.get(FRAME, {"pres": "Aubagne"})
        return len(captured)

    def add() -> None:
        entry = full_entry(directory)
        entry.closures = [Closure(since=timezone.localdate())]
        entry.save()

    add()
    few = queries()
    for _ in range(4):
        add()
    assert queries() <= few <= 12


def test_a_site_that_asks_too_much_waits(
    directory: DirectoryPage, reader: Client, set_limit: SetLimit
) -> None:
    set_limit("embedded_frames", 1)
    assert [reader.get(FRAME).status_code for _ in range(2)] == [200, 429]
