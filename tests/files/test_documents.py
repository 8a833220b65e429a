"""Documents are what their name says they are."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wagtail.documents.models import Document

import pytest

from tests.factories.users import UserFactory

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def archive(**members: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return output.getvalue()


def docx() -> bytes:
    return archive(word__document_xml=b"<w/>")


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def send(editor: Client, name: str, content: bytes) -> object:
    file = SimpleUploadedFile(name, content)
    return editor.post(reverse("wagtaildocs:add"), {"title": "Un document", "file": file})


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "html called pdf": ("a.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "program called pdf": ("a.pdf", lambda: b"MZ\x90\x00" + b"\0" * 200),
    "archive called docx": ("a.docx", lambda: archive(virus=b"x")),
    "docx called odt": ("a.odt", docx),
    "pdf called docx": ("a.docx", lambda: PDF),
    "html called csv": ("a.csv", lambda: b"\n<html></html>"),
    "program called csv": ("a.csv", lambda: b"\x7fELF\x00\x00"),
    "archive bomb": ("a.xlsx", lambda: archive(xl__workbook_xml=b"\0" * 101 * 1024**2)),
    **{
        f"{extension} that swells": (
            f"a.{extension}",
            lambda part=part: archive(**part, swollen=b"\0" * 3 * 1024**2),
        )
        for extension, part in {
            "docx": {"word__document_xml": b"<w/>"},
            "xlsx": {"xl__workbook_xml": b"<x/>"},
            "ods": {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
        }.items()
    },
    "too many members": (
        "a.docx",
        lambda: archive(word__document_xml=b"x", **{f"m{n}": b"" for n in range(2_001)}),
    ),
    "truncated docx": ("a.docx", lambda: docx()[:60]),
    "html": ("a.html", lambda: b"<html></html>"),
    "double extension": ("a.pdf.html", lambda: PDF),
    "zero byte": ("a.pdf", lambda: b""),
    "zero byte csv": ("a.csv", lambda: b""),
    "eleven megabytes": ("a.pdf", lambda: PDF + b"\0" * 11 * 1024**2),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_is_not_what_it_says_is_refused_in_words(editor: Client, case: str) -> None:
    name, make = REFUSED[case]
    answer = send(editor, name, make())
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    many = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "x", "files[]": SimpleUploadedFile(name, make())},
    )
    assert many.json()["success"] is False
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilan.pdf", PDF),
        ("lettre.docx", docx()),
        ("lettre.odt", archive(mimetype=b"application/vnd.oasis.opendocument.text")),
        ("tableau.xlsx", archive(xl__workbook_xml=b"<x/>")),
        ("liste.csv", "nom;ville\nÉcoute;Aix".encode()),
        ("liste.csv", "nom;ville\nÉcoute;Aix".encode("cp1252")),
    ],
)
def test_a_true_document_is_kept(editor: Client, name: str, content: bytes) -> None:
    assert send(editor, name, content).status_code == 302
    with Document.objects.get().file.open() as stored:
        assert stored.read() == content


def test_a_document_is_served_so_that_the_browser_runs_nothing(
    editor: Client, settings: Any, tmp_path: Path
) -> None:
    disk = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    send(editor, "liste.csv", b"nom;ville\n")
    answer = Client().get(Document.objects.get().url)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
