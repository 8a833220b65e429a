"""A number that changes with what readers may see: after each commit that wrote something of it.

What is kept for readers is kept with it, and holds no longer once it has changed. Writes are seen
where they leave for the database, so that none has to be announced: a publication, an import, a
setting, a ``bulk_create``. Models that no page shows say so by ``unseen_by_readers``; a table that
nobody thought of changes the number once too often, never once too little.
"""

import re
import threading
import time
from collections.abc import Callable
from functools import cache as remember
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_KEY = "content-version"
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLAC", "TRUNCA", "WITH "})
_TABLE = re.compile(
    r"^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.IGNORECASE
)
#: Tables of the libraries that are for editors only: their work in progress, and their sessions.
_LIBRARIES = frozenset(
    [
        "django_admin_log",
        "django_session",
        "wagtailadmin_editingsession",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_pagesubscription",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",
        "wagtailcore_taskstate",
        "wagtailcore_uploadedfile",
        "wagtailcore_workflowstate",
        "wagtailusers_userprofile",
    ]
)
_in_request = threading.local()


def content_version() -> int:
    """The number as it stands; read once in a request."""
    known: int | None = getattr(_in_request, "version", None)
    if known:
        return known
    version = cache.get(_KEY)
    if version is None:  # a cache that was emptied, or made room
        cache.add(_KEY, time.time_ns(), None)
        version = cache.get(_KEY) or time.time_ns()
    if known is not None:
        _in_request.version = version
    return int(version)


def change_content_version(**_: Any) -> None:
    """Say that what readers may see has changed; nothing kept before holds any longer.

    Also a receiver of signals: for what the same transaction reads again after writing it.
    """
    cache.delete(_KEY)  # a full disk takes no other number, and lets go of this one
    cache.set(_KEY, time.time_ns(), None)
    if hasattr(_in_request, "version"):
        _in_request.version = 0


@remember
def unseen_tables() -> frozenset[str]:
    """The tables of which no page for readers shows anything."""
    models = apps.get_models(include_auto_created=True)
    own = {one._meta.db_table for one in models if getattr(one, "unseen_by_readers", False)}
    return _LIBRARIES | own


def _note_write(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    result = execute(sql, params, many, context)
    if str(sql[:6]).upper() in _WRITES and _is_seen(str(sql)):
        _change_after_commit(context["connection"])
    return result


def _is_seen(sql: str) -> bool:
    table = _TABLE.match(sql)
    return table is None or table[1] not in unseen_tables()


def _change_after_commit(connection: BaseDatabaseWrapper) -> None:
    """Once for a transaction, which may write ten thousand rows."""
    waiting = connection.run_on_commit
    if not (connection.in_atomic_block and waiting and waiting[-1][1] is change_content_version):
        connection.on_commit(change_content_version)


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _note_write not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _note_write)


def _begin(**_: Any) -> None:
    _in_request.version = 0


def forget_request(**_: Any) -> None:
    """Read the number anew: the request that had read it is over."""
    vars(_in_request).clear()


connection_created.connect(_watch, dispatch_uid="content-version")
request_started.connect(_begin, dispatch_uid="content-version")
request_finished.connect(forget_request, dispatch_uid="content-version")
