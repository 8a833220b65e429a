"""Files whose encoding nobody says: read as French, or refused, never « GŽmenos »."""

import pytest

from portal.imports.files.csv_reader import FileLimits, UnreadableFile, decode_csv

LIMITS = FileLimits(megabytes=1, rows=100)
TABLE = "commune;secteur\nGémenos;13G05\nÉguilles;13G02\nSaint-Rémy-de-Provence;13G24\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"]
)
def test_an_accent_is_read_whatever_wrote_it(encoding: str) -> None:
    assert decode_csv(TABLE.encode(encoding), LIMITS).lstrip("\ufeff") == TABLE


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_one_accented_name_is_enough(encoding: str) -> None:
    text = "prenom;email\nJérôme;jerome@exemple.example\n"
    assert decode_csv(text.encode(encoding), LIMITS) == text


def test_a_name_of_a_neighbouring_language_is_no_reason_to_refuse() -> None:
    text = "nom;ville\nMuñoz;Aubagne\nGonçalves;Géménos\n"
    assert decode_csv(text.encode("cp1252"), LIMITS) == text


@pytest.mark.parametrize("content", ["Гёмёнос;13\n".encode("cp1251"), b"a;b\n\x8d\x8f\x81\x9d;1\n"])
def test_what_is_no_french_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        decode_csv(content, LIMITS)
