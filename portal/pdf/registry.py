"""The PDFs of the portal: each is registered once, written by the job and served by a view."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise

from wagtail.models import Site


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """A document that the portal writes.

    ``name`` is its own, and that of its file, in the signs of a slug; ``label`` names it on
    screen. ``pages`` gives its HTML, in as many versions as it takes for one to fit in
    ``most_pages`` (0: however many), and addresses in it are reckoned from ``base_url``.
    One that ``is_listed`` is always written; another one once somebody has asked for it.
    """

    name: str
    label: str | Promise
    pages: Callable[[], list[str]]
    base_url: str
    most_pages: int = 0
    is_listed: bool = True


class ListedPdf(NamedTuple):
    """A document of the whole department, for the page that lists what can be printed.

    ``name`` is that of its ``PdfDocument``, ``url_name`` the route that serves it.
    """

    title: str | Promise
    name: str
    url_name: str


_listed: list[ListedPdf] = []
_sources: list[Callable[[], Iterable[PdfDocument]]] = []


def register_pdfs(source: Callable[[], Iterable[PdfDocument]]) -> None:
    """Have the job write the documents that ``source`` gives, called at each round."""
    if source not in _sources:
        _sources.append(source)


def register_listed_pdf(listed: ListedPdf) -> None:
    """Offer a document on the page that lists what can be printed."""
    if listed not in _listed:
        _listed.append(listed)


def listed_pdfs() -> list[ListedPdf]:
    return list(_listed)


def pdf_documents() -> Iterator[PdfDocument]:
    """All of them, listed or not."""
    for source in _sources:
        yield from source()


def public_base_url() -> str:
    """Where the portal is for the world, with a slash at the end: what documents print."""
    site = Site.objects.filter(is_default_site=True).first()
    return f"{(site.root_url if site else settings.WAGTAILADMIN_BASE_URL).rstrip('/')}/"
