"""The map beside the list: the same places, the same numbers, nothing that is masked."""

import json

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from resources.listing.models import DirectoryPage
from tests.factories.resources import GemPageFactory

GEM = {"lat": 43.29, "lon": 5.57, "commune_id": "13005"}


def page_of(reader: Client, directory: DirectoryPage, **question: str) -> BeautifulSoup:
    html = reader.get(directory.url, {"dans": "annuaire"} | question).content.decode()
    return BeautifulSoup(html, "html.parser")


def points(soup: BeautifulSoup) -> list[dict]:
    return json.loads(soup.find(id="map-points").string)["points"]


@pytest.fixture
def treille(directory: DirectoryPage, communes: None):
    return GemPageFactory(parent=directory, title="La Treille", **GEM)


def test_each_place_of_the_list_has_its_number_on_the_drawing(treille, directory, reader):
    soup = page_of(reader, directory)
    pin = soup.select_one("#map svg a")
    assert pin["aria-label"] == "1, La Treille"
    assert soup.select_one(pin["href"]).get_text().count("La Treille")
    assert [(one["n"], one["title"], one["lat"]) for one in points(soup)] == [
        (1, "La Treille", 43.29)
    ]


def test_a_place_without_coordinates_stands_in_the_middle_of_its_commune(
    directory, communes, reader
):
    entry = GemPageFactory(parent=directory, commune_id="13005")
    [point] = points(page_of(reader, directory))
    assert (point["lat"], point["lon"]) == (entry.commune.lat, entry.commune.lon)


def test_a_masked_place_is_on_no_map(treille, directory, reader):
    treille.address_is_masked = True
    treille.save_revision().publish()
    soup = page_of(reader, directory)
    assert "La Treille" in soup.find(id="results").get_text()
    assert points(soup) == []
    assert soup.select("#map svg a") == []


def test_the_chosen_distance_is_a_circle(treille, directory, reader):
    assert page_of(reader, directory, ou="Aubagne").select_one(".zone") is None
    soup = page_of(reader, directory, ou="Aubagne", km="10")
    assert float(soup.select_one(".zone")["r"]) > 0
    assert json.loads(soup.find(id="map-points").string)["circle"][2] == 10


def test_a_title_cannot_leave_its_place_in_the_data_of_the_map(directory, communes, reader):
    GemPageFactory(parent=directory, title="</script><img src=x onerror=alert(1)>", **GEM)
    soup = page_of(reader, directory)
    assert soup.select("img[onerror]") == []
    assert points(soup)[0]["title"].startswith("</script>")


def test_a_department_without_borders_has_a_map_without_drawing(
    treille, directory, reader, monkeypatch
):
    monkeypatch.setattr("resources.listing.map.static_map", lambda: None)
    soup = page_of(reader, directory)
    assert soup.select("#map figure > svg") == []
    assert len(points(soup)) == 1
