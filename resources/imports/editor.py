"""In the editor of an entry, once it is saved: it looks like another one."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from resources.imports.duplicates import entries_like, sentence
from resources.models import ResourcePage

#: More would be a list that nobody reads.
_MOST = 3


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_it_looks_like(request: HttpRequest, page: Page) -> None:
    """Said and no more: two services of one place may share a number."""
    entry = page.specific
    if not isinstance(entry, ResourcePage):
        return
    for why, known in entries_like(entry)[:_MOST]:
        address = reverse("wagtailadmin_pages:edit", args=[known.pk])
        buttons = [messages.button(address, _("Voir l’autre fiche"))]
        messages.warning(request, sentence(why, known), buttons=buttons)
