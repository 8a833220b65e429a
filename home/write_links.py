"""What the menu « Écrire » of the editor's home offers."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Locale, Page

from actions.models import ActionPage
from actions.roadmap.models import ActionIndexPage
from newsletter.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from portal.todo.registry import WriteLink
from resources.listing.models import DirectoryPage

TRANSLATED = False


def find_write_links(user: Any) -> Iterator[WriteLink]:
    """One for each kind of page that this person may add, where it belongs."""
    pages: list[tuple[str, type[Page], type[Page]]] = [
        (_("Une actualité"), NewsIndexPage, NewsPage),
        (_("Un événement"), EventIndexPage, EventPage),
        (_("Une action"), ActionIndexPage, ActionPage),
    ]
    for label, parent, kind in pages:
        index = _index(parent, user)
        if index:
            names = [kind._meta.app_label, kind._meta.model_name, index.pk]
            yield WriteLink(label, reverse("wagtailadmin_pages:add", args=names))
    directory = _index(DirectoryPage, user)
    if directory:
        url = reverse("wagtailadmin_pages:add_subpage", args=[directory.pk])
        yield WriteLink(_("Une fiche de l’annuaire"), url)


def _index(model: type[Page], user: Any) -> Page | None:
    page = model.objects.filter(locale=Locale.get_default()).order_by("path").first()
    return page if page and page.permissions_for_user(user).can_add_subpage() else None
