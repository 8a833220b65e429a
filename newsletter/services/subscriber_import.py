"""People who agreed elsewhere, subscribed from a file: told line by line, then all or nothing.

Read again, the same file changes nothing: who is subscribed keeps what they chose.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.models import Movement, Subscriber, Suppression
from newsletter.services.confirmation import welcome
from newsletter.services.subscriber_file import Line, Row, read_lines
from portal.mail.addresses import hash_of

logger = logging.getLogger(__name__)

State = Subscriber.State
_AT_ONCE = 500


class Outcome(TextChoices):
    """What becomes of a line."""

    ADDED = "ajout", gettext_lazy("sera inscrite")
    SAME = "deja", gettext_lazy("reçoit déjà la lettre")
    LEFT = "partie", gettext_lazy("ne veut plus de la lettre, ou ne la reçoit pas")
    TWICE = "double", gettext_lazy("déjà dans le fichier")
    REFUSED = "refus", gettext_lazy("refusée")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line, what becomes of it, and why."""

    line: Line
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would do."""

    verdicts: list[Verdict]

    def count(self, outcome: Outcome) -> int:
        return sum(verdict.outcome is outcome for verdict in self.verdicts)

    @property
    def added(self) -> list[Row]:
        return [
            verdict.line.row
            for verdict in self.verdicts
            if verdict.outcome is Outcome.ADDED and verdict.line.row
        ]

    @property
    def has_mistakes(self) -> bool:
        """Whether a line is refused: then nobody is subscribed, until the file is mended."""
        return self.count(Outcome.REFUSED) > 0

    @property
    def digest(self) -> str:
        """Changes when what the file would do changes."""
        said = [(verdict.line.number, verdict.outcome.value) for verdict in self.verdicts]
        return hashlib.sha256(repr(said).encode()).hexdigest()


class Changed(Exception):
    """Somebody subscribed or left in the meantime: the plan is to be seen again."""


def plan_import(text: str) -> ImportPlan:
    """Compare a file with who is subscribed; nothing is written. Raises UnreadableFile."""
    lines = list(read_lines(text))
    keys = [line.row.address.key for line in lines if line.row]
    states = _states(keys)
    left = _suppressed(keys)
    seen: dict[str, int] = {}
    verdicts = []
    for line in lines:
        if line.row is None:
            verdicts.append(Verdict(line, Outcome.REFUSED, line.mistake))
            continue
        key = line.row.address.key
        first = seen.setdefault(key, line.number)
        if first != line.number:
            why = _("déjà ligne %(line)s") % {"line": first}
            verdicts.append(Verdict(line, Outcome.TWICE, why))
        else:
            verdicts.append(Verdict(line, _outcome(states.get(key), key in left)))
    return ImportPlan(verdicts)


def _outcome(state: str | None, is_suppressed: bool) -> Outcome:
    if state == State.ACTIVE:
        return Outcome.SAME
    if is_suppressed or state not in (None, State.PENDING):
        return Outcome.LEFT
    return Outcome.ADDED


def apply_import(text: str, seen: str) -> int:
    """Write what was seen, all of it or nothing; how many were subscribed. Raises Changed."""
    plan = plan_import(text)
    if plan.digest != seen or plan.has_mistakes:
        raise Changed
    rows = {row.address.key: row for row in plan.added}
    try:
        # The reading, which is long, is over: nobody waits for it to write.
        with transaction.atomic():
            _write(rows)
    except IntegrityError as mistake:  # somebody subscribes at this very moment
        raise Changed from mistake
    logger.info("%d subscribers imported from a file.", len(rows))
    return len(rows)


def _write(rows: dict[str, Row]) -> None:
    asked = _states(rows)
    if set(asked.values()) - {State.PENDING} or _suppressed(rows):
        raise Changed
    _add([row for key, row in rows.items() if key not in asked])
    for key in asked:
        _confirm(rows[key])


def _add(rows: list[Row]) -> None:
    now = timezone.now()
    made = Subscriber.objects.bulk_create(
        [
            Subscriber(
                email=row.address.shown,
                email_key=row.address.key,
                created_at=now,
                **_agreed(row),
            )
            for row in rows
        ],
        batch_size=_AT_ONCE,
    )
    links = Subscriber.topics.through
    links._default_manager.bulk_create(
        [
            links(subscriber_id=subscriber.pk, topic_id=topic.pk)
            for subscriber, row in zip(made, rows, strict=True)
            for topic in row.topics
        ],
        batch_size=_AT_ONCE,
    )
    if made:
        Movement.objects.count_one(Movement.Kind.JOINED, number=len(made))


def _confirm(row: Row) -> None:
    """Somebody who asked by the form and has not confirmed yet: the file does it for them."""
    subscriber = Subscriber.objects.select_for_update().get(email_key=row.address.key)
    Subscriber.objects.filter(pk=subscriber.pk).update(nonce="", **_agreed(row))
    subscriber.topics.set(row.topics)
    subscriber.refresh_from_db()
    welcome(subscriber)


def _agreed(row: Row) -> dict[str, object]:
    return {
        "state": State.ACTIVE,
        "territory": row.territory,
        "consent": None,
        "consented_at": row.agreed_at,
        "confirmed_at": timezone.now(),
        "origin": Subscriber.Origin.IMPORT,
        "proof": row.proof,
    }


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
    while some := list(islice(rest, _AT_ONCE)):
        yield some
