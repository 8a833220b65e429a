"""Registry of personal data: finding, exporting and erasing what is held about an address.

Each app registers its own sources in ``personal_data.py``; no other module knows where to look.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from portal.mail.addresses import hash_of
from portal.privacy import erasure_journal
from portal.privacy.address_spellings import same_address

#: One thing that is held, as « what it is: what it says », for the person to read.
Item = dict[str, Any]


class ErasureRefused(Exception):
    """Something may not be erased; the message is a French sentence for who asked."""


@dataclass(frozen=True, slots=True)
class PersonalDataSource:
    """A kind of personal data that the portal holds.

    ``held`` yields each address and the moment it was last given, to tell what a restored backup
    brought back. ``remember`` receives the hash of whoever was erased.
    """

    name: str
    label: str | Promise
    find: Callable[[str], list[Item]]
    erase: Callable[[str], int]
    held: Callable[[], Iterable[tuple[str, datetime]]]
    remember: Callable[[str], None]
    permission: str | None


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """Number of erased objects by source, and the reasons of what was refused."""

    counts: Counter[str]
    kept: list[str]


_sources: dict[str, PersonalDataSource] = {}
_aliases: list[Callable[[str], set[str]]] = []


def register_personal_data(
    name: str,
    label: str | Promise,
    find: Callable[[str], list[Item]],
    erase: Callable[[str], int],
    *,
    held: Callable[[], Iterable[tuple[str, datetime]]] = tuple,
    remember: Callable[[str], None] = lambda address_hash: None,
    permission: str | None = None,
) -> None:
    """Register how to find and erase what is held about an address, given in its comparable form.

    ``erase`` may raise ``ErasureRefused`` before it changes anything. ``permission`` is what an
    editor needs to erase it from a screen: empty for no more than the screen itself, None when only
    an administrator's command may.
    """
    _sources[name] = PersonalDataSource(name, label, find, erase, held, remember, permission)


def register_other_addresses(find: Callable[[str], set[str]]) -> None:
    """Register how to find the other addresses of a person, from one of them; comparable forms."""
    _aliases.append(find)


def addresses_of(key: str) -> list[str]:
    """This address, then the others that the portal knows to be the same person's."""
    others = {one for find in _aliases for one in find(key)}
    return [key, *sorted(others - {key})]


def personal_data_sources() -> list[PersonalDataSource]:
    return list(_sources.values())


def find_person(key: str) -> dict[PersonalDataSource, list[Item]]:
    """Everything held about a person, by source; sources that hold nothing are included."""
    addresses = addresses_of(key)
    return {
        source: [item for one in addresses for item in source.find(one)]
        for source in personal_data_sources()
    }


def erase_person(key: str, only: Iterable[PersonalDataSource] | None = None) -> ErasureResult:
    """Erase a person from all sources, or one address from some; the journal is written first.

    Killed in the middle, the database holds everything or nothing, and the journal says that the
    erasure is to be done.
    """
    addresses = addresses_of(key) if only is None else [key]
    for one in addresses:
        erasure_journal.note(hash_of(one))
    done = ErasureResult(Counter(), [])
    with transaction.atomic():
        for one in addresses:
            found = _erase_in(one, personal_data_sources() if only is None else only)
            done.counts.update(found.counts)
            done.kept.extend(found.kept)
            _remember(hash_of(one))
    # Whatever was kept for speed: its keys are hashes, its values may hold anything.
    cache.clear()
    return done


def replay_erasures(journal: dict[str, datetime]) -> int:
    """Erase again those whom a restored backup brought back; return how many.

    An address that somebody gave again after the erasure stays in the source where they gave it.
    """
    back: dict[str, set[str]] = defaultdict(set)
    again: dict[str, set[str]] = defaultdict(set)
    for source in personal_data_sources():
        for key, since in source.held():
            erased_at = journal.get(hash_of(key))
            if erased_at is not None:
                (back if since <= erased_at else again)[key].add(source.name)
    for key in back:
        with transaction.atomic():
            _erase_in(
                key, [one for one in personal_data_sources() if one.name not in again.get(key, ())]
            )
    with transaction.atomic():
        for address_hash in journal.keys() - {hash_of(key) for key in again}:
            _remember(address_hash)
    cache.clear()
    return len(back)


def _erase_in(key: str, some: Iterable[PersonalDataSource]) -> ErasureResult:
    done = ErasureResult(Counter(), [])
    for source in some:
        try:
            done.counts[source.name] = source.erase(key)
        except ErasureRefused as reason:
            done.kept.append(str(reason))
    return done


def _remember(address_hash: str) -> None:
    """Pass the hash to the sources that must not write to this person again."""
    for source in personal_data_sources():
        source.remember(address_hash)


def rows_of(queryset: QuerySet[Any], field: str, key: str) -> list[Any]:
    """Rows whose address, kept as it was typed, is this one."""
    local = key.rpartition("@")[0]
    close = queryset.filter(**{f"{field}__icontains": f"{local}@"})
    return [row for row in close if same_address(getattr(row, field), key)]
