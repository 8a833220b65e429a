"""Import target of subscribers: people who agreed elsewhere, with the proof that they did.

Who is subscribed keeps what they chose; who left, or whose address does not receive, does not come
back by a file. The import remembers nobody: see ``ImportTarget.remembers``.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, ClassVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.import_reader import BY_NAME, SubscriberLookups
from newsletter.models import Movement, Subscriber, Suppression
from newsletter.services.confirmation import welcome
from portal.imports.contract import (
    FieldValues,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
)
from portal.mail.addresses import hash_of

TRANSLATED = False

logger = logging.getLogger(__name__)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address that the letter knows: its state, empty when only its hash is kept."""

    pk: str
    state: str
    values: FieldValues


class SubscriberTarget(ImportTarget):
    """A row is about the subscriber of its address, however it is spelt."""

    model: ClassVar[type[Model]] = Subscriber
    remembers = False

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.lookups = SubscriberLookups()

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        keys = [row.key for row in file.rows if row.key]
        suppressed = _suppressed(keys)
        states = dict.fromkeys(suppressed, "") | _states(keys)
        self.known = {}
        for row in file.rows:
            if row.key not in states:
                continue
            state = states[row.key]
            if row.key in suppressed and state != Subscriber.State.ACTIVE:
                state = ""
            # Of who is subscribed, nothing is to be changed.
            values = row.values if state == Subscriber.State.ACTIVE else {}
            self.known[row.key] = KnownAddress(row.key, state, values)

    def find(self, row: ImportRow) -> KnownAddress | None:
        return self.known.get(row.key)

    def values_of(self, found: KnownAddress) -> FieldValues:
        return found.values

    def held(self, found: KnownAddress) -> str:
        if found.state in (Subscriber.State.ACTIVE, Subscriber.State.PENDING):
            return ""
        return _("Ne veut plus de la lettre, ou ne la reçoit pas : elle n’est pas inscrite.")

    def title_of(self, row: ImportRow, found: KnownAddress | None) -> str:
        return row.said

    def label_of(self, name: str) -> str:
        return BY_NAME[name].label

    def in_words(self, name: str, value: Any) -> str:
        return BY_NAME[name].display(value, self.lookups)

    def still_true(self, changes: Sequence[RowChange]) -> bool:
        keys = [change.row.key for change in changes]
        asking = [change.row.key for change in changes if change.found]
        list(Subscriber.objects.select_for_update().filter(email_key__in=asking).values_list("pk"))
        asked = {change.row.key: Subscriber.State.PENDING for change in changes if change.found}
        return _states(keys) == asked and not _suppressed(keys)

    def write(
        self,
        changes: Sequence[RowChange],
        user: Any,
        *,
        publishes: bool,
        told: ProgressCallback,
    ) -> Sequence[int]:
        new = [change.row for change in changes if change.is_new]
        pks = dict(zip((row.key for row in new), self._create(new), strict=True))
        for change in changes:
            if change.found:
                pks[change.row.key] = self._confirm(change.row)
        told(len(changes), len(changes))
        logger.info("%d subscribers imported from a file.", len(changes))
        return [pks[change.row.key] for change in changes]

    def _create(self, rows: Sequence[ImportRow]) -> list[int]:
        now = timezone.now()
        made = Subscriber.objects.bulk_create(
            [
                Subscriber(
                    email=row.values["email"], email_key=row.key, created_at=now,
                    **self._agreement(row),
                )
                for row in rows
            ],
            batch_size=_BATCH,
        )  # fmt: skip
        links = Subscriber.topics.through
        links._default_manager.bulk_create(
            [
                links(subscriber_id=subscriber.pk, topic_id=pk)
                for subscriber, row in zip(made, rows, strict=True)
                for pk in self._topics(row)
            ],
            batch_size=_BATCH,
        )
        if made:
            Movement.objects.count_one(Movement.Kind.JOINED, number=len(made))
        return [subscriber.pk for subscriber in made]

    def _confirm(self, row: ImportRow) -> int:
        """Somebody who asked by the form and has not confirmed yet: the file does it for them."""
        subscriber = Subscriber.objects.get(email_key=row.key)
        Subscriber.objects.filter(pk=subscriber.pk).update(nonce="", **self._agreement(row))
        subscriber.topics.set(self._topics(row))
        subscriber.refresh_from_db()
        welcome(subscriber)
        return int(subscriber.pk)

    def _topics(self, row: ImportRow) -> list[int]:
        pks = self.lookups.of("topics").pks
        return [pks[code] for code in row.values["topics"]]

    def _agreement(self, row: ImportRow) -> dict[str, Any]:
        territory = row.values["territory"]
        day = date.fromisoformat(row.values["consented_at"])
        return {
            "state": Subscriber.State.ACTIVE,
            "territory_id": self.lookups.of("territory").pks[territory] if territory else None,
            "consent": None,
            "consented_at": timezone.make_aware(datetime.combine(day, time())),
            "confirmed_at": timezone.now(),
            "origin": Subscriber.Origin.IMPORT,
            "proof": row.values["proof"],
        }

    @classmethod
    def allows(cls, user: Any) -> bool:
        return bool(user.has_perm("newsletter.add_subscriber"))


def _states(keys: Iterable[str]) -> dict[str, str]:
    """The state of those of these addresses that are known."""
    found: dict[str, str] = {}
    for some in _batches(keys):
        known = Subscriber.objects.filter(email_key__in=some)
        found |= dict(known.values_list("email_key", "state"))
    return found


def _suppressed(keys: Iterable[str]) -> set[str]:
    """Those of these addresses that are not to be written to."""
    found: set[str] = set()
    for some in _batches(keys):
        hashes = {hash_of(key): key for key in some}
        kept = Suppression.objects.filter(address_hash__in=hashes)
        found |= {hashes[one] for one in kept.values_list("address_hash", flat=True)}
    return found


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _BATCH)):
        yield some
