"""Word documents whose styles a secretary can change: titles, text and tables."""

import re
from io import BytesIO
from typing import Any

from django.http import FileResponse

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from portal.exports.tables import ReportTable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What XML cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WordDocument:
    """An A4 document in French, with Word's own styles: « Titre 1 », « Liste à puces »…"""

    def __init__(self, title: str, author: str = "") -> None:
        self._document: Any = Document()
        properties = self._document.core_properties
        properties.title, properties.author = _clean(title), _clean(author)
        properties.language = "fr-FR"
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        self._speak_french()
        self._document.add_heading(_clean(title), 0)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(_clean(text), level)

    def text(self, text: str) -> None:
        """Paragraphs, parted by an empty line."""
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            if paragraph:
                self._document.add_paragraph(_clean(paragraph))

    def bullets(self, texts: list[str]) -> None:
        for text in texts:
            self._document.add_paragraph(_clean(text), style="List Bullet")

    def table(self, table: ReportTable) -> None:
        """Its caption as a title; its head is repeated on each page."""
        self.heading(table.caption, 2)
        made = self._document.add_table(rows=1, cols=len(table.head), style="Table Grid")
        for cell, label in zip(made.rows[0].cells, table.head, strict=True):
            cell.paragraphs[0].add_run(_clean(label)).bold = True
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        made.rows[0]._tr.get_or_add_trPr().append(repeated)
        for row in table.formatted_rows:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = _clean(words)
        self._document.add_paragraph()

    def response(self, name: str) -> FileResponse:
        """The file, to be downloaded."""
        book = BytesIO()
        self._document.save(book)
        book.seek(0)
        return FileResponse(book, as_attachment=True, filename=f"{name}.docx", content_type=DOCX)

    def _speak_french(self) -> None:
        """The language by which Word checks the spelling."""
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "fr-FR")


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", str(text))
