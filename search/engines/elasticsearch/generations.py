"""Indexes one after the other behind one name, so that one always answers.

``SEARCH_INDEX`` is an alias; each index behind it has the time of its birth after that name.
A rebuild fills the next one under a name that is its own: should somebody delete the index
meanwhile, the server cannot make up another one in its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from elasticsearch import Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import Index, Search

from search.contracts import EngineUnavailable, SearchDocument
from search.engines.elasticsearch.mapping import SETTINGS, SearchDocumentMapping, source
from search.engines.elasticsearch.transport import sensible

BATCH = 500
MOST_BYTES = 5_000_000
PAGE = 5_000
_TIME = "%Y%m%d%H%M%S%f"
_TIME_LENGTH = 20

Item = TypeVar("Item")


class IndexGenerations:
    """The indexes of one alias. Every method raises ``EngineUnavailable``."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self.client = client
        self.alias = alias

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Into the index that answers. None is made for that: it would hold next to nothing,
        and answer."""
        for batch in _batches(documents):
            with sensible():
                if not self._write(self.alias, batch):
                    raise EngineUnavailable("no index: rebuild_search makes one")

    def remove(self, keys: Iterable[str]) -> None:
        for batch in _batches(keys):
            with sensible():
                self._delete(self.alias, batch)

    def digests(self, index: str = "") -> dict[str, str]:
        """The digest of each document, by key; nothing when there is no index."""
        found: dict[str, str] = {}
        with sensible():
            try:
                found.update(self._read_digests(index or self.alias))
            except NotFoundError:
                return {}
        return found

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Fill a new index, check it, swap, delete the others; how many documents it has.

        What is written to the old index meanwhile is newer than what was read: it is carried
        over, before the swap and again after it.
        """
        with sensible():
            self._forget(self._orphans()[:-1])
        before = self.digests()
        name = self._create()
        keys: set[str] = set()
        for batch in _batches(documents):
            with sensible():
                if not self._write(_building(name), batch, refresh=False):
                    raise EngineUnavailable("the new index was deleted")
            keys.update(document.key for document in batch)
        self._check(name, len(keys))
        with sensible():
            old = self._behind_alias()
            seen = self._carry_over(old, _building(name), before)
            self._swap(old, name)
            self._carry_over(old, self.alias, seen)
            self._forget([index for index in self._all() if index < name])
        return len(self.digests())

    def forget_all(self) -> None:
        """Delete every index of this alias."""
        with sensible():
            self._forget(list(self._all()))

    def _create(self) -> str:
        name = f"{self.alias}-{datetime.now(UTC).strftime(_TIME)}"
        index = Index(name, using=self.client)
        index.settings(**SETTINGS)
        index.document(SearchDocumentMapping)
        index.aliases(**{_building(name): {}})
        with sensible():
            index.create()
        return name

    def _write(self, alias: str, batch: list[SearchDocument], *, refresh: bool = True) -> bool:
        """Write documents; false when there is no such alias, which is never made up."""
        # The last of the same key is kept.
        by_key = {document.key: document for document in batch}
        actions = [{"_id": key, "_source": source(one)} for key, one in by_key.items()]
        return not self._bulk(alias, actions, refresh=refresh)

    def _delete(self, alias: str, keys: Iterable[str]) -> None:
        self._bulk(alias, [{"_op_type": "delete", "_id": key} for key in keys])

    def _bulk(self, alias: str, actions: list[dict[str, Any]], *, refresh: bool = True) -> bool:
        """Send actions; whether some met nothing to act on. Other errors are raised."""
        done = helpers.streaming_bulk(
            self.client,
            actions,
            index=alias,
            max_chunk_bytes=MOST_BYTES,
            raise_on_error=False,
            require_alias=True,
            refresh=refresh,
        )
        statuses = {result["status"] for ok, item in done for result in item.values() if not ok}
        if statuses - {404}:
            raise EngineUnavailable(f"statuses {sorted(statuses)}")
        return bool(statuses)

    def _read_digests(self, index: str) -> Iterator[tuple[str, str]]:
        after: dict[str, Any] = {}
        search = Search().sort("key").source(False).extra(size=PAGE, docvalue_fields=["digest"])
        while True:
            answer = self.client.search(index=index, body=search.extra(**after).to_dict())
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield hit["_id"], hit["fields"]["digest"][0]
            if len(hits) < PAGE:
                return
            after = {"search_after": hits[-1]["sort"]}

    def _check(self, name: str, expected: int) -> None:
        with sensible():
            self.client.indices.refresh(index=name)
            count = self.client.count(index=name)["count"]
        if count != expected:
            raise EngineUnavailable(f"{expected} documents were given, {count} are kept")

    def _carry_over(
        self, old: list[str], target: str, before: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Bring to ``target`` what changed in the old index; what that one holds now."""
        if not old:
            return before
        now = self.digests(old[-1])
        changed = [key for key, digest in now.items() if before.get(key) != digest]
        for batch in _batches(changed):
            found = self.client.mget(index=old[-1], ids=batch)["docs"]
            actions = [{"_id": one["_id"], "_source": one["_source"]} for one in found]
            self._bulk(target, actions)
        for batch in _batches(key for key in before if key not in now):
            self._delete(target, batch)
        return now

    def _swap(self, old: list[str], name: str) -> None:
        gone = [{"remove": {"index": index, "alias": self.alias}} for index in old]
        built = {"remove": {"index": name, "alias": _building(name)}}
        come = {"add": {"index": name, "alias": self.alias}}
        self.client.indices.update_aliases(actions=[*gone, built, come])

    def _all(self) -> dict[str, set[str]]:
        """Every index of this alias, oldest first, with the names it goes by."""
        mine = re.compile(rf"{re.escape(self.alias)}-\d{{{_TIME_LENGTH}}}")
        found = self.client.indices.get_alias(index=f"{self.alias}-*")
        return {name: set(found[name]["aliases"]) for name in sorted(found) if mine.fullmatch(name)}

    def _behind_alias(self) -> list[str]:
        return [name for name, aliases in self._all().items() if self.alias in aliases]

    def _orphans(self) -> list[str]:
        """What no reader sees: the last one may be a rebuild that is still going on."""
        return [name for name, aliases in self._all().items() if self.alias not in aliases]

    def _forget(self, indexes: list[str]) -> None:
        for index in indexes:
            self.client.indices.delete(index=index, ignore_unavailable=True)


def _building(name: str) -> str:
    return f"{name}-building"


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
