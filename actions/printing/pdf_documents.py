"""Registration of the PDF of the roadmap."""

from collections.abc import Iterator

from actions.printing.booklet import make_roadmap
from portal.pdf.registry import PdfDocument, public_base_url, register_pdfs


def roadmap_documents() -> Iterator[PdfDocument]:
    yield make_roadmap(public_base_url())


register_pdfs(roadmap_documents)
