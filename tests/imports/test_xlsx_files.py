"""Workbooks that are read, and those that are not opened; each input is one that people send."""

import io
import stat
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portal.exports.formula_escape import unescape_formula
from portal.imports.files.csv_reader import FileLimits, UnreadableFile
from portal.imports.files.table_reader import table_rows
from portal.imports.files.xlsx_reader import check_workbook, workbook_rows

LIMITS = FileLimits(megabytes=5, rows=50)
BOMB_LIMITS = FileLimits(megabytes=20, rows=50)


def workbook(*rows: list[Any], change: Callable[[Workbook], object] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def with_members(content: bytes, *members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The same workbook with more members, or others in their place."""
    output = io.BytesIO()
    replaced = {name for name, _data in members if isinstance(name, str)}
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            if member.filename not in replaced:
                target.writestr(member, source.read(member))
        for name, data in members:
            target.writestr(name, data)
    return output.getvalue()


def read(content: bytes, limits: FileLimits = LIMITS) -> list[tuple[int, list[str]]]:
    return list(workbook_rows(content, limits))


def refusal(content: bytes, limits: FileLimits = LIMITS) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content, limits)
    return str(caught.value)


def test_cells_are_read_as_one_would_type_them() -> None:
    content = workbook(
        ["un", "  deux\nmots ", None, 491385460, 43.5, 12.0, True],
        [],
        [date(2026, 5, 7), datetime(2026, 5, 7, 9, 30), time(9, 0), "0491385460", None],
    )

    assert read(content) == [
        (1, ["un", "deux mots", "", "491385460", "43.5", "12", "oui"]),
        (3, ["2026-05-07", "2026-05-07 09:30", "09:00", "0491385460"]),
    ]


def test_a_day_is_the_same_in_both_calendars_of_spreadsheets() -> None:
    def since_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    row = [date(2026, 5, 7)]

    assert read(workbook(row)) == read(workbook(row, change=since_1904)) == [(1, ["2026-05-07"])]


def test_a_text_that_looks_like_a_formula_is_read_back_as_it_was() -> None:
    def typed(book: Workbook) -> None:
        for rank, text in enumerate(["=1+1", "+33 4", "'apostrophe"], start=1):
            cell = book.active.cell(1, rank, text)
            cell.data_type = "s"

    cells = read(workbook(change=typed))[0][1]

    assert [unescape_formula(cell) for cell in cells] == ["=1+1", "+33 4", "'apostrophe"]


def test_the_sheet_that_is_asked_for_is_read_wherever_it_is() -> None:
    def with_another(book: Workbook) -> None:
        book.create_sheet("fiches").append(["bonne"])

    content = workbook(["aide"], change=with_another)

    assert list(workbook_rows(content, LIMITS, "fiches")) == [(1, ["bonne"])]
    assert list(workbook_rows(content, LIMITS, "absente")) == [(1, ["aide"])]


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "=1+1", "=[1]Feuil!A1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_refused_with_its_place(formula: str) -> None:
    said = refusal(workbook(["nom"], [formula]))

    assert "Ligne 2" in said
    assert "A2" in said
    assert "formule" in said


def test_an_error_of_the_spreadsheet_is_refused_with_its_place() -> None:
    def broken(book: Workbook) -> None:
        cell = book.active.cell(2, 1, "#REF!")
        cell.data_type = "e"

    assert "Ligne 2 : une cellule (A2) contient une erreur" in refusal(
        workbook(["nom"], change=broken)
    )


def test_links_to_other_workbooks_are_not_followed() -> None:
    content = with_members(
        workbook(["nom"], ["valeur"]),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    )

    assert read(content) == [(1, ["nom"]), (2, ["valeur"])]


def test_a_workbook_with_macros_is_not_opened() -> None:
    content = with_members(workbook(["nom"]), ("xl/vbaProject.bin", b"\xd0\xcf"))

    assert "macros" in refusal(content)


def test_a_workbook_with_a_password_is_said_to_have_one() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    assert "mot de passe" in refusal(ole)

    locked = bytearray(workbook(["nom"]))
    entry = locked.index(b"PK\x01\x02")
    locked[entry + 8] |= 1
    assert "mot de passe" in refusal(bytes(locked))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:/x", "a/../b"])
def test_a_member_that_would_be_written_elsewhere_is_not_opened(name: str) -> None:
    # Windows' separator is written as it is: ZipInfo would change it.
    member = zipfile.ZipInfo("x")
    member.filename = name

    assert "pas sûr" in refusal(with_members(workbook(["nom"]), (member, b"x")))


def test_a_member_that_is_a_link_is_not_opened() -> None:
    link = zipfile.ZipInfo("xl/lien")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "pas sûr" in refusal(with_members(workbook(["nom"]), (link, b"/etc/passwd")))


def test_a_hundred_thousand_members_are_not_read() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for rank in range(50_000):
            archive.writestr(f"{rank}", b"")
    twice = output.getvalue()

    assert "pas sûr" in refusal(twice, BOMB_LIMITS)


def test_a_bomb_of_five_gigabytes_is_refused_in_little_memory() -> None:
    """Ten megabytes that unpack to five gigabytes: nothing of it is unpacked."""
    content = bomb(5 * 1024**3)
    assert len(content) < 10 * 1024**2

    tracemalloc.start()
    said = refusal(content, BOMB_LIMITS)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "pas sûr" in said
    assert most < 10 * 1024**2


def bomb(size: int) -> bytes:
    """A workbook whose two sheets unpack to this many blanks: one packed piece, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    blanks = b" " * 1024**2
    piece = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    pieces = size // len(blanks) // 2
    sheet = piece * pieces + packer.flush()
    names = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
    output = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(["nom"])))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            if member.filename not in names:
                target.writestr(member.filename, source.read(member))
        for name in names:
            target.writestr(name, sheet)
        for member in target.infolist():
            if member.filename in names:
                # In the directory only: nobody goes further.
                member.compress_type, member.file_size = zipfile.ZIP_DEFLATED, pieces * 1024**2
    return output.getvalue()


def test_a_directory_that_lies_about_sizes_unpacks_no_more_than_it_says() -> None:
    content = bytearray(bomb(80 * 1024**2))
    for name in (b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml"):
        entry = content.rindex(name) - 46
        assert content[entry : entry + 4] == b"PK\x01\x02"
        content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")

    tracemalloc.start()
    said = refusal(bytes(content))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "abîmé" in said
    assert most < 10 * 1024**2


def test_a_zip_in_a_zip_is_no_workbook() -> None:
    content = b"x"
    for _ in range(10):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            archive.writestr("dedans.zip", content)
        content = output.getvalue()

    assert "pas un classeur" in refusal(content)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_that_multiply_are_not_resolved(name: str) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><x>&a9;</x>'
    content = with_members(workbook(["nom"], ["valeur"]), (name, xml.encode()))

    assert "abîmé" in refusal(content)


def test_a_file_of_the_disk_is_not_read_by_an_entity() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    content = with_members(workbook(["nom"]), ("xl/worksheets/sheet1.xml", xml))

    assert "abîmé" in refusal(content)


def test_a_million_empty_rows_are_not_waited_for() -> None:
    rows = "".join(f'<row r="{n}"/>' for n in range(2, 200_000))
    assert "trop de lignes" in refusal(with_sheet(rows))
    assert "trop de lignes" in refusal(with_sheet('<row r="999999999"><c r="A1"/></row>'))


def with_sheet(rows: str) -> bytes:
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>nom</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}"><sheetData>{first}{rows}</sheetData></worksheet>'
    return with_members(workbook(["nom"]), ("xl/worksheets/sheet1.xml", xml.encode()))


def test_what_the_sheet_says_of_its_size_is_not_believed() -> None:
    content = workbook(["un", "deux"], ["trois", "quatre"])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1"')
    assert lying != sheet

    changed = with_members(content, ("xl/worksheets/sheet1.xml", lying))

    assert read(changed) == [(1, ["un", "deux"]), (2, ["trois", "quatre"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(*[["x"]] * 52), "trop de lignes : 50 au plus"),
        (workbook(["x"] * 201), "trop de colonnes, 200 au plus"),
        (workbook(["x" * 10_001]), "une cellule est trop longue"),
        (b"PK\x03\x04 presque", "pas un classeur"),
        (workbook(["x"])[:-30], "pas un classeur"),
        (with_members(workbook(["x"]), ("xl/workbook.xml", b"<x/>")), "abîmé"),
        (b"PK" + b"x" * (5 * 1024**2), "trop gros : 5 Mo au plus"),
    ],
    ids=["lignes", "colonnes", "cellule", "tronqué", "coupé", "sans feuille", "poids"],
)
def test_a_workbook_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_an_open_document_is_told_what_to_become() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")

    assert "Enregistrez-le en .xlsx ou en CSV" in refusal(output.getvalue())


def test_a_table_is_read_the_same_from_both_sorts_of_files() -> None:
    rows = [(1, ["nom", "téléphone"]), (2, ["Été", "0491385460"])]

    assert list(table_rows(workbook(*[cells for _line, cells in rows]))) == rows
    assert list(table_rows("nom;téléphone\nÉté;0491385460\n".encode("cp1252"))) == rows


def test_a_workbook_is_checked_without_being_opened() -> None:
    check_workbook(workbook(["nom"]), LIMITS)
