"""« Dernière mise à jour » of what ships with the portal: the day it was written, not seeded."""

from datetime import date, datetime

from django.apps import apps
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.base.models import BasePage
from resources.models import ResourcePage

#: When the content of ``home/demo/content`` and ``home/reference`` was last written.
WRITTEN_ON = date(2026, 11, 30)


def date_shipped_pages(began: datetime) -> None:
    """Date the pages published since ``began``; an entry by the day of its source.

    On the page alone, not in its revision: the next publication by a person is dated by itself.
    """
    written = min(WRITTEN_ON, timezone.localdate(began))
    for model in apps.get_models():
        if not issubclass(model, BasePage) or model._meta.proxy:
            continue
        new = model._default_manager.filter(first_published_at__gte=began, content_updated_on=None)
        is_entry = issubclass(model, ResourcePage)
        new.update(content_updated_on=Coalesce(F("source_date"), written) if is_entry else written)
