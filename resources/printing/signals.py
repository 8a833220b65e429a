"""Take back the printed documents at once when an entry, or where it is, is no longer public.

The job writes them again within minutes, or much later when it stands still: meanwhile an address
that has just been made secret would be on paper. Other changes wait for the job.
"""

from typing import Any

from django.db.models.signals import pre_delete, pre_save

from wagtail.models import PageViewRestriction
from wagtail.signals import page_unpublished

from portal.pdf.writer import withdraw
from resources.models import ResourcePage
from resources.printing.pdf_documents import directory_documents


def _withdraw_all() -> None:
    withdraw(document.name for document in directory_documents())


def _on_saved(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """Before it is written: does the row still say a place that the entry will keep secret?"""
    if raw or not isinstance(instance, ResourcePage) or not instance.address_is_masked:
        return
    public = ResourcePage.objects.filter(pk=instance.pk, live=True)
    kept = {"address_is_masked": True, "masked_place": instance.masked_place}
    if instance.pk and public.exclude(**kept).exists():
        _withdraw_all()


def _on_unpublished(instance: Any, **_: Any) -> None:
    if isinstance(instance, ResourcePage):
        _withdraw_all()


def _on_deleted(instance: ResourcePage, **_: Any) -> None:
    if instance.live:
        _withdraw_all()


def _on_restricted(instance: PageViewRestriction, **_: Any) -> None:
    hidden = ResourcePage.objects.descendant_of(instance.page, inclusive=True)
    if instance.pk is None and hidden.live().exists():
        _withdraw_all()


pre_save.connect(_on_saved, dispatch_uid="printing-masked")
page_unpublished.connect(_on_unpublished, dispatch_uid="printing-unpublished")
pre_delete.connect(_on_deleted, sender=ResourcePage, dispatch_uid="printing-deleted")
pre_save.connect(_on_restricted, sender=PageViewRestriction, dispatch_uid="printing-restricted")
