"""One entry as the booklet tells it: the facts of its page that one needs away from a screen."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.geo.names import fold, short_commune_name
from resources.choices import EntryStatus
from resources.entry.labels import verification_label
from resources.entry.presenter import EntryFact, EntryPresenter
from resources.models import ResourcePage
from resources.opening_hours.one_line import format_week
from resources.opening_hours.schedule import OpeningTimes

#: How many letters a fact has at most to share a line with others.
SHORT = 48


@dataclass(frozen=True, slots=True)
class BookletEntry:
    """An entry of the booklet; ``commune`` is empty when it may not be said.

    ``brief`` facts are so short that they share lines.
    """

    anchor: str
    title: str
    url: str
    kind: str
    commune: str
    summary: str
    phone: str
    warning: str
    facts: tuple[EntryFact, ...]
    brief: tuple[EntryFact, ...]
    verified: str
    source: str

    @property
    def sort_key(self) -> tuple[Any, ...]:
        return (not self.commune, *commune_sort_key(self.commune), fold(self.title))


def commune_sort_key(name: str) -> tuple[str, int, str]:
    """Marseille, then its 2nd arrondissement, then its 10th."""
    head, _space, tail = name.rpartition(" ")
    number = "".join(character for character in tail if character.isdigit())
    return (fold(head), int(number), "") if head and number else (fold(name), 0, "")


def booklet_entry(entry: ResourcePage) -> BookletEntry:
    sheet = EntryPresenter(entry)
    commune = entry.public_commune
    facts = [item for item in _facts(entry, sheet) if item.definition]
    return BookletEntry(
        anchor=f"fiche-{entry.pk}",
        title=entry.title,
        url=entry.url or "",
        kind=entry.type.name,
        commune=short_commune_name(commune.name) if commune else "",
        summary=entry.summary,
        phone=entry.phone,
        warning=sheet.warning,
        facts=tuple(item for item in facts if not _is_brief(item)),
        brief=tuple(item for item in facts if _is_brief(item)),
        verified=verification_label(entry)[0].rstrip("."),
        source=entry.source,
    )


def _is_brief(item: EntryFact) -> bool:
    """Whether it may share a line with others: paper is dear."""
    return item.term != _("Adresse") and len(f"{item.term} {item.definition}") <= SHORT


def _facts(entry: ResourcePage, sheet: EntryPresenter) -> list[EntryFact]:
    # What the page tells by a link only is of no use on paper.
    return [
        *(item for item in sheet.coming if not item.url),
        EntryFact(_("Horaires"), _hours(entry)),
        EntryFact(_("Pour qui"), _sentences(sheet.for_whom)),
        EntryFact(_("Premier contact"), entry.first_contact),
        EntryFact(_("E-mail"), entry.email, f"mailto:{entry.email}"),
        *sheet.practical,
    ]


def _sentences(said: list[str]) -> SafeString:
    """Those of the page; some are HTML already."""
    return format_html_join(" ", "{}", ((sentence,) for sentence in said))


def _hours(entry: ResourcePage) -> str:
    """The usual week, a word on it, and the closures that are known."""
    closures = OpeningTimes("", entry.opening_times.closures).notes()
    usual = format_week(entry.opening_times)
    if entry.opening_times.text and not usual and not entry.hours_note:
        usual = _("Variables selon la période : appelez.")
    is_closed = entry.status == EntryStatus.TEMPORARILY_CLOSED
    return " ".join(filter(None, ["" if is_closed else usual, entry.hours_note, *closures]))
