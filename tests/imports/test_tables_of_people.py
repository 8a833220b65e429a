"""Tables as people lay them out: titles, groups of columns, totals, hidden sheets, lost zeros."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from portal.geo.models import Commune
from portal.imports.files.csv_reader import FileLimits, UnreadableFile, check_columns
from portal.imports.files.table_reader import Table, open_table
from portal.imports.parsers import CellText, parse_integer
from resources.imports.parsers import parse_finess, parse_phone, parse_postcode, parse_siret
from resources.sectors.import_reader import InseeLookup

KNOWN = ("titre", "commune", "telephone", "code_postal")
PHARE = ["Le Phare", "Aubagne", "0442000001", "13400"]


def opened(content: bytes) -> Table:
    return open_table(
        content,
        KNOWN,
        lambda names: check_columns(names, KNOWN, ("titre",)),
        sheet="fiches",
        limits=FileLimits(megabytes=1, rows=100),
    )


def cells(content: bytes) -> list[list[str]]:
    return [[line.texts.get(name, "") for name in KNOWN] for line in opened(content)]


@pytest.mark.parametrize(
    "text",
    [
        # Cells that are blank to the right of the table, in the names or in the lines alone.
        "titre;commune;telephone;code_postal\nLe Phare;Aubagne;0442000001;13400;;;\n",
        "titre;commune;telephone;code_postal;;\nLe Phare;Aubagne;0442000001;13400\n",
        "titre;;commune;;telephone;code_postal\nLe Phare;;Aubagne;;0442000001;13400\n",
        # A title above, with more of a sign than the lines have of theirs.
        "Nos lieux, à Marseille, à Aix, en 2026\ntitre;commune;telephone;code_postal\n"
        "Le Phare;Aubagne;0442000001;13400\n",
        "Lieux ; contacts ; accès ; horaires ; 2026\n\ntitre,commune,telephone,code_postal\n"
        "Le Phare,Aubagne,0442000001,13400\n",
        "titre|commune|telephone|code_postal\nLe Phare|Aubagne|0442000001|13400\n",
        # Two rows of names.
        "titre;commune;Contact;\n;;telephone;code_postal\nLe Phare;Aubagne;0442000001;13400\n",
        "titre;commune;Contact;\ntitre;commune;telephone;code_postal\n"
        "Le Phare;Aubagne;0442000001;13400\n",
        "Lieu;;Contact;\ntitre;commune;telephone;code_postal\nLe Phare;Aubagne;0442000001;13400\n",
        # How forms and people write the names.
        "Titre *;Commune :;Téléphone ;Code\u00a0postal\nLe Phare;Aubagne;0442000001;13400\n",
        "\ufeffTITRE;Commune;téléphone;code-postal\nLe Phare;Aubagne;0442000001;13400\n",
    ],
)
def test_the_columns_are_found_however_the_table_is_laid_out(text: str) -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        assert cells(text.encode(encoding)) == [PHARE]


def test_a_sign_inside_quotes_parts_no_cells() -> None:
    with pytest.raises(UnreadableFile, match="Colonnes inconnues ou en double : horaires_jours"):
        opened(b'"titre","commune","Horaires ; jours ; heures ; notes"\n"Le Phare","Aubagne",""\n')
    quoted = '"Ouvert ; calme ; simple, à tous"'
    assert cells(f"titre,commune\n{quoted},Aubagne\n".encode())[0][0] == quoted.strip('"')


def workbook(lay_out: Callable[[Workbook], object]) -> bytes:
    book = Workbook()
    lay_out(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _merged_names(book: Workbook) -> None:
    sheet = book.active
    sheet.append(["titre", "commune", "Coordonnées", None])
    sheet.append([None, None, "téléphone", "code postal"])
    for merged in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(merged)
    sheet.append(PHARE)


def _merged_title(book: Workbook) -> None:
    book.active["A1"] = "Lieux d’accueil en 2026"
    book.active.merge_cells("A1:D2")
    book.active.append([])
    book.active.append(KNOWN)
    book.active.append(PHARE)


def _hidden_sheet(book: Workbook) -> None:
    book.active.title = "fiches"
    book.active.append(KNOWN)
    book.active.append(["Ancien nom", "Aubagne", "", ""])
    book.active.sheet_state = "hidden"
    book.create_sheet("2026").append(KNOWN)
    book["2026"].append(PHARE)


def _numbers(book: Workbook) -> None:
    book.active.append(KNOWN)
    book.active.append([*PHARE[:2], 442000001.0, 13400.0])
    book.active.append([*PHARE[:2], 442000001, "13400"])


@pytest.mark.parametrize("lay_out", [_merged_names, _merged_title, _hidden_sheet])
def test_a_workbook_is_read_as_it_is_seen(lay_out: Callable[[Workbook], object]) -> None:
    assert cells(workbook(lay_out)) == [PHARE]


def test_a_number_has_no_decimals_that_nobody_typed() -> None:
    assert cells(workbook(_numbers)) == [[*PHARE[:2], "442000001", "13400"]] * 2


def test_a_cell_merged_over_several_lines_is_that_of_each() -> None:
    def lay_out(book: Workbook) -> None:
        book.active.append(KNOWN)
        book.active.append(PHARE)
        book.active.append(["La Balise"])
        book.active.append(["Le Môle", "Martigues"])
        book.active.merge_cells("B2:C3")

    [_first, second, third] = cells(workbook(lay_out))
    assert second == ["La Balise", "Aubagne", "", ""]
    assert third == ["Le Môle", "Martigues", "", ""]


def test_sheets_that_are_left_out_are_named() -> None:
    def lay_out(book: Workbook) -> None:
        book.active.title = "Marseille"
        for name in ("Marseille", "Aix", "Archives"):
            sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
            sheet.append(KNOWN)
            sheet.append(PHARE)
        book["Archives"].sheet_state = "hidden"

    [note] = opened(workbook(lay_out)).notes
    assert "« Aix »" in note
    assert "Archives" not in note

    def only_hidden(book: Workbook) -> None:
        book.create_sheet("Lieux").append(KNOWN)
        book["Lieux"].append(PHARE)
        book["Lieux"].sheet_state = "hidden"

    [note] = opened(workbook(only_hidden)).notes
    assert "« Lieux », qui est masquée" in note


@pytest.mark.parametrize(
    "last", ["Total;1", "TOTAL : 12;;", "Sous-total;;3", ";;Total général : 1 204", "Totaux"]
)
def test_a_line_of_totals_is_no_line_of_data(last: str) -> None:
    content = f"titre;commune;telephone;code_postal\n{';'.join(PHARE)}\n{last}\n"
    [line, total] = opened(content.encode())
    assert not line.problems
    assert (total.number, total.texts) == (3, {})
    assert "total" in total.problems[0]


def test_a_place_may_be_called_total() -> None:
    [line] = opened(b"titre;commune\nTotal respect;Aubagne\n")
    assert not line.problems


def _archive(*names: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf\r\n  \r\n", "vide"),
        (b"<html><table><tr><td>titre</td></tr></table></html>", "page web"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook></Workbook>', "page web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format (.xls)"),
        (_archive("mimetype", "content.xml"), "pas un classeur Excel"),  # .ods
        (_archive("Index/Document.iwa"), "pas un classeur Excel"),  # .numbers
        (_archive("[Content_Types].xml", "word/document.xml"), "pas un classeur Excel"),
        (_archive("[Content_Types].xml", "xl/workbook.bin"), "pas un classeur Excel"),  # .xlsb
        (b"%PDF-1.7\n\0\xff", "pas un CSV"),
        (b'titre;commune\n"Le Phare;Aubagne\n', "guillemet"),
        (b"nom,prenom\nX,Y\n", "Il manque : titre"),
    ],
)
def test_a_file_that_is_no_table_is_told_what_to_become(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(opened(content))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("parse", "typed", "read"),
    [
        (parse_phone, "491234567.0", "04 91 23 45 67"),
        (parse_phone, "491234567,00", "04 91 23 45 67"),
        (parse_phone, "0491234567.0", "04 91 23 45 67"),
        (parse_phone, "33491234567.0", "04 91 23 45 67"),
        (parse_phone, "262902020.0", "0262 90 20 20"),
        (parse_phone, "3114.0", "3114"),
        (parse_postcode, "1000", "01000"),
        (parse_postcode, "6000.0", "06000"),
        (parse_postcode, "13400,0", "13400"),
        (parse_finess, "10000123", "010000123"),
        (parse_finess, "130001234.0", "130001234"),
        (parse_siret, "35600000000048.0", "35600000000048"),
        (parse_integer, "12.0", 12),
    ],
)
def test_the_digits_that_a_program_changed_are_given_back(
    parse: Callable[[CellText], object], typed: str, read: object
) -> None:
    assert parse(CellText(typed)) == read


def test_a_commune_keeps_the_zero_of_its_code(db: None) -> None:
    Commune.objects.create(code="01004", name="Ambérieu-en-Bugey", department="01")
    assert InseeLookup().find_code("1004.0") == "01004"
