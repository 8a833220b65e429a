"""Counter of page views of entries: in memory, written at intervals; nothing about readers.

Neither address, nor browser, nor cookie is kept: one number an entry and a day. A process that
is killed loses a minute of them at most; a database that cannot be written loses them too, and
no page waits or breaks for it.
"""

import logging
import re
import threading
import time
from collections import Counter
from datetime import date
from multiprocessing.util import Finalize
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import request_finished
from django.db import Error, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.cache.page_cache import page_read
from resources.models import DailyViews, ResourcePage

logger = logging.getLogger(__name__)

#: What calls itself a machine; « Cubot » is a telephone.
_MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|monitor|fetch|https?:|curl|wget|python|java/"
    r"|headless|lighthouse",
    re.IGNORECASE,
)


class ViewCounter:
    """Views that one process has counted and not yet written, by entry and day."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[int, date]] = Counter()
        self._last_write = time.monotonic()

    def add(self, entry_pk: int) -> None:
        with self._lock:
            self._counts[entry_pk, timezone.localdate()] += 1

    def pop_due(self, every: float = 0) -> Counter[tuple[int, date]]:
        """Pop the counters when ``every`` seconds have passed since the last; else nothing."""
        with self._lock:
            now = time.monotonic()
            if not self._counts or now - self._last_write < every:
                return Counter()
            self._last_write, taken = now, self._counts
            self._counts = Counter()
            return taken


_counter = ViewCounter()


def count_view(request: HttpRequest, entry: ResourcePage) -> None:
    """Count one reading, in memory."""
    if is_reader_request(request):
        _counter.add(entry.pk)


def _count_kept(request: HttpRequest, model: str, pk: int, **_: Any) -> None:
    """A page that was kept whole was read: no view has run."""
    if issubclass(apps.get_model(model), ResourcePage) and is_reader_request(request):
        _counter.add(pk)


def is_reader_request(request: HttpRequest) -> bool:
    """Whether a person without an account reads the public page."""
    if request.method != "GET" or getattr(request, "is_preview", False):
        return False
    # Fetched by a browser in case somebody asks for it.
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    # Only members have a session: readers carry no cookie.
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    browser = request.headers.get("User-Agent", "")
    return bool(browser) and not _MACHINE.search(browser)


def write_views(every: float = 0) -> int:
    """Write the counters when due; gives the number of rows that were added to."""
    counts = _counter.pop_due(every)
    if not counts:
        return 0
    try:
        _write(counts)
    except Error:
        logger.warning("The counts of readings could not be written.")
        return 0
    return len(counts)


@transaction.atomic
def _write(counts: Counter[tuple[int, date]]) -> None:
    """Several processes add to the same rows: each one adds, none replaces."""
    known = set(
        ResourcePage.objects.filter(pk__in={pk for pk, _day in counts}).values_list("pk", flat=True)
    )
    kept = {key: count for key, count in counts.items() if key[0] in known}
    new = [DailyViews(entry_id=pk, day=day) for pk, day in kept]
    DailyViews.objects.bulk_create(new, ignore_conflicts=True)
    for (pk, day), count in sorted(kept.items()):
        DailyViews.objects.filter(entry=pk, day=day).update(count=F("count") + count)


def _write_when_due(**_: Any) -> None:
    """Once the reader has the whole page."""
    if settings.PORTAL_VIEWS_EVERY:
        write_views(settings.PORTAL_VIEWS_EVERY)


def _write_at_exit() -> None:
    if settings.PORTAL_VIEWS_EVERY:
        write_views()


page_read.connect(_count_kept, dispatch_uid="resources.view_counter")
request_finished.connect(_write_when_due, dispatch_uid="resources.view_counter")
# Web servers start their workers as processes of Python's, which end without « atexit ».
Finalize(None, _write_at_exit, exitpriority=10)
