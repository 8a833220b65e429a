"""Sentences about whom an entry receives: who, of what age, from where."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.entry.received import ReceivedPeople, people_received

MOST_COMMUNES_SAID = 12


class EntryReception:
    """What an entry (``ResourcePage`` or a child) says of those it receives; read only."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry

    @cached_property
    def _people(self) -> ReceivedPeople:
        return people_received(self.entry)

    @property
    def sentences(self) -> list[str]:
        """Sentences; the ones about places may hold HTML."""
        return [*self.people, *self._served_places()]

    @property
    def people(self) -> list[str]:
        """Sentences about who is received, wherever they live."""
        entry = self.entry
        publics = entry._meta.get_field("publics").labels(self._people.publics)
        ages = entry.ages[:1].lower() + entry.ages[1:] if publics else entry.ages
        who = ", ".join(filter(None, [*lowercase_labels(publics), ages]))
        said: list[str] = [f"{who}."] if who else self._unsaid_public()
        if entry.relatives_welcome:
            said.append(_("Les proches peuvent demander conseil."))
        return said

    @property
    def says_whom(self) -> bool:
        """Whether some source tells whom it receives, of what age or from where."""
        return bool(self._people.publics or self.entry.ages) and not self._is_area_missing

    @property
    def _is_area_missing(self) -> bool:
        """Whether it has a sector, and nobody knows which."""
        entry = self.entry
        if not hasattr(entry, "served_communes"):
            return False
        return not (entry.served_communes or entry.covers_department or entry.coverage_names)

    def _unsaid_area(self) -> list[str]:
        if not self._is_area_missing:
            return []
        if self._people.may_be_called:
            return [_("Zone reçue non précisée : demandez en appelant.")]
        return [_("Zone reçue non précisée.")]

    def _unsaid_public(self) -> list[str]:
        """What to do when no source tells whom a place of care receives."""
        entry = self.entry
        if not entry.is_care:
            return []
        if self._people.may_be_called:
            return [_("Appelez pour savoir qui y est reçu.")]
        return [_("On ne sait pas qui y est reçu.")]

    def _served_places(self) -> list[str]:
        if self.entry.covers_department:
            return [_("Tout le département est reçu.")]
        return [*self._served_by_sector(), *self._covered_places()] or self._unsaid_area()

    def _served_by_sector(self) -> list[str]:
        served = list(getattr(self.entry, "served_communes", []))
        if not served:
            return []
        notes = dict.fromkeys(note for commune in served for note in commune.notes)
        said = [self._sector_sentence(served), *notes]
        if any(not commune.is_entire for commune in served):
            said.append(self._ask_where_shared())
        return said

    def _ask_where_shared(self) -> str:
        if self._people.may_be_called:
            return _("Si votre commune est partagée, appelez : on vous dira où aller.")
        return _("Si votre commune est partagée, demandez si votre adresse en fait partie.")

    def _covered_places(self) -> list[str]:
        names = self.entry.coverage_names
        if not names:
            return []
        shown, hidden = names[:MOST_COMMUNES_SAID], names[MOST_COMMUNES_SAID:]
        places = ", ".join(shown)
        if hidden:
            places = _("%(places)s et %(count)s autres communes") % {
                "places": places,
                "count": len(hidden),
            }
        return [format_html(_("Territoire couvert : <b>{}</b>."), places)]

    def _sector_sentence(self, served: list[Any]) -> SafeString:
        places = format_html_join(", ", "{}{}", ((c.name, _share_label(c)) for c in served))
        return format_html(_("Pour les personnes qui habitent : <b>{}</b>."), places)


def _share_label(commune: Any) -> str:
    return "" if commune.is_entire else _(" (une partie)")


def lowercase_labels(labels: list[str], keep: int = 1) -> list[str]:
    """Labels in a sentence: only the first keeps its capital."""
    return labels[:keep] + [label[:1].lower() + label[1:] for label in labels[keep:]]
