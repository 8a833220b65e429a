"""Visibility of results, checked in the database: the index may be late."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from wagtail.models import Page, PageViewRestriction

from search.contracts import SearchHit


def keep_visible(hits: tuple[SearchHit, ...]) -> tuple[SearchHit, ...]:
    """The hits whose page is published and behind no restriction; one query."""
    ids = {hit.page_id for hit in hits if hit.page_id is not None}
    if not ids:
        return hits
    restrictions = PageViewRestriction.objects.annotate(
        shown_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    open_pages = Page.objects.filter(pk__in=ids, live=True).filter(
        ~Exists(restrictions.filter(shown_path__startswith=F("page__path")))
    )
    visible = set(open_pages.values_list("pk", flat=True))
    return tuple(hit for hit in hits if hit.page_id is None or hit.page_id in visible)
