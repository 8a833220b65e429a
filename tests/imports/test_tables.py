"""Tables as people have them: what a spreadsheet, a form or a telephone made of them is read."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from portal.imports.files.csv_reader import BadValue, UnreadableFile, check_columns, parse_day
from portal.imports.files.table_reader import Table, open_table

CASES = Path(__file__).parent / "cases"
KNOWN = ("titre", "commune", "telephone")
Sheet = tuple[str, Sequence[Sequence[Any]]]


def opened(content: bytes, sheet: str = "fiches") -> Table:
    return open_table(
        content, KNOWN, lambda names: check_columns(names, KNOWN, ("titre",)), sheet=sheet
    )


def texts(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(line.number, line.texts) for line in opened(content)]


def workbook(*sheets: Sheet) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


PHARE = {"titre": "Le Phare", "commune": "Aubagne", "telephone": ""}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sep=;\r\ntitre;commune;telephone\r\nLe Phare;Aubagne;\r\n", 3),
        ("\ufeffsep=;\ntitre;commune;telephone\nLe Phare;Aubagne;\n", 3),
        ("SEP=,\ntitre,commune,telephone\nLe Phare,Aubagne,\n", 3),
        ('"sep=;"\ntitre;commune;telephone\nLe Phare;Aubagne;\n', 3),
        ("sep=\t\rtitre\tcommune\ttelephone\rLe Phare\tAubagne\t\r", 3),
        # A first line of commas is no reason to cut the others by them.
        ("titre;commune;telephone\rLe Phare;Aubagne;\r", 2),
        # What Numbers writes above its tables, and a title that somebody typed.
        ("Tableau 1,,\ntitre,commune,telephone\nLe Phare,Aubagne,\n", 3),
        ("Nos lieux en 2026\n\ntitre;commune;telephone\nLe Phare;Aubagne;\n", 4),
        # Excel leaves out the empty cells at the end of a line.
        ("titre;commune;telephone\nLe Phare;Aubagne\n", 2),
    ],
)
def test_the_columns_are_found_and_no_line_is_shorter_than_they_are(text: str, line: int) -> None:
    assert texts(text.encode()) == [(line, PHARE)]


def test_many_commas_in_the_texts_of_a_mac_do_not_cut_its_lines() -> None:
    rows = "titre;commune\r" + "Un lieu, calme, ouvert, à tous;Aubagne\r" * 3
    assert [found["titre"] for _line, found in texts(rows.encode("mac_roman"))] == [
        "Un lieu, calme, ouvert, à tous"
    ] * 3


def test_a_note_says_the_encoding_that_was_found_and_shows_a_word() -> None:
    content = "titre;commune\nLe Phare de Gémenos;Aubagne\n"
    [note] = opened(content.encode("mac_roman")).notes
    assert "Mac Roman" in note
    assert "Gémenos" in note
    assert opened(content.encode()).notes == []


NAMES = ["titre", "commune", "telephone"]
GOOD = [NAMES, ["Le Phare", "Aubagne"]]


@pytest.mark.parametrize(
    "sheets",
    [
        (("Résumé de l’exportation", [["Document", "Feuille"], ["a", "b"]]), ("Feuille 1", GOOD)),
        (("Résumé", [["titre", "autre"]]), ("Tableau", [["Tableau 1"], *GOOD])),
        (("aide", [["colonne"], ["=1+1"]]), ("fiches", GOOD)),
        (("Feuil1", GOOD), ("Calculs", [["=SUM(A1:A2)"]])),
    ],
)
def test_the_sheet_that_has_the_columns_is_read(sheets: tuple[Sheet, ...]) -> None:
    [(_line, found)] = texts(workbook(*sheets))
    assert found == PHARE


def test_a_workbook_without_the_columns_says_which_ones_it_lacks() -> None:
    with pytest.raises(UnreadableFile, match="Il manque : titre"):
        opened(workbook(("a", [["commune"]]), ("b", [["x"]])))


@pytest.mark.parametrize(
    "word",
    [
        "GŽmenos", "GÃ©menos", "lâ€™Étang", "G\ufffdmenos",
        # One of Windows, a Mac, an old console and UTF-8, read as another.
        "GÈmenos", "Saint-RÈmy", "GÚmenos", "G‚menos", "GÇmenos", "GÄmenos", "G√©menos",
        "G├®menos", "h√¥pital", "hÙpital", "hÓpital", "h™pital", "ÈlËve", "prÚnom", "forˆt",
    ],
)  # fmt: skip
def test_accents_that_another_program_spoilt_are_never_kept(word: str) -> None:
    [line] = opened(f"titre;commune\n{word};Aubagne\n".encode())
    assert "abîmés" in line.problems[0]
    assert line.texts["commune"] == "Aubagne"


@pytest.mark.parametrize(
    "word",
    [
        "Žižek", "L’Estaque", "São João", "Ange Ânier", "Âge d’or",
        "Božena", "SantÉnergie", "McÉlroy", "usager•es", "L’ÉCOLE", "été–hiver", "Ångström", "5 m²",
    ],
)  # fmt: skip
def test_a_foreign_name_is_not_spoilt(word: str) -> None:
    [line] = opened(f"titre;commune\n{word};Aubagne\n".encode())
    assert not line.problems


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-07", "07/05/2026", "7/5/2026", "07/05/26", "7.5.2026", "07-05-2026",
        "07/05/2026 10:22", "07/05/2026 10:22:33", "2026-05-07 10:22", "2026-05-07T10:22:33Z",
        "2026-05-07T10:22:33.120+02:00", "2026/05/07 10:22:33 AM UTC+2",
        "2026/05/07 9:05:00 PM UTC−3", "07/05/26 9:30", "07/05/2026 à 9h30", "07/05/2026 9 h 30",
        "7 mai 2026", "jeudi 7 mai 2026 a 9 h 30", "7-mai-26", "07/05/2026 9.30",
        "7 mai 2026 à midi",
    ],
)  # fmt: skip
def test_a_day_is_read_whatever_hour_comes_with_it(text: str) -> None:
    assert parse_day(text) == date(2026, 5, 7)


def test_two_digits_are_a_year_of_this_century_or_the_end_of_the_last() -> None:
    assert parse_day("01/02/03") == date(2003, 2, 1)
    assert parse_day("01/02/98") == date(1998, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "05/13/2026 10:22",
        "46149",
        "07/05",
        "2026",
        "à 9h",
        "46149,4",
        "3-févr",
        "07/05/0026",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="n’est pas une date"):
        parse_day(text)


def test_a_day_that_an_english_form_may_have_turned_round_is_refused() -> None:
    with pytest.raises(BadValue, match="deux façons"):
        parse_day("5/7/2026 10:22:33 AM")
    assert parse_day("5/5/2026 10:22:33 AM") == date(2026, 5, 5)
