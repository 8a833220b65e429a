"""What leaves the open data is told: by its identifier and the day, and nothing more.

The row of an entry that is deleted is gone, so its leaving is written when it happens, in
Wagtail's own journal: an entry is unpublished, deleted or put behind a restriction. Only one
that was public until then is written: a draft, an example or a restricted entry leaves no
trace here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, PageViewRestriction
from wagtail.signals import page_unpublished

from resources.models import ResourcePage
from resources.open_data.entries import source_entries

ACTION = "resources.leave_open_data"


class Withdrawal(NamedTuple):
    uuid: str
    at: datetime


@hooks.register("register_log_actions")
def register_action(actions: Any) -> None:
    actions.register_action(
        ACTION, _("Retirer des données ouvertes"), _("Retirée des données ouvertes")
    )


def withdrawals(since: datetime | None = None) -> list[Withdrawal]:
    """What has left and has not come back, latest first; each once."""
    rows: QuerySet[PageLogEntry] = PageLogEntry.objects.filter(action=ACTION)
    if since:
        rows = rows.filter(timestamp__gte=since)
    left: dict[str, datetime] = {}
    for data, at in rows.order_by("-timestamp", "-pk").values_list("data", "timestamp"):
        left.setdefault(data["uuid"], at)
    back = source_entries().filter(uuid__in=left).values_list("uuid", flat=True)
    for uuid in back:
        del left[str(uuid)]
    return [Withdrawal(uuid, at) for uuid, at in left.items()]


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
