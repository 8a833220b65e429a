"""The list of printable documents of the page « Imprimer »."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.models import Locale

from portal.geo.models import Territory
from portal.pdf.models import PdfFile
from portal.pdf.registry import listed_pdfs
from resources.listing.type_labels import get_type_labels
from resources.printing.booklet import booklet_name
from resources.printing.poster import poster_name
from resources.printing.querysets import printable_entries


class PrintableDocument(NamedTuple):
    title: str | Promise
    url: str
    size: str


class DocumentGroup(NamedTuple):
    title: str | Promise
    documents: list[PrintableDocument]


def document_groups() -> list[DocumentGroup]:
    """Those that have something to offer; a weight is known once a document is written."""
    sizes = PdfFile.objects.sizes()

    def document(title: str | Promise, route: str, name: str, **asked: str) -> PrintableDocument:
        query = f"?{urlencode(asked)}" if asked else ""
        size = str(filesizeformat(sizes[name])) if name in sizes else ""
        return PrintableDocument(title, reverse(route) + query, size)

    territories = list(Territory.objects.all())
    present = set(printable_entries().order_by().values_list("type__code", flat=True))
    types = [
        kind for kind in get_type_labels(Locale.get_active().pk).values() if kind.code in present
    ]
    booklet, poster = "resources:directory_pdf", "resources:poster_pdf"
    found = [
        DocumentGroup(
            _("Pour tout le département"),
            [
                document(_("L’annuaire de la santé mentale"), booklet, booklet_name()),
                document(_("Affiche « Besoin d’aide ? »"), poster, poster_name()),
                *(document(one.title, one.url_name, one.name) for one in listed_pdfs()),
            ],
        ),
        DocumentGroup(
            _("L’affiche « Besoin d’aide ? » d’un territoire"),
            [
                document(
                    _("Affiche : %(place)s") % {"place": one.name},
                    poster,
                    poster_name(one.slug),
                    territoire=one.slug,
                )
                for one in territories
            ],
        ),
        DocumentGroup(
            _("L’annuaire d’un territoire"),
            [
                document(
                    _("Annuaire : %(place)s") % {"place": one.name},
                    booklet,
                    booklet_name(one.slug),
                    territoire=one.slug,
                )
                for one in territories
            ],
        ),
        DocumentGroup(
            _("L’annuaire d’un seul type de lieu"),
            [
                document(
                    kind.plural or kind.name,
                    booklet,
                    booklet_name(code=kind.code),
                    type=kind.query_code,
                )
                for kind in types
            ],
        ),
    ]
    return [group for group in found if group.documents]
