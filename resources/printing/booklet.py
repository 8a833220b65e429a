"""The PDF booklet of the directory: entries in sections, and indexes by name and commune."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.models import Locale

from portal.base.models import PortalSettings
from portal.crisis.help_lines import get_help_lines
from portal.crisis.help_numbers import CRISIS_NUMBERS, DANGERS
from portal.crisis.models import HelpLine
from portal.geo.models import Territory
from portal.geo.names import fold
from portal.pdf.registry import PdfDocument
from resources.choices import TypeFamily
from resources.models import ResourcePage, ResourceType
from resources.printing.entry import BookletEntry, booklet_entry, commune_sort_key
from resources.printing.querysets import printable_entries, with_specific_facts

TRANSLATED = False


@dataclass(frozen=True, slots=True)
class BookletSection:
    """A part of the booklet; ``parts`` are its own, ``entries`` those that stand in none."""

    anchor: str
    title: str
    text: str = ""
    parts: list["BookletSection"] = field(default_factory=list)
    entries: list[BookletEntry] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.entries) + sum(part.count for part in self.parts)


def make_booklet(
    base_url: str,
    territory: Territory | None = None,
    kind: ResourceType | None = None,
    *,
    is_listed: bool = True,
) -> PdfDocument:
    """The booklet of a territory, of a type, of both, or of the whole directory.

    ``base_url`` is the portal's public address.
    """
    slug, code = territory.slug if territory else "", kind.code if kind else ""
    return PdfDocument(
        name=booklet_name(slug, code),
        label=" – ".join(filter(None, [str(_title(kind)), territory.name if territory else ""])),
        pages=lambda: [_html(base_url, territory, kind)],
        base_url=base_url,
        is_listed=is_listed,
    )


def booklet_name(territory: str = "", code: str = "") -> str:
    """The name of its file, whatever signs an editor put in the code of a type.

    A type and a territory may be called the same.
    """
    kind = f"type-{slugify(code)}" if code else ""
    return "-".join(filter(None, ["annuaire", kind, territory]))


def _html(base_url: str, territory: Territory | None, kind: ResourceType | None) -> str:
    entries = with_specific_facts(printable_entries(territory, kind.code if kind else ""))
    lines = {entry.pk: booklet_entry(entry) for entry in entries}
    ordered = sorted(lines.values(), key=lambda line: line.sort_key)
    portal = PortalSettings.load()
    context = {
        "title": _title(kind),
        "place": territory.name if territory else portal.department_name,
        "portal": portal,
        "site": base_url.split("//")[-1].rstrip("/"),
        "today": timezone.localdate(),
        "groups": _by_commune(ordered) if kind else _by_family(entries, lines),
        "count": len(lines),
        "by_name": sorted(ordered, key=lambda line: fold(line.title)),
        "by_commune": _communes(ordered),
        **help_numbers_context(),
    }
    return render_to_string("printing/directory.html", context)


def help_numbers_context() -> dict[str, Any]:
    """Whom to call at once, then who listens; said in every document."""
    lines = get_help_lines(Locale.get_default().pk)
    others = [number for danger in DANGERS.values() for number in danger.numbers]
    emergencies = {number.number: number for number in (*CRISIS_NUMBERS, *others)}
    return {
        "emergencies": list(emergencies.values()),
        "listening": [line for line in lines if _is_called(line, set(emergencies))],
    }


def _is_called(line: HelpLine, said: set[str]) -> bool:
    is_phone = line.channel == HelpLine.Channel.PHONE and bool(line.number)
    return is_phone and line.number not in said


def _title(kind: ResourceType | None) -> str:
    return (kind.plural or kind.name) if kind else _("L’annuaire de la santé mentale")


def _by_commune(ordered: list[BookletEntry]) -> list[BookletSection]:
    return [
        BookletSection(anchor=f"lieu-{rank}", title=name, entries=entries)
        for rank, (name, entries) in enumerate(_communes(ordered))
    ]


def _communes(ordered: list[BookletEntry]) -> list[tuple[str, list[BookletEntry]]]:
    """The entries by commune, those whose commune may not be said at the end."""
    found: dict[str, list[BookletEntry]] = defaultdict(list)
    for entry in ordered:
        found[entry.commune].append(entry)
    names = sorted(found, key=lambda name: (not name, commune_sort_key(name)))
    return [(name or _("Commune non communiquée"), found[name]) for name in names]


def _by_family(entries: list[ResourcePage], lines: dict[int, BookletEntry]) -> list[BookletSection]:
    """What one looks for first, then each type of place, then the communes in order."""
    by_type: dict[ResourceType, list[BookletEntry]] = defaultdict(list)
    for entry in entries:
        by_type[entry.type].append(lines[entry.pk])
    groups = []
    for family in TypeFamily:
        kinds = [kind for kind in by_type if kind.family == family]
        kinds.sort(key=lambda kind: (kind.order, kind.name))
        parts = [
            BookletSection(
                anchor=f"type-{kind.pk}",
                title=kind.plural or kind.name,
                text=kind.explanation,
                entries=sorted(by_type[kind], key=lambda line: line.sort_key),
            )
            for kind in kinds
        ]
        if parts:
            groups.append(
                BookletSection(anchor=f"famille-{family}", title=str(family.label), parts=parts)
            )
    return groups
