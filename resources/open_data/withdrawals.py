"""What leaves the open data is told: by its identifier and the day, and nothing more.

The row of an entry that is deleted is gone, so its leaving is written when it happens, in
Wagtail's own journal: an entry is unpublished, deleted or put behind a restriction. Only one
that was public until then is written: a draft, an example or a restricted entry leaves no
trace here.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from wagtail.models import PageLogEntry

from resources.open_data.querysets import source_entries

ACTION = "resources.leave_open_data"


class EntryWithdrawal(NamedTuple):
    uuid: str
    at: datetime


def withdrawals(since: datetime | None = None) -> list[EntryWithdrawal]:
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
    return [EntryWithdrawal(uuid, at) for uuid, at in left.items()]
