"""Reading the documents that the portal prints, as a reader and as a screen reader do."""

import io
import os

import pytest
from pypdf import PdfReader

from portal.pdf.render import missing_packages

#: Documents cannot be made on every machine; in CI a missing library is a failure.
needs_press = pytest.mark.skipif(
    bool(missing_packages()) and not os.environ.get("CI"),
    reason="a library that makes PDFs is missing on this machine",
)


def read(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


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
