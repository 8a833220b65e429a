from typing import Any

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


def pages_to_read_next(related: Any) -> list[Page]:
    """The published pages that ``related`` points to, in the editor's order, in one query."""
    links = related.select_related("target")
    return [link.target.localized for link in links if link.target.live]
