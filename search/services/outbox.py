"""Outbox of the search server: pending changes, stored before they are sent."""

import logging
import threading
from collections.abc import Collection

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from search.contracts import EngineUnavailable
from search.engine_protocol import SearchEngine
from search.engines import server_engine
from search.models import PendingChange
from search.services.documents import documents_of

logger = logging.getLogger(__name__)

_BATCH = 200
_sending = threading.Lock()


def announce(keys: Collection[str]) -> None:
    """Write down that these documents changed, and have the server told after the commit."""
    if not keys or not settings.SEARCH_URL:
        return
    PendingChange.objects.bulk_create(PendingChange(key=key) for key in keys)
    transaction.on_commit(_send_later)


def send_pending(engine: SearchEngine) -> int:
    """Tell the server all that is written down; how many changes it took.

    Raises ``EngineUnavailable`` when it is away: what it did not take stays.
    """
    sent = 0
    while batch := list(PendingChange.objects.all()[:_BATCH]):
        keys = {change.key for change in batch}
        documents = list(documents_of(keys))
        engine.put(documents)
        engine.remove(keys - {document.key for document in documents})
        # A change made meanwhile is another row, which will be told in its turn.
        PendingChange.objects.filter(pk__in=[change.pk for change in batch]).delete()
        sent += len(batch)
    return sent


def _send_later() -> None:
    """In a thread of its own: whoever saves a page does not wait. One at a time."""
    threading.Thread(target=_send, name="search-outbox", daemon=True).start()


def _send() -> None:
    if not _sending.acquire(blocking=False):
        return  # the one at work reads the new rows too, or the next reconcile does
    try:
        engine = server_engine()
        if engine is not None:
            send_pending(engine)
    except (EngineUnavailable, DatabaseError) as reason:
        logger.warning("Search server not told yet (%s)", type(reason).__name__)
    finally:
        _sending.release()
        connections.close_all()
