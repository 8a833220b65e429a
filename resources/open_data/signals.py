"""Write in the journal what leaves the open data, when it happens."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models.signals import pre_delete, pre_save

from wagtail.log_actions import log
from wagtail.models import PageViewRestriction
from wagtail.signals import page_unpublished

from resources.models import ResourcePage
from resources.open_data.querysets import source_entries
from resources.open_data.withdrawals import ACTION


def _tell(entries: Iterable[ResourcePage]) -> None:
    for entry in entries:
        log(instance=entry, action=ACTION, data={"uuid": str(entry.uuid)})


def _on_unpublished(instance: Any, **_: Any) -> None:
    """It is unpublished already: would it be public if it were not?"""
    if not isinstance(instance, ResourcePage) or instance.is_example or instance.alias_of_id:
        return
    is_source = instance.locale.language_code == settings.LANGUAGE_CODE
    if is_source and not instance.get_view_restrictions().exists():
        _tell([instance])


def _on_deleted(instance: Any, **_: Any) -> None:
    _tell(source_entries().filter(pk=instance.pk))


def _on_restricted(instance: PageViewRestriction, **_: Any) -> None:
    """Before it is written: what is below is still public."""
    if instance.pk is None:
        _tell(source_entries().descendant_of(instance.page, inclusive=True))


page_unpublished.connect(_on_unpublished, dispatch_uid="open-data-unpublished")
pre_delete.connect(_on_deleted, sender=ResourcePage, dispatch_uid="open-data-deleted")
pre_save.connect(_on_restricted, sender=PageViewRestriction, dispatch_uid="open-data-restricted")
