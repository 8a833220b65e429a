"""Signals that index entries again when a type, a sector or a territory changes.

One that is unpublished is no longer told as open.
"""

from typing import Any

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save

from wagtail.signals import page_unpublished

from portal.cache.content_version import change_content_version
from portal.geo.models import Territory
from resources.indexing.open_periods import forget_entry_periods
from resources.models import ResourcePage, ResourceType, Sector, SectorCommune
from search.services.indexing import refresh_pages


def _on_type(instance: ResourceType, created: bool = False, **_: Any) -> None:
    if not created:
        _refresh(Q(type=instance) | Q(type__translation_key=instance.translation_key))


def _on_sector(instance: Sector, created: bool = False, **_: Any) -> None:
    if not created:
        _refresh(Q(cmppage__sectors=instance))


def _on_sector_commune(instance: SectorCommune, **_: Any) -> None:
    _refresh(Q(cmppage__sectors=instance.sector_id))


def _on_territory(instance: Any, action: str, **_: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Territory):
        _refresh(Q(coverage_territories=instance) | Q(clsmpage__territory=instance))


def _on_unpublish(instance: Any, **_: Any) -> None:
    # It may be on its way to be deleted: the database still says that it is published.
    if isinstance(instance, ResourcePage):
        forget_entry_periods([instance.pk])


def _refresh(which: Q) -> None:
    found = ResourcePage.objects.live().filter(which).values_list("pk", flat=True)
    if ids := list(found.distinct()):
        refresh_pages(ids)


page_unpublished.connect(_on_unpublish, dispatch_uid="open-periods-unpublished")
post_save.connect(_on_type, sender=ResourceType, dispatch_uid="search-type")
post_save.connect(_on_sector, sender=Sector, dispatch_uid="search-sector")
for signal in (post_save, post_delete):
    signal.connect(_on_sector_commune, sender=SectorCommune, dispatch_uid=f"sector-{id(signal)}")
m2m_changed.connect(
    _on_territory, sender=Territory.communes.through, dispatch_uid="search-territory"
)
for model in (Sector, SectorCommune, Territory, Territory.communes.through):
    for signal in (m2m_changed, post_save, post_delete):
        uid = f"areas-{model.__name__}-{id(signal)}"
        signal.connect(change_content_version, sender=model, dispatch_uid=uid)
