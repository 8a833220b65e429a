"""Reading the documents that the portal prints, as a reader and as a screen reader do."""

import io
import os

from django.test import Client

import pytest
from pypdf import PdfReader

from portal.pdf.models import PdfFile
from portal.pdf.registry import PdfDocument, pdf_documents
from portal.pdf.render import missing_packages, render_pdf
from portal.pdf.writer import write

#: Documents cannot be made on every machine; in CI a missing library is a failure.
needs_press = pytest.mark.skipif(
    bool(missing_packages()) and not os.environ.get("CI"),
    reason="a library that makes PDFs is missing on this machine",
)


def read(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


def make(document: PdfDocument) -> PdfReader:
    """A document as the worker makes it, written nowhere."""
    return read(render_pdf(document, document.pages(), "0"))


def printed(reader: Client, address: str) -> PdfReader:
    """The document at an address: asked for, then written by the job, then asked for again."""
    assert reader.get(address).status_code == 503
    documents = {document.name: document for document in pdf_documents()}
    for row in PdfFile.objects.filter(wanted_at__isnull=False):
        assert write(documents[row.name], row)
    response = reader.get(address)
    assert response.status_code == 200
    return read(response.getvalue())


def words(document: PdfReader) -> str:
    """All that is written, on one line: where lines are cut is nobody's business."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def page_of(document: PdfReader, text: str, after: int = 1) -> int:
    """The number of the first page, from ``after`` on, where these words are written."""
    for number, page in enumerate(document.pages, start=1):
        if number >= after and text in " ".join(page.extract_text().split()):
            return number
    raise AssertionError(f"{text} is on no page")


def bookmarks(document: PdfReader) -> list[str]:
    """The titles of all bookmarks, whatever their level."""

    def flat(items: list) -> list[str]:
        found = []
        for item in items:
            found += flat(item) if isinstance(item, list) else [str(item.title)]
        return found

    return flat(document.outline)


def tags(document: PdfReader) -> set[str]:
    """The kinds of pieces that a screen reader is told of: headings, lists, links…"""
    found: set[str] = set()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif hasattr(node, "get") and "/S" in node:
            found.add(str(node["/S"]))
            walk(node.get("/K", []))

    walk(document.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found
