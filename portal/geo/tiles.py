"""Proxy of the map's background: the source of the images never sees a reader.

An image is downloaded once for all readers, without any of their headers, and kept on disk. When
the source is away, the kept image is shown, however old; without one, the map shows the boundaries
of the communes only.
"""

import logging
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

import urllib3

from portal.geo import tile_store
from portal.geo.boundaries import contours, frame
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import bounds

logger = logging.getLogger(__name__)

MIN_ZOOM, MAX_ZOOM = 7, 17
MOST_BYTES = 500 * 1024
FRESH_SECONDS = 30 * 24 * 3600
MOST_FAILURES = 3
REST_SECONDS = 60
CONNECT_SECONDS, READ_SECONDS = 1.0, 3.0
#: Around the department, in degrees: its surroundings, where its people go too.
_MARGIN = 0.25
_FAILURES = "tiles:failures"


class NoTile(Exception):
    """The tile does not exist, or cannot be had for now (``for_now``)."""

    def __init__(self, for_now: bool = False) -> None:
        super().__init__()
        self.for_now = for_now


@dataclass(frozen=True, slots=True)
class MapTile:
    """An image; ``is_stale`` when the source could not give a newer one."""

    body: bytes
    media_type: str
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class TileExtent:
    """A bounding box, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, z: int, x: int, y: int) -> bool:
        """Whether a tile intersects it."""
        if not (0 <= x < 2**z and 0 <= y < 2**z):
            return False
        left, right = _longitude(x, z), _longitude(x + 1, z)
        top, bottom = _latitude(y, z), _latitude(y + 1, z)
        return left < self.east and right > self.west and bottom < self.north and top > self.south

    @property
    def corners(self) -> list[list[float]]:
        """[[south, west], [north, east]], as map libraries have it."""
        return [[self.south, self.west], [self.north, self.east]]


def get_tile(z: int, x: int, y: int) -> MapTile:
    """The image of a tile; ``NoTile`` outside the department or when there is no way to have it."""
    source, extent = settings.PORTAL_TILES_URL, extent_of(settings.PORTAL_DEPARTEMENT)
    if not (source and extent and MIN_ZOOM <= z <= MAX_ZOOM and extent.holds(z, x, y)):
        raise NoTile
    path = tile_store.folder_of(source) / str(z) / str(x) / str(y)
    kept, age = tile_store.read(path)
    if kept is not None and age < FRESH_SECONDS:
        return _as_tile(kept)
    fresh = _fetch(_address(source, z, x, y))
    if fresh is not None:
        tile_store.write(path, fresh)
        return _as_tile(fresh)
    if kept is not None:
        return _as_tile(kept, is_stale=True)
    raise NoTile(for_now=True)


def map_settings() -> dict[str, Any]:
    """Data of the page's map: tiles, their attribution, bounds, boundaries.

    ``tiles`` and ``contours`` are empty when there are none; ``bounds`` is null for a department
    whose communes have no known place.
    """
    address = reverse("tile", args=[1, 2, 3]).removesuffix("1/2/3")
    extent = extent_of(settings.PORTAL_DEPARTEMENT)
    has_tiles = bool(settings.PORTAL_TILES_URL and extent)
    return {
        "tiles": f"{address}{{z}}/{{x}}/{{y}}" if has_tiles else "",
        "attribution": settings.PORTAL_TILES_ATTRIBUTION if has_tiles else "",
        "min_zoom": MIN_ZOOM,
        "max_zoom": MAX_ZOOM,
        "bounds": extent.corners if extent else None,
        "contours": reverse("contours") if contours() else "",
    }


@lru_cache(maxsize=8)
def extent_of(department: str) -> TileExtent | None:
    """Bounding box of a department, from its boundaries or else from its communes' centres."""
    around = frame(department)
    if around is None:
        towns = department_towns(department)
        points = [(town.lon, town.lat) for town in towns if town.lon is not None and town.lat]
        if not points:
            return None
        around = bounds(points)
    west, south, east, north = around
    sides = (west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)
    return TileExtent(*(round(side, 3) for side in sides))


def _longitude(x: int, z: int) -> float:
    return x / 2**z * 360 - 180


def _latitude(y: int, z: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2**z))))


# The source


@lru_cache(maxsize=1)
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(
        maxsize=8,
        retries=False,
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        headers={"User-Agent": "portail-ptsm", "Accept": "image/png,image/jpeg,image/webp"},
    )


def _address(source: str, z: int, x: int, y: int) -> str:
    for name, value in (("{z}", z), ("{x}", x), ("{y}", y)):
        source = source.replace(name, str(value))
    return source


def _fetch(address: str) -> bytes | None:
    """What the source has: an image, or nothing at all there (``b""``).

    ``None`` when it fails, or is left in peace for having failed. The count of failures is
    shared by the processes: readers do not wait for each in turn.
    """
    failures = cache.get(_FAILURES, 0)
    if failures >= MOST_FAILURES:
        return None
    try:
        body = _download(address)
    except (urllib3.exceptions.HTTPError, OSError):
        _note_failure()
        return None
    if failures:
        cache.delete(_FAILURES)
    return body


def _note_failure() -> None:
    """Count a failure of the source; the address of the tile is not logged."""
    failures = cache.get(_FAILURES, 0) + 1
    cache.set(_FAILURES, failures, REST_SECONDS)
    if failures == MOST_FAILURES:
        logger.warning("The source of the map's tiles fails: left alone for a minute.")


class _BadAnswer(urllib3.exceptions.HTTPError):
    """An answer of the source that is not an image."""


def _download(address: str) -> bytes:
    """The image at this address; ``b""`` where the source has none; raises on failure."""
    response = _pool().request("GET", address, preload_content=False, redirect=False)
    try:
        if response.status == HTTPStatus.NOT_FOUND:
            return b""
        body = _body(response) if response.status == HTTPStatus.OK else b""
    finally:
        response.close()
    if not tile_store.media_type(body):
        raise _BadAnswer
    return body


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """The body of an answer, refused beyond a size and beyond a duration.

    A time-out does not stop a server that sends a byte now and then.
    """
    until = time.monotonic() + READ_SECONDS
    body = b""
    while part := response.read1(2**16):
        body += part
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise _BadAnswer
    return body


def _as_tile(body: bytes, is_stale: bool = False) -> MapTile:
    if not body:
        raise NoTile
    return MapTile(body, tile_store.media_type(body), is_stale)
