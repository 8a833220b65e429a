"""What has changed in the directory: published, changed, closed, withdrawn.

Days come from Wagtail: first and last publication. Withdrawn entries come from the journal
(see ``withdrawals``), by their identifier alone.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.api.decorators import (
    HOUR,
    about,
    if_changed,
    public_data,
    refusal,
    too_many,
)
from portal.base.models import PortalSettings
from portal.exports.streaming import JSON, ROWS_AT_ONCE, json_chunks, streaming_response
from resources.choices import EntryStatus
from resources.open_data.querysets import directory_stamp, source_entries
from resources.open_data.withdrawals import EntryWithdrawal, withdrawals

#: How far back the list goes when nobody says, and how many changes a feed reader gets.
DAYS = 90
IN_FEED = 100
#: A first publication and the corrections of the same minute are one event.
_SAME = timedelta(minutes=1)

PUBLISHED, CHANGED, PAUSED, CLOSED, WITHDRAWN = (
    "publication", "modification", "fermeture_temporaire", "fermeture", "retrait",
)  # fmt: skip
KINDS = (PUBLISHED, CHANGED, PAUSED, CLOSED, WITHDRAWN)
_BY_STATUS = {EntryStatus.TEMPORARILY_CLOSED: PAUSED, EntryStatus.CLOSED: CLOSED}


class EntryChange(NamedTuple):
    """The last thing that happened to an entry; one that was withdrawn has no name left."""

    id: str
    changement: str
    le: datetime
    nom: str | None = None
    type: str | None = None
    lien: str | None = None


def entry_changes(since: datetime | None) -> Iterator[EntryChange]:
    entries = source_entries().select_related("type", "locale").order_by("-last_published_at", "pk")
    entries = entries.filter(last_published_at__isnull=False)
    if since:
        entries = entries.filter(last_published_at__gte=since)
    for entry in entries.iterator(chunk_size=ROWS_AT_ONCE):
        yield _change(entry)


def latest(number: int) -> list[EntryChange]:
    """The last changes of all kinds, latest first."""
    newest = chain(_first(entry_changes(None), number), map(_left, withdrawals()[:number]))
    return sorted(newest, key=lambda change: change.le, reverse=True)[:number]


def _first(changes: Iterator[EntryChange], number: int) -> Iterator[EntryChange]:
    return (change for change, _rank in zip(changes, range(number), strict=False))


def _change(entry: Any) -> EntryChange:
    kind = _BY_STATUS.get(entry.status) or (PUBLISHED if _is_new(entry) else CHANGED)
    return EntryChange(
        str(entry.uuid),
        kind,
        entry.last_published_at,
        entry.title,
        entry.type.code,
        entry.full_url,
    )


def _is_new(entry: Any) -> bool:
    first = entry.first_published_at
    return first is not None and entry.last_published_at - first < _SAME


def _left(one: EntryWithdrawal) -> EntryChange:
    return EntryChange(one.uuid, WITHDRAWN, one.at)


@public_data(HOUR)
def as_json(request: HttpRequest) -> HttpResponseBase:
    """``/api/changements.json?depuis=2026-10-01``: to bring a copy up to date."""
    if refused := too_many(request, "data_files"):
        return refused
    since = _since(request.GET)
    if since is None:
        return refusal(_("« depuis » est une date comme 2026-10-01."), 400)
    facts = {**about(request), "depuis": since.date()}

    def make() -> HttpResponseBase:
        changes = chain(entry_changes(since), map(_left, withdrawals(since)))
        items = (change._asdict() for change in changes)
        return streaming_response(json_chunks(facts, "changements", items), JSON)

    return if_changed(request, _stamp(request), make)


def _stamp(request: HttpRequest) -> str:
    """A withdrawal follows from an entry that goes, which the stamp of the directory sees."""
    return directory_stamp(request.get_full_path())


def _since(query: QueryDict) -> datetime | None:
    """The first instant of the day that is asked; None when it is no day."""
    text = query.get("depuis", "").strip()
    try:
        day: date | None = parse_date(text) if text else timezone.localdate() - timedelta(DAYS)
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None
    except (ValueError, OverflowError):
        return None


@public_data(HOUR)
def as_atom(request: HttpRequest) -> HttpResponseBase:
    """``/api/changements.xml``: the last hundred, for a feed reader."""
    if refused := too_many(request, "data_files"):
        return refused
    return if_changed(request, _stamp(request), lambda: ChangesFeed()(request))


class ChangesFeed(Feed):
    """The last changes of the directory, Atom 1.0."""

    feed_type = Atom1Feed
    language = "fr"
    link = "/api/"
    item_guid_is_permalink = False

    def title(self) -> str:
        words = {"site": PortalSettings.load().site_name}
        return _("Ce qui change dans l’annuaire – %(site)s") % words

    def subtitle(self) -> str:
        return _("Les fiches publiées, modifiées, fermées ou retirées.")

    def items(self) -> list[EntryChange]:
        return latest(IN_FEED)

    def item_title(self, item: EntryChange) -> str:
        return _words(item.changement) % {"name": item.nom}

    def item_description(self, item: EntryChange) -> str:
        return item.type or ""

    def item_link(self, item: EntryChange) -> str:
        return item.lien or f"/api/annuaire.json#{item.id}"

    def item_guid(self, item: EntryChange) -> str:
        return f"urn:uuid:{item.id}#{item.le:%Y%m%d%H%M%S}"

    def item_updateddate(self, item: EntryChange) -> datetime:
        return item.le

    def item_pubdate(self, item: EntryChange) -> datetime:
        return item.le

    def item_categories(self, item: EntryChange) -> list[str]:
        return [item.changement]


def _words(kind: str) -> str:
    return {
        PUBLISHED: _("Nouvelle fiche : %(name)s"),
        CHANGED: _("Fiche modifiée : %(name)s"),
        PAUSED: _("Fermé pour le moment : %(name)s"),
        CLOSED: _("Fermé définitivement : %(name)s"),
        WITHDRAWN: _("Une fiche a été retirée"),
    }[kind]
