"""Write documents to the embedded engine, and announce them to the search server."""

from collections.abc import Iterable

from django.db import transaction

from search.contracts import SearchDocument
from search.engines import embedded_engine
from search.fingerprint import document_fingerprint
from search.models import IndexedDocument
from search.services.outbox import announce


def page_key(pk: int) -> str:
    return f"page:{pk}"


def write_documents(documents: Iterable[SearchDocument], gone: Iterable[str]) -> None:
    """Write these documents and remove those keys, all or nothing; raises ``DatabaseError``.

    Those that are held as they are, most of them, are not written again.
    """
    removed = list(gone)
    with transaction.atomic():
        written = _changed(list(documents))
        if written:
            embedded_engine().put(written)
        if removed:
            embedded_engine().remove(removed)
        announce([*(one.key for one in written), *removed])


def _changed(documents: list[SearchDocument]) -> list[SearchDocument]:
    held = IndexedDocument.objects.live().filter(key__in=[one.key for one in documents])
    digests = dict(held.values_list("key", "digest"))
    return [one for one in documents if digests.get(one.key) != document_fingerprint(one)]
