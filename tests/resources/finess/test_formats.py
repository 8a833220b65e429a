"""The three formats of FINESS, the files that are none, and those that were made to harm."""

import gzip
import io
import json
import resource
import zipfile
from pathlib import Path

import pytest

from portal.imports.contract import ImportRow, SourceFile
from portal.imports.files.csv_reader import UnreadableFile
from resources.finess.geocoding import DEGREES, RawPoint, box_of, epsg_of, locate_point
from resources.finess.rows import read_finess
from tests.resources.finess.finess_world import make_communes, make_types

DATA = Path(__file__).parent / "data"
REAL = Path(__file__).parents[4] / "shared" / "data" / "finess_31_extrait_ancien_format.csv"
SAMPLE = REAL.with_name("finess_plus_structures_exemple.json")


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    make_types()
    make_communes()


def read(content: bytes | str, **changes: str) -> SourceFile:
    content = content.encode() if isinstance(content, str) else content
    return read_finess(io.BytesIO(content), **changes)


def sample(name: str) -> bytes:
    return (DATA / name).read_bytes()


def rows(file: SourceFile) -> dict[str, ImportRow]:
    return {row.key: row for row in file.rows}


def test_the_historic_extraction_gives_the_establishments_of_the_department() -> None:
    file = read(sample("finess_507.csv"))
    assert set(rows(file)) == {"130990011", "130990029", "130990060"}
    assert str(file.day) == "2026-08-10"
    assert file.errors == []
    cmp_ = rows(file)["130990011"].values
    assert cmp_["title"] == "CMP psychiatrie infanto-juvénile des Tilleuls"
    assert (cmp_["type"], cmp_["audience"]) == ("CMPEA", "infanto-juvenile")
    assert cmp_["address_street"] == "12 bis rue de l’Etoile"
    assert (cmp_["phone"], cmp_["siret"]) == ("04 91 00 00 11", "26130000000013")
    assert (cmp_["source"], cmp_["source_date"]) == ("FINESS", "2021-10-18")


def test_a_point_is_joined_on_the_number_and_mended_when_its_two_figures_are_swapped() -> None:
    found = rows(read(sample("finess_507.csv")))
    assert found["130990011"].values["lat"] == pytest.approx(43.337, abs=0.002)
    swapped = found["130990029"]
    assert (swapped.values["lat"], swapped.values["lon"]) == pytest.approx(
        (43.283, 5.574), abs=0.002
    )
    assert any("inversées" in remark for remark in swapped.remarks)


def test_a_point_out_of_the_department_is_left_empty_and_said() -> None:
    far = rows(read(sample("finess_507.csv")))["130990060"]
    assert "lat" not in far.values
    assert any("hors du département" in remark for remark in far.remarks)


def test_odd_lines_are_left_aside_and_said_and_block_nothing() -> None:
    said = " ".join(read(sample("finess_507.csv")).notes)
    for words in ("3 colonnes au lieu de 32", "déjà dit ligne 2", "« pharmacie » dans le nom"):
        assert words in said
    assert "Ailleurs en France : 1." in said


def test_a_wrong_siret_and_a_broken_phone_are_left_empty_and_said() -> None:
    row = rows(read(sample("finess_507.csv")))["130990060"]
    assert not {"siret", "phone"} & set(row.values)
    assert any("SIRET" in remark for remark in row.remarks)
    assert any("téléphone" in remark for remark in row.remarks)
    assert row.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso8859-15", "cp1252", "utf-16"])
def test_every_encoding_of_the_same_file_says_the_same(encoding: str) -> None:
    text = sample("finess_507.csv").decode().replace("DES TILLEULS", "DE L'ÉTÉ Œ")
    if encoding == "iso8859-15":
        assert b"\xbc" in text.encode(encoding)
    found = rows(read(text.encode(encoding)))["130990011"].values["title"]
    assert found == "CMP psychiatrie infanto-juvénile de l’Été Œ"


def test_two_encodings_in_one_file_are_read_line_by_line() -> None:
    lines = sample("finess_507.csv").decode().split("\n")
    lines[1] = lines[1].replace("TILLEULS", "CÈDRES")
    lines[2] = lines[2].replace("ACACIAS ; ETAGE 2", "CÈDRES")
    mixed = b"\n".join([lines[0].encode(), lines[1].encode("iso8859-15"), lines[2].encode()])
    assert all("Cèdres" in row.values["title"] for row in read(mixed).rows)


def test_t_finess_is_read_by_the_names_of_its_columns() -> None:
    found = rows(read(sample("t_finess.csv")))
    assert set(found) == {"130990078", "130990086"}
    cattp = found["130990078"].values
    assert (cattp["type"], cattp["commune"], cattp["postcode"]) == ("CATTP", "13201", "13001")
    assert cattp["phone"] == "04 91 00 00 78"
    assert cattp["lat"] == pytest.approx(43.292, abs=0.002)


def test_degrees_with_a_comma_that_are_swapped_are_understood() -> None:
    row = rows(read(sample("t_finess.csv")))["130990086"]
    assert (row.values["lat"], row.values["lon"]) == (43.29, 5.57)
    assert any("inversées" in remark for remark in row.remarks)


def test_a_header_said_twice_is_no_establishment() -> None:
    text = sample("t_finess.csv").decode()
    assert len(read(text + text.split("\n")[0] + "\n").rows) == 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_new_flow_is_read_packed_or_not(pack) -> None:
    file = read(pack(sample("finess_plus.json")))
    assert set(rows(file)) == {"130990094", "130990110"}
    assert str(file.day) == "2026-09-09"
    cmp_ = rows(file)["130990094"].values
    assert cmp_["title"] == "CMP adultes Les Moulins"
    assert cmp_["operator"] == "Association des Trois Moulins"
    assert cmp_["address_street"] == "4 rue Auguste Thiers"
    assert (cmp_["phone"], cmp_["commune"]) == ("04 42 00 00 94", "13005")
    assert (cmp_["lat"], cmp_["lon"]) == (43.2931, 5.5701)


def test_the_new_flow_s_projected_point_is_put_back_in_order_when_it_has_no_degrees() -> None:
    row = rows(read(sample("finess_plus.json")))["130990110"]
    assert row.values["lat"] == pytest.approx(43.292, abs=0.002)
    assert any("inversées" in remark for remark in row.remarks)


def test_an_establishment_that_has_closed_is_left_aside_and_counted() -> None:
    assert any("fermés, écartés" in note for note in read(sample("finess_plus.json")).notes)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the official sample is not on this machine")
def test_the_official_sample_of_the_new_flow_is_read() -> None:
    file = read(SAMPLE.read_bytes(), department="01")
    assert file.rows == []
    assert "1 ligne écartée" in " ".join(file.notes)  # a clinic that is not psychiatric


@pytest.mark.skipif(not REAL.exists(), reason="the real extract is not on this machine")
def test_a_real_extract_of_another_department_is_read_whole() -> None:
    from django.core.management import call_command

    call_command("load_communes", "--departement", "31", verbosity=0)
    file = read(REAL.read_bytes(), department="31")
    kinds = [row.values["type"] for row in file.rows]
    assert (kinds.count("CMP") + kinds.count("CMPEA"), kinds.count("HDJ")) == (29, 17)
    assert all(row.values.get("lat") for row in file.rows)
    assert not any("0000000000" in json.dumps(row.values) for row in file.rows)


@pytest.mark.parametrize(
    ("x", "y", "words", "department", "lon", "lat"),
    [
        (882408.3, 6543019.6, "LAMBERT_93", "01", 5.355651, 45.962402),
        (870215.7, 6571590.5, "LAMBERT_93", "01", 5.208596, 46.222745),
        (873766.07, 6570414.61, "", "01", 5.254203, 46.211257),
        (
            656000,
            1795000,
            "1,ATLASANTE,100,IGN,UTM_N20",
            "971",
            -61.540389,
            16.230611,
        ),
        (340000, 7680000, "UTM_S40", "974", 55.460893, -20.973643),
        (520000, 8590000, "", "976", 45.184252, -12.754553),
        (353000, 544000, "UTM_N22", "973", -52.325788, 4.920297),
    ],
)
def test_each_projection_gives_the_point_that_is_expected(
    x: float, y: float, words: str, department: str, lon: float, lat: float
) -> None:
    point, remarks = locate_point([RawPoint(x, y, epsg_of(words, department))], box_of(department))
    assert point == pytest.approx((lat, lon), abs=2e-6)
    assert remarks == ()


def test_the_bounds_of_any_department_come_from_its_borders_and_its_communes() -> None:
    assert box_of("13") == pytest.approx((4.18, 43.10, 5.87, 43.98), abs=0.02)
    assert box_of("975") is None  # neither in what ships: nothing is checked


@pytest.mark.parametrize("x", [float("inf"), 1e7, 300.0])
def test_figures_that_are_nowhere_give_no_point(x: float) -> None:
    assert locate_point([RawPoint(x, 43.3, DEGREES)], box_of("13"))[0] is None


def test_degrees_where_metres_are_due_are_understood() -> None:
    point, remarks = locate_point([RawPoint(5.37, 43.3, 2154)], box_of("13"))
    assert point == (43.3, 5.37)
    assert "degrés" in remarks[0]


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../t_finess.csv", sample("t_finess.csv"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "pas un fichier FINESS connu"),
        (b"code;commune\n13G01;13005\n", "pas un fichier FINESS connu"),
        (b"\x89PNG\r\n\0\0", "ni un CSV ni un JSON"),
        pytest.param(zipped(), "archive ZIP", id="zip"),  # its hour changes
        (b"finess;etalab;111;2026-08-10\n", "Aucune ligne"),
        (b"structureet;130990011;coupe\n", "nombre de colonnes attendu"),
        (b"structureet;" + b"x" * 70_000, "trop longue"),
        (
            b"nofinesset;rs;commune\n130990011;CMP;005\n",
            "Il manque.: categetab",
        ),
        (b'{"pmej": [{"ege": [}', "mal form"),
        (b'{"pmej": [{"ege": []}', "mal form"),
        (b'{"pmej": ' + b"[" * 100_000, "mal form"),
        (b'{"pmej": [{"a": ' + b"9" * 5_000 + b"}]}", "mal form"),
        (b'{"autre": []}', "pas de liste"),
        (b'{"pmej": [{"nom": "\xe9"}]}', "UTF-8"),
        (gzip.compress(b'{"pmej": [' + b" " * 1000 + b"]}", mtime=0)[:-12], "archive est ab"),
        (
            gzip.compress(gzip.compress(b'{"pmej": []}', mtime=0), mtime=0),
            "FINESS connu|ni un CSV ni un JSON",
        ),
    ],
    ids=str,
)
def test_a_file_that_is_none_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(content)


@pytest.mark.parametrize(
    ("start", "filling", "words"),
    [
        (b'{"pmej": [', b" " * 1024**2, "démesuré"),
        (b"finess;etalab;1;2026-08-10\n", b"\n" * 1024**2, "trop de lignes"),
        (b'{"pmej": ["', b"a" * 1024**2, "mal form|démesuré"),
    ],
)
def test_an_archive_that_unpacks_to_gigabytes_is_refused_without_memory(
    start: bytes, filling: bytes, words: str
) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as archive:
        archive.write(start)
        for _count in range(200):
            archive.write(filling)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableFile, match=words):
        read(packed.getvalue())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_what_a_packed_file_may_unpack_to_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.finess.files.MOST_MEGABYTES", 1)
    text = sample("finess_507.csv") + b"".join(b"structureet;%09d\n" % n for n in range(90_000))
    with pytest.raises(UnreadableFile, match="trop gros"):
        read(text)
