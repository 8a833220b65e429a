"""Registration of the PDF of the roadmap, for the job and for the page « Imprimer »."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from actions.printing.booklet import NAME, make_roadmap
from portal.pdf.registry import (
    ListedPdf,
    PdfDocument,
    public_base_url,
    register_listed_pdf,
    register_pdfs,
)


def roadmap_documents() -> Iterator[PdfDocument]:
    yield make_roadmap(public_base_url())


register_pdfs(roadmap_documents)
register_listed_pdf(ListedPdf(_("La feuille de route"), NAME, "actions:roadmap_pdf"))
