"""The territories of a new portal: proposed from the EPCIs, named, merged, then confirmed."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from home.demo.seeder import DemoSeeder
from home.demo.territories import build_territories
from home.models import TerritoryPage
from home.setup.forms import TerritoryForm
from portal.geo.models import Territory
from portal.geo.names import fold


class TerritoryInUse(Exception):
    """Other contents name this territory; its words say so, in French."""


def propose_territories() -> int:
    """Make a territory of each EPCI of the department; how many there are then."""
    build_territories(DemoSeeder(), settings.PORTAL_DEPARTEMENT)
    return Territory.objects.count()


@transaction.atomic
def save_territories(forms: list[TerritoryForm]) -> None:
    """Write the names, merge what is to be, and confirm all. Raises ``TerritoryInUse``."""
    mergings = {
        form.territory.pk: form.cleaned_data["merged_into"]
        for form in forms
        if form.cleaned_data["merged_into"]
    }
    for form in forms:
        territory = Territory.objects.select_for_update().filter(pk=form.territory.pk).first()
        if territory is None:
            continue  # somebody else has merged it meanwhile
        if form.cleaned_data["name"] != form.territory.name:
            _rename_page(territory, form.cleaned_data["name"])
            territory.name = form.cleaned_data["name"]
            territory.slug = _free_slug(territory)
        territory.is_confirmed = True
        territory.save()
    for pk, target in mergings.items():
        _merge(pk, target, mergings)


def _rename_page(territory: Territory, name: str) -> None:
    """Its page follows, unless somebody has given it a title of its own."""
    for page in TerritoryPage.objects.filter(territory=territory, title=territory.name):
        page.title = name
        page.save_revision().publish(skip_permission_checks=True)


def _merge(pk: int, target: Territory, mergings: dict[int, Territory]) -> None:
    seen = {pk}
    while target.pk in mergings:  # a chain ends at the territory that stays
        if target.pk in seen:
            raise TerritoryInUse(_("Deux territoires ne peuvent pas se réunir l’un dans l’autre."))
        seen.add(target.pk)
        target = mergings[target.pk]
    merged = Territory.objects.filter(pk=pk).first()
    kept = Territory.objects.filter(pk=target.pk).first()
    if merged is None or kept is None:
        return
    if is_in_use(merged):
        words = _(
            "« %(name)s » est déjà choisi dans des fiches ou des actions : changez-les d’abord."
        )
        raise TerritoryInUse(words % {"name": merged.name})
    kept.communes.add(*merged.communes.all())
    for page in TerritoryPage.objects.filter(territory=merged):
        page.delete()
    merged.delete()


def is_in_use(territory: Territory) -> bool:
    """Whether anything beside its communes and its own page names it."""
    for relation in territory._meta.related_objects:
        model: Any = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: territory})
        if model is not TerritoryPage and rows.exists():
            return True
    return False


def _free_slug(territory: Territory) -> str:
    base = fold(territory.name)[:85] or "territoire"
    taken = set(Territory.objects.exclude(pk=territory.pk).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
