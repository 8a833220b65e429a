"""Links and documents that let a reader down: what « Liens et documents » shows."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import Page, ReferenceIndex

from home.editor_choices import DocumentAccessibility
from home.models.governance import PtsmDocument

TRANSLATED = False


class HealthNote(NamedTuple):
    """Something to mend: the page to open, what is wrong there, and what to do."""

    page: Page
    problem: str
    mend: str


def dead_links() -> list[HealthNote]:
    """The published pages that lead to a page which is not published.

    Read in Wagtail's table of references, which also knows the links of rich texts and blocks. It
    forgets a page that is deleted: its screen of deletion says beforehand where the page is used.
    """
    live = {str(page.pk): page for page in Page.objects.live()}
    pages = ContentType.objects.get_for_model(Page)
    references = (
        ReferenceIndex.objects.filter(base_content_type=pages, to_content_type=pages)
        .values_list("object_id", "to_object_id")
        .order_by("object_id", "to_object_id")
        .distinct()
    )
    rows = [(source, to) for source, to in references if source in live and to not in live]
    titles = dict(Page.objects.filter(pk__in={to for _from, to in rows}).values_list("pk", "title"))
    mend = _("Publiez cette page, ou choisissez-en une autre.")
    return [
        HealthNote(
            live[source],
            _("Un lien mène à « %(title)s », qui n’est pas publiée.") % {"title": titles[int(to)]},
            mend,
        )
        for source, to in rows
        if int(to) in titles
    ]


def documents_to_mend() -> QuerySet[PtsmDocument]:
    """The documents of the project that not everyone can read, or of which nobody said so."""
    return PtsmDocument.objects.filter(
        page__live=True,
        page__locale__language_code=settings.LANGUAGE_CODE,
        accessible__in=(DocumentAccessibility.NO, DocumentAccessibility.UNKNOWN),
    )


def unreadable_documents() -> list[HealthNote]:
    """What is said of each of the documents to mend."""
    return [
        HealthNote(
            one.page.page_ptr,
            _("« %(title)s » n’a pas de version accessible connue.") % {"title": one.title},
            _("Dites s’il est accessible, ou donnez l’adresse d’une version qui l’est."),
        )
        for one in documents_to_mend().select_related("page")
    ]


def health_sentence() -> str | None:
    """What the weekly job says; nothing when all is well."""
    links, documents = len(dead_links()), len(unreadable_documents())
    said = []
    if links:
        said.append(ngettext("%d lien à reprendre.", "%d liens à reprendre.", links) % links)
    if documents:
        words = ngettext(
            "%d document sans version accessible.",
            "%d documents sans version accessible.",
            documents,
        )
        said.append(words % documents)
    return " ".join(said) or None
