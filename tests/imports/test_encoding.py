"""Files whose encoding nobody says: read as French, or refused, never « GŽmenos »."""

import pytest

from portal.imports.files.csv_reader import FileLimits, UnreadableFile, decode_csv
from portal.imports.files.encoding import most_french

LIMITS = FileLimits(megabytes=1, rows=100)
TABLE = "commune;secteur\nGémenos;13G05\nÉguilles;13G02\nSaint-Rémy-de-Provence;13G24\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"]
)
def test_an_accent_is_read_whatever_wrote_it(encoding: str) -> None:
    assert decode_csv(TABLE.encode(encoding), LIMITS).text == TABLE


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_one_accented_name_is_enough(encoding: str) -> None:
    text = "prenom;email\nJérôme;jerome@exemple.example\n"
    assert decode_csv(text.encode(encoding), LIMITS).text == text


def test_a_name_of_a_neighbouring_language_is_no_reason_to_refuse() -> None:
    text = "nom;ville\nMuñoz;Aubagne\nGonçalves;Géménos\n"
    assert decode_csv(text.encode("cp1252"), LIMITS).text == text


@pytest.mark.parametrize(
    "content",
    [
        "Гёмёнос;13\n".encode("cp1251"), b"a;b\n\x8d\x8f\x81\x9d;1\n",
        "nom\nGémenos\n".encode("utf-32"), "nom\nGémenos\n".encode("utf-16")[:-1],
        "nom\nGémenos\n".encode() + "CMP;Gémenos\n".encode("cp1252"),
    ],
)  # fmt: skip
def test_what_is_no_french_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        decode_csv(content, LIMITS)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("mac_roman", "nom\rSecteur de Mézel à Crécy\r"),
        ("mac_roman", "nom\rÉcole de Gémenos\r"),
        ("mac_roman", "nom\rForum « santé » de l’été\r"),
        ("cp1252", "nom\nCœur d’œuvre — 5 € l’année\n"),
        ("cp1252", "nom\nGÉMENOS\n"),
        ("cp1252", "nom\nÉguilles\n"),
        ("iso8859_15", "nom\nUn cœur, 5 €\n"),
        ("cp850", "nom\nJérôme à Gémenos\n"),
        ("utf-16-le", "nom\nGémenos\n"),
        ("utf-16-be", "nom\nGémenos\n"),
        ("utf-16-le", "nom\r\nL’Étoile – « cœur »\r\n"),
        ("cp850", "nom\r\nHÔPITAL À GÉMENOS\r\n"),
        ("mac_roman", "nom\rZoé\rChloë\rFrançois\rBaptiste Muñoz\r"),
    ],
)
def test_french_is_known_by_its_letters(encoding: str, text: str) -> None:
    assert decode_csv(text.encode(encoding), LIMITS).text == text


@pytest.mark.parametrize("word", [b"\x83cole", b"\x82a", b"\x90cole"])
def test_what_two_encodings_read_as_well_is_refused(word: bytes) -> None:
    with pytest.raises(UnreadableFile, match="deux façons"):
        decode_csv(b"nom;ville\n" + word + b";Aubagne\n", LIMITS)


def test_one_line_of_an_official_file_is_read_as_the_most_french() -> None:
    for encoding in ("cp1252", "iso8859_15", "mac_roman"):
        assert most_french("CENTRE MÉDICAL de Gémenos".encode(encoding)) == (
            "CENTRE MÉDICAL de Gémenos"
        )
