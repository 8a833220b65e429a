"""Rebuild the index, or reconcile it with the pages."""

from collections.abc import Iterator
from typing import NamedTuple

from search.engine_protocol import SearchEngine
from search.engines import embedded_engine, server_engine
from search.fingerprint import document_fingerprint
from search.models import PendingChange
from search.services.documents import all_documents, documents_of
from search.services.outbox import send_pending


class ReconcileReport(NamedTuple):
    """What one engine lacked, and what it held for nothing."""

    engine: str
    written: int
    removed: int


def engines() -> Iterator[tuple[str, SearchEngine]]:
    """The engines of the portal, each with its name on screen."""
    yield "base de données", embedded_engine()
    away = server_engine()
    if away is not None:
        yield "serveur de recherche", away


def rebuild(engine: SearchEngine) -> int:
    """A new index built beside the old one, then swapped; how many documents it holds."""
    return engine.rebuild(all_documents())


def reconcile(name: str, engine: SearchEngine) -> ReconcileReport:
    """Compare what an engine holds with the pages, both ways, and mend the difference."""
    expected = {document.key: document_fingerprint(document) for document in all_documents()}
    held = engine.digests()
    if expected and not held:
        # Filled little by little, an index would answer with the little that it has.
        return ReconcileReport(name, rebuild(engine), 0)
    lacking = [key for key, digest in expected.items() if held.get(key) != digest]
    for start in range(0, len(lacking), 200):
        engine.put(list(documents_of(lacking[start : start + 200])))
    spare = held.keys() - expected.keys()
    if spare:
        engine.remove(spare)
    return ReconcileReport(name, len(lacking), len(spare))


def send_pending_changes() -> int:
    """What was written down for the search server; nothing without one."""
    engine = server_engine()
    if engine is None:
        PendingChange.objects.all().delete()
        return 0
    return send_pending(engine)
