"""« Ma sélection »: the entries that a reader puts aside, held in the address and nowhere else."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.crisis.help_numbers import MEDICAL, SUICIDE
from portal.geo.service_area import ServiceArea
from portal.text.phone import phone_href
from resources.entry.labels import opening_badge, verification_label
from resources.entry.presenter import EntryFact, EntryPresenter
from resources.entry.services import service_lines
from resources.models.resource import ResourcePage
from resources.selection_params import (
    MAX_ENTRIES,
    PAGE_PARAMETER,
    SelectionParams,
    short_key,
    uuid_range,
    with_selection,
)
from resources.service_areas.answers import reception_of
from resources.service_areas.reading import read_service_areas

LETTER_LENGTH = 1500


class SelectedEntry(NamedTuple):
    """An entry of the selection: all that one needs to call, write or come."""

    id: str
    title: str
    url: str
    tag: str
    text: str
    warning: str
    badge: str
    badge_state: str
    serves: str
    serves_surely: bool
    facts: list[EntryFact]
    verified: str
    remove_url: str


class EntrySelection:
    """What one address holds: its entries, and how to change it; a few queries in all."""

    def __init__(self, directory_url: str, page_url: str, query: QueryDict) -> None:
        self.directory_url = directory_url
        self.page_url = page_url
        self.params = SelectionParams(query, PAGE_PARAMETER)

    @cached_property
    def entries(self) -> list[ResourcePage]:
        """The entries that are still in the directory, in the order they were chosen."""
        if not self.params.keys:
            return []
        anywhere = Q()
        for key in self.params.keys:
            anywhere |= Q(uuid__range=uuid_range(key))
        listed = ResourcePage.objects.listed().with_all_facts()
        found = listed.select_related("cmppage").filter(anywhere)
        by_key = {short_key(entry): entry for entry in found}
        entries = [by_key[key] for key in self.params.keys if key in by_key]
        for name in ("phones", "closures", "services"):
            prefetch_related_objects([e for e in entries if getattr(e, f"has_{name}")], name)
        return entries

    @cached_property
    def selected(self) -> list[SelectedEntry]:
        areas = read_service_areas(self.entries) if self.entries else {}
        return [self._selected_entry(entry, areas[entry.pk]) for entry in self.entries]

    def _selected_entry(self, entry: ResourcePage, area: ServiceArea) -> SelectedEntry:
        presenter = EntryPresenter(entry)
        badge, state = opening_badge(entry)
        reception = reception_of(entry, area)
        return SelectedEntry(
            id=f"f-{short_key(entry)}",
            title=entry.title,
            url=entry.url or "",
            tag=entry.type.name,
            text=entry.summary,
            warning=presenter.warning,
            badge=badge,
            badge_state=state,
            serves=reception.sentence,
            serves_surely=reception.area.is_known,
            facts=[
                *_contacts(entry),
                *_services(entry),
                *_public(presenter),
                *presenter.coming,
                *presenter.practical,
            ],
            verified=verification_label(entry)[0],
            remove_url=self._address(self.params.without(short_key(entry))),
        )

    @property
    def title(self) -> str:
        if not self.entries:
            return _("Ma sélection est vide")
        return ngettext(
            "Ma sélection : %(count)s lieu", "Ma sélection : %(count)s lieux", len(self.entries)
        ) % {"count": len(self.entries)}

    @property
    def messages(self) -> list[str]:
        """What could not be shown, said plainly."""
        said = []
        gone = len(self.params.keys) - len(self.entries)
        if gone:
            said.append(
                ngettext(
                    "%(count)s lieu n’est plus dans l’annuaire.",
                    "%(count)s lieux ne sont plus dans l’annuaire.",
                    gone,
                )
                % {"count": gone}
            )
        if self.params.unreadable:
            said.append(_("Une partie de cette adresse est illisible, peut-être coupée."))
        if self.params.too_many:
            said.append(_("Une sélection a %(count)s lieux au plus.") % {"count": MAX_ENTRIES})
        return said

    @property
    def url(self) -> str:
        """Its own address, to keep or to send."""
        return self._address(str(self.params))

    @property
    def back_url(self) -> str:
        """The directory, which carries the selection along.

        No question is in it, nor anywhere on this page: it is printed, sent and kept.
        """
        return with_selection(self.directory_url, self.params)

    @property
    def empty_url(self) -> str:
        return self.page_url

    def letter_url(self, absolute: str) -> str:
        """A letter to oneself, to be sent by the reader's own mail program.

        Mail programs cut long addresses: the whole selection comes first, by its own.
        """
        lines = [_("Retrouver cette sélection :"), absolute, ""]
        for entry in self.entries:
            told = [entry.title, entry.phone, entry.email, entry.public_place, ""]
            room = LETTER_LENGTH - len("\n".join([*lines, *told]))
            if room < 0:
                lines.append(_("La suite est à l’adresse ci-dessus."))
                break
            lines += [line for line in told[:-1] if line] + [""]
        numbers = {"suicide": SUICIDE.number, "medical": MEDICAL.number}
        lines.append(
            _("Idées suicidaires : %(suicide)s, jour et nuit. Danger : %(medical)s.") % numbers
        )
        words = {"subject": _("Ma sélection de lieux d’aide"), "body": "\r\n".join(lines)}
        return f"mailto:?{urlencode(words).replace('+', '%20')}"

    def _address(self, params: str) -> str:
        return f"{self.page_url}?{urlencode({PAGE_PARAMETER: params})}" if params else self.page_url


def _contacts(entry: ResourcePage) -> list[EntryFact]:
    """What the page of the entry gives as buttons and tables."""
    return [
        item
        for item in (
            EntryFact(_("Téléphone"), entry.phone, phone_href(entry.phone) if entry.phone else ""),
            EntryFact(_("E-mail"), entry.email, f"mailto:{entry.email}"),
            EntryFact(_("Horaires"), _hours(entry)),
            EntryFact(_("Premier contact"), entry.first_contact),
        )
        if item.definition
    ]


def _services(entry: ResourcePage) -> list[EntryFact]:
    said = " ".join(service_lines(entry))
    return [EntryFact(_("Ce qu’on peut y demander"), said)] if said else []


def _public(presenter: EntryPresenter) -> list[EntryFact]:
    said = " ".join(presenter.reception.people)
    return [EntryFact(_("Pour qui ?"), said)] if said else []


def _hours(entry: ResourcePage) -> str:
    """« Lundi 9 h – 12 h, 14 h – 17 h ; mardi… », as far as it is known."""
    times = entry.opening_times
    week = " ; ".join(times.week_lines(" "))
    return ". ".join(filter(None, [week, entry.hours_note, *times.notes()]))
