"""The borders of the communes: the shipped files, their drawing, and the making of others."""

import json
from collections import Counter
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import Client

import pytest

from portal.geo import boundaries as geo_contours
from portal.geo.boundaries import static_map
from portal.geo.departments import departments
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import area, outline, thin, thin_together

# A 404 looks for a redirection.
pytestmark = pytest.mark.django_db


def square(west: float, south: float, side: float = 1.0) -> list[list[list[tuple[float, float]]]]:
    east, north = west + side, south + side
    return [[[(west, south), (east, south), (east, north), (west, north), (west, south)]]]


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A portal that ships no file of borders."""
    cached = (geo_contours._read, geo_contours._draw, geo_contours.frame)
    monkeypatch.setattr(geo_contours, "CONTOURS_DIR", tmp_path)
    for function in cached:
        function.cache_clear()
    yield tmp_path
    for function in cached:
        function.cache_clear()


def test_the_map_gets_every_commune_and_arrondissement_of_the_department(client: Client) -> None:
    response = client.get("/contours.geojson")
    assert response["Content-Type"] == "application/geo+json"
    assert response["Cache-Control"] == "public, max-age=86400"
    features = response.json()["features"]
    names = {part["properties"]["code"]: part["properties"]["nom"] for part in features}
    assert set(names) == {town.code for town in department_towns("13")}
    assert names["13055"] == "Marseille"
    assert all(set(part["properties"]) == {"code", "nom"} for part in features)


def test_the_file_is_light_and_sent_once(client: Client) -> None:
    response = client.get("/contours.geojson", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 60_000
    again = client.get("/contours.geojson", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_without_a_file_there_is_neither_border_nor_drawing(
    client: Client, empty_folder: Path
) -> None:
    assert client.get("/contours.geojson").status_code == 404
    assert static_map() is None


def test_a_name_that_is_no_department_opens_no_file() -> None:
    assert geo_contours.contours("../communes") is None


def test_each_department_has_its_file_and_all_are_light() -> None:
    files = {path.name: path.stat().st_size for path in geo_contours.CONTOURS_DIR.iterdir()}
    assert set(files) == {f"{code}.json.xz" for code in departments()}
    assert sum(files.values()) < 5_000_000


@pytest.mark.parametrize("code", ["13", "2A", "29", "75", "973", "974"])
def test_the_drawing_of_a_department_is_light_and_holds_its_towns(code: str) -> None:
    drawing = static_map(code)
    assert drawing.path.startswith("M")
    assert len(drawing.path) <= 4000
    assert max(drawing.width, drawing.height) == 1000
    for town in department_towns(code):
        x, y = drawing.at(town.lat, town.lon)
        assert 0 <= x <= drawing.width
        assert 0 <= y <= drawing.height


def test_north_is_up_and_east_is_right() -> None:
    drawing = static_map("13")
    arles, aubagne = drawing.at(43.68, 4.63), drawing.at(43.29, 5.57)
    assert arles[0] < aubagne[0]
    assert arles[1] < aubagne[1]


def test_another_department_is_drawn_from_its_setting(settings) -> None:
    ours = static_map()
    settings.PORTAL_DEPARTEMENT = "59"
    assert static_map().path != ours.path


def test_a_nearly_straight_line_keeps_its_ends_and_its_turns() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 2.0)]
    assert thin(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]
    assert thin(line, 0.001) == line


def test_a_border_made_lighter_is_still_that_of_both_its_sides() -> None:
    wave = [(1.0, 0.0), (0.86, 0.25), (0.7, 0.5), (0.84, 0.75), (1.0, 1.0)]
    left = [[[(0.0, 0.0), *wave, (0.0, 1.0), (0.0, 0.0)]]]
    right = [[[(2.0, 1.0), *wave[::-1], (2.0, 0.0), (2.0, 1.0)]]]
    lighter = thin_together([left, right], 0.1)
    points = [set(shape[0][0]) for shape in lighter]
    assert points[0] & points[1] == {(1.0, 0.0), (0.7, 0.5), (1.0, 1.0)}
    assert sum(area(ring) for ring in outline(lighter)) == pytest.approx(2.0)


def test_the_outline_is_what_no_two_neighbours_share() -> None:
    (ring,) = outline([square(0, 0), square(1, 0)])
    assert area(ring) == 2
    assert Counter(ring[:-1]).most_common(1)[0][1] == 1


def test_an_island_has_an_outline_of_its_own() -> None:
    assert sorted(map(area, outline([square(0, 0), square(5, 5, 2)]))) == [1, 4]


def as_source(folder: Path, *codes: str, kind: str = "Polygon") -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": f"Commune {code}", "population": 12},
            "geometry": {"type": kind, "coordinates": square(3 + place, 50)[0]},
        }
        for place, code in enumerate(codes)
    ]
    path = folder / "source.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


def test_the_command_makes_the_file_of_a_department(client: Client, empty_folder, settings) -> None:
    source = as_source(empty_folder, "59350", "13055")
    call_command("make_contours", departement="59", source=source, output=empty_folder, verbosity=0)
    settings.PORTAL_DEPARTEMENT = "59"
    (feature,) = client.get("/contours.geojson").json()["features"]
    assert feature["properties"] == {"code": "59350", "nom": "Commune 59350"}
    assert static_map("59").at(51, 3) == (20.0, 20.0)


@pytest.mark.parametrize("content", ["<html>", "{}", '{"features": [{}]}'])
def test_the_command_says_that_a_source_cannot_be_read(empty_folder: Path, content: str) -> None:
    source = empty_folder / "bad.json"
    source.write_text(content)
    with pytest.raises(CommandError, match="illisibles"):
        call_command("make_contours", source=str(source), output=empty_folder)


def test_the_command_refuses_what_is_no_surface(empty_folder: Path) -> None:
    source = as_source(empty_folder, "13055", kind="Point")
    with pytest.raises(CommandError, match="illisibles"):
        call_command("make_contours", source=source, output=empty_folder)


def test_the_command_refuses_a_code_that_is_no_department(empty_folder: Path) -> None:
    with pytest.raises(CommandError, match="00"):
        call_command("make_contours", departement="00", output=empty_folder)
