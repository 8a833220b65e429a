"""The background of the map, against a source of tiles that answers, fails, hangs or lies."""

import base64
import logging
import os
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from django.core.cache import cache
from django.test import Client

import pytest

from portal.geo import tile_store, tiles
from portal.geo.tiles import map_settings
from tests.rate_limits import SetLimit

# A 404 looks for a redirection.
pytestmark = pytest.mark.django_db

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
#: Marseille and Lille, at zoom 10.
MARSEILLE, LILLE = "/tuiles/10/527/373", "/tuiles/10/520/345"

Respond = Callable[[BaseHTTPRequestHandler], None]


class Source:
    """A server of tiles, in a thread; ``respond`` is what it does of the next questions."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.done = Event()
        self.respond: Respond = answer(PNG)
        source = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                source.asked.append((self.path, dict(self.headers)))
                source.respond(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{{z}}/{{x}}/{{y}}.png"


def answer(body: bytes, status: int = 200, media_type: str = "image/png") -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Set-Cookie", "reader=1")
        handler.end_headers()
        handler.wfile.write(body)

    return respond


@pytest.fixture
def source(settings, tmp_path: Path) -> Iterator[Source]:
    source = Source()
    source.thread.start()
    settings.PORTAL_TILES_URL = source.template
    settings.VAR_DIR = tmp_path
    yield source
    source.done.set()
    source.server.shutdown()
    source.server.server_close()


def grow_old(folder: Path) -> None:
    for path in (folder / "tiles").rglob("*"):
        os.utime(path, (0, 0))


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "tiles").rglob("*") if path.is_file()]


def test_a_reader_gets_the_image_of_the_source(client: Client, source: Source) -> None:
    response = client.get(MARSEILLE)
    assert (response.status_code, response.content) == (200, PNG)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert source.asked[0][0] == "/10/527/373.png"


def test_an_image_already_had_is_not_sent_again(client: Client, source: Source) -> None:
    etag = client.get(MARSEILLE)["ETag"]
    assert client.get(MARSEILLE, headers={"If-None-Match": etag}).status_code == 304


def test_the_source_is_asked_once_for_all_readers(client: Client, source: Source) -> None:
    client.get(MARSEILLE)
    assert Client().get(MARSEILLE).content == PNG
    assert len(source.asked) == 1


def test_the_source_learns_nothing_of_the_reader(client: Client, source: Source) -> None:
    sent = {
        "User-Agent": "my-own-browser",
        "Accept-Language": "oc",
        "Referer": "https://portail.example/annuaire/?q=secret",
        "X-Forwarded-For": "192.0.2.7",
        "Cookie": "mine=secret",
    }
    response = client.get(MARSEILLE, headers=sent)
    ((_path, received),) = source.asked
    assert not set(sent.values()) & set(received.values())
    assert not {"Referer", "X-Forwarded-For", "Cookie", "Accept-Language"} & set(received)
    assert "Set-Cookie" not in response
    assert not response.cookies


@pytest.mark.parametrize("address", [LILLE, "/tuiles/6/32/23", "/tuiles/18/135094/95611"])
def test_only_the_department_is_shown_from_afar_to_the_street(
    client: Client, source: Source, address: str
) -> None:
    assert client.get(address).status_code == 404
    assert source.asked == []


@pytest.mark.parametrize("zoom", [7, 17])
def test_the_first_and_last_zooms_show_marseille(client: Client, source: Source, zoom: int) -> None:
    # The tile of the Vieux-Port: 5.3698 east, 43.2965 north.
    x, y = {7: (65, 46), 17: (67491, 47826)}[zoom]
    assert client.get(f"/tuiles/{zoom}/{x}/{y}").status_code == 200


@pytest.mark.parametrize("address", ["/tuiles/10/1551/373", "/tuiles/7/" + "9" * 400 + "/1"])
def test_a_tile_off_the_globe_is_not_found(client: Client, source: Source, address: str) -> None:
    assert client.get(address).status_code == 404


def test_another_department_is_a_setting_away(client: Client, source: Source, settings) -> None:
    settings.PORTAL_DEPARTEMENT = "59"
    assert client.get(LILLE).status_code == 200
    assert client.get(MARSEILLE).status_code == 404


def test_without_a_source_there_is_no_tile(client: Client, settings) -> None:
    settings.PORTAL_TILES_URL = ""
    assert client.get(MARSEILLE).status_code == 404
    assert map_settings()["tiles"] == map_settings()["attribution"] == ""


@pytest.mark.parametrize(
    "bad",
    [
        answer(PNG, status=500),
        answer(b"", status=302),
        answer(b"<html><script>alert(1)</script></html>"),
        answer(b"GIF89a" + bytes(40), media_type="image/gif"),
        answer(b""),
        answer(PNG + bytes(tiles.MOST_BYTES)),
    ],
    ids=["error", "elsewhere", "page", "gif", "nothing", "too-large"],
)
def test_what_is_no_image_of_a_fair_size_is_neither_shown_nor_kept(
    client: Client, source: Source, tmp_path: Path, bad: Respond
) -> None:
    source.respond = bad
    response = client.get(MARSEILLE)
    assert (response.status_code, response.content) == (503, b"")
    assert response["Cache-Control"] == "no-store"
    assert kept(tmp_path) == []


def test_an_image_is_named_by_its_bytes_not_by_its_server(client: Client, source: Source) -> None:
    source.respond = answer(PNG, media_type="text/html")
    response = client.get(MARSEILLE)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_place_that_the_source_does_not_draw_is_no_failure(
    client: Client, source: Source
) -> None:
    source.respond = answer(b"", status=404)
    assert [client.get(MARSEILLE).status_code for _i in range(3)] == [404, 404, 404]
    assert len(source.asked) == 1


def test_an_old_image_is_asked_for_again(client: Client, source: Source, tmp_path: Path) -> None:
    client.get(MARSEILLE)
    grow_old(tmp_path)
    client.get(MARSEILLE)
    client.get(MARSEILLE)
    assert len(source.asked) == 2


def test_an_old_image_is_better_than_none(client: Client, source: Source, tmp_path: Path) -> None:
    client.get(MARSEILLE)
    grow_old(tmp_path)
    source.respond = answer(b"", status=500)
    response = client.get(MARSEILLE)
    assert (response.status_code, response.content) == (200, PNG)
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("slowly", ["silent", "drop-by-drop"])
def test_a_source_that_hangs_is_given_up(
    client: Client, source: Source, monkeypatch: pytest.MonkeyPatch, slowly: str
) -> None:
    monkeypatch.setattr(tiles, "READ_SECONDS", 0.1)
    tiles._pool.cache_clear()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        if slowly == "silent":
            source.done.wait()
            return
        handler.send_response(200)
        handler.end_headers()
        # Never a time-out between two bytes, and never an end.
        while not source.done.wait(0.01):
            try:
                handler.wfile.write(b"\x89")
            except OSError:
                return

    source.respond = hang
    try:
        assert client.get(MARSEILLE).status_code == 503
    finally:
        tiles._pool.cache_clear()


def test_a_source_that_fails_is_left_alone_then_asked_again(client: Client, source: Source) -> None:
    source.respond = answer(b"", status=500)
    responses = [client.get(MARSEILLE) for _i in range(5)]
    assert {response.status_code for response in responses} == {503}
    assert responses[-1]["Retry-After"] == "60"
    assert len(source.asked) == 3
    cache.clear()  # what the minute does
    source.respond = answer(PNG)
    assert client.get(MARSEILLE).status_code == 200


def test_a_source_that_is_not_there_is_left_alone(client: Client, settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.PORTAL_TILES_URL = "http://127.0.0.1:1/{z}/{x}/{y}"
    assert client.get(MARSEILLE).status_code == 503


def test_neither_a_tile_nor_its_absence_is_logged(
    client: Client, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.get(MARSEILLE)
    client.get(LILLE)
    source.respond = answer(b"", status=500)
    for x in range(525, 529):
        client.get(f"/tuiles/10/{x}/374")
    assert [record.getMessage() for record in caplog.records] == [
        "The source of the map's tiles fails: left alone for a minute."
    ]


def test_the_tiles_of_another_source_are_not_mixed_in(
    client: Client, source: Source, settings
) -> None:
    client.get(MARSEILLE)
    settings.PORTAL_TILES_URL += "?style=grey"
    client.get(MARSEILLE)
    assert source.asked[1][0] == "/10/527/373.png?style=grey"


def test_a_damaged_file_is_asked_for_again(client: Client, source: Source, tmp_path: Path) -> None:
    client.get(MARSEILLE)
    (path,) = kept(tmp_path)
    path.write_bytes(b"half of")
    assert client.get(MARSEILLE).content == PNG
    assert path.read_bytes() == PNG


def test_a_disk_that_refuses_stops_no_reader(
    client: Client, source: Source, settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_bytes(b"")
    assert client.get(MARSEILLE).content == PNG


def test_the_oldest_tiles_make_room(client: Client, source: Source, settings, tmp_path) -> None:
    for x in range(525, 529):
        client.get(f"/tuiles/10/{x}/373")
    for path in kept(tmp_path):
        when = int(path.parent.name)
        os.utime(path, (when, when))
    settings.PORTAL_TILES_MAX_BYTES = 3 * len(PNG)
    tile_store.make_room()
    assert {path.parent.name for path in kept(tmp_path)} == {"527", "528"}


def test_only_what_a_dead_process_has_left_is_swept(
    client: Client, source: Source, tmp_path: Path
) -> None:
    client.get(MARSEILLE)
    (tile,) = kept(tmp_path)
    left, being_written = tile.with_name("left.part"), tile.with_name("new.part")
    left.write_bytes(b"")
    being_written.write_bytes(b"")
    two_hours_ago = time.time() - 7200
    os.utime(left, (two_hours_ago, two_hours_ago))
    tile_store.make_room()
    assert set(kept(tmp_path)) == {tile, being_written}


def test_a_network_that_empties_the_map_is_slowed_down(
    client: Client, source: Source, set_limit: SetLimit
) -> None:
    set_limit("map_tiles", 2)
    codes = [client.get(MARSEILLE).status_code for _i in range(3)]
    assert codes == [200, 200, 429]


def test_a_tile_is_only_read(client: Client, source: Source) -> None:
    assert client.head(MARSEILLE).status_code == 200
    assert client.post(MARSEILLE).status_code == 405


def test_the_page_of_the_map_knows_its_frame_and_its_source(source: Source) -> None:
    found = map_settings()
    assert found["tiles"] == "/tuiles/{z}/{x}/{y}"
    assert found["attribution"] == "© IGN"
    assert found["contours"] == "/contours.geojson"
    (south, west), (north, east) = found["bounds"]
    assert south < 43.16 < 43.92 < north  # Cassis to Barbentane
    assert west < 4.23 < 5.81 < east


def test_a_department_without_a_file_of_borders_still_has_a_frame(
    settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("portal.geo.boundaries.CONTOURS_DIR", tmp_path)
    settings.PORTAL_DEPARTEMENT = "48"
    for cached in (
        tiles.extent_of,
        tiles.frame,
    ):
        cached.cache_clear()
    (south, west), (north, east) = map_settings()["bounds"]
    assert south < 44.52 < north  # Mende
    assert west < 3.50 < east
    tiles.extent_of.cache_clear()
