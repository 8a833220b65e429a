from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page


class RelatedPage(Orderable):
    """A page of the portal that completes another one: an action, a place, a document."""

    target = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.target.title


def pages_to_read_next(page: Page) -> list[Page]:
    """The published pages that ``page`` leads to, in its language and the editor's order.

    One query, plus one for each that is written in another language.
    """
    targets = [link.target for link in page.related_pages.select_related("target")]
    return [
        target if target.locale_id == page.locale_id else target.localized
        for target in targets
        if target.live
    ]
