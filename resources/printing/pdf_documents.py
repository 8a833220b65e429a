"""The documents of the directory that the portal writes, registered for the job."""

from collections.abc import Iterator

from portal.geo.models import Territory
from portal.pdf.registry import PdfDocument, public_base_url, register_pdfs
from resources.models import ResourceType
from resources.printing.booklet import make_booklet
from resources.printing.poster import make_poster
from resources.printing.querysets import printable_entries


def directory_documents() -> Iterator[PdfDocument]:
    """What the page « Imprimer » lists, then what only an address asks for.

    The latter: a type that has no entry, and a type in a territory.
    """
    base_url = public_base_url()
    territories = list(Territory.objects.all())
    present = set(printable_entries().order_by().values_list("type__code", flat=True))
    yield make_booklet(base_url)
    yield make_poster(base_url)
    for territory in territories:
        yield make_poster(base_url, territory)
        yield make_booklet(base_url, territory)
    for kind in ResourceType.objects.in_source_language():
        yield make_booklet(base_url, kind=kind, is_listed=kind.code in present)
        for territory in territories:
            yield make_booklet(base_url, territory, kind, is_listed=False)


register_pdfs(directory_documents)
