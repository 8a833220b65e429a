"""Panels of the editor's home page."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from actions.roadmap.models import ActionIndexPage
from newsletter.models import NewsIndexPage, NewsPage
from resources.listing.models import DirectoryPage

TRANSLATED = False

GUIDE = "https://guide.wagtail.org/"


class FirstStep(NamedTuple):
    icon: str
    title: str
    url: str


class FirstStepsPanel(Component):
    """« Par où commencer »: links to the five usual tasks."""

    name = "first_steps"
    template_name = "home/dashboard/first_steps.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        steps = [
            _news_step(user),
            _list_step(ActionIndexPage, "tasks", _("Mettre une action à jour")),
            _list_step(DirectoryPage, "list-ul", _("Mettre une fiche de l’annuaire à jour")),
            FirstStep("image", _("Ajouter une image"), reverse("wagtailimages:add_multiple")),
            FirstStep("help", _("Lire le guide de l’éditeur (autre site)"), GUIDE),
        ]
        return {"steps": [step for step in steps if step]}


def _first(model: type[Page]) -> Page | None:
    return model.objects.order_by("path").first()


def _news_step(user: Any) -> FirstStep | None:
    index = _first(NewsIndexPage)
    if not index or not index.permissions_for_user(user).can_add_subpage():
        return None
    kind = NewsPage._meta
    url = reverse("wagtailadmin_pages:add", args=[kind.app_label, kind.model_name, index.pk])
    return FirstStep("edit", _("Écrire une actualité"), url)


def _list_step(model: type[Page], icon: str, title: str) -> FirstStep | None:
    index = _first(model)
    return (
        FirstStep(icon, title, reverse("wagtailadmin_explore", args=[index.pk])) if index else None
    )
