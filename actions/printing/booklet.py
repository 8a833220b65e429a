"""PDF booklet of the roadmap, with an index of organisations and places."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.choices import PartnerRole
from actions.models import ActionPage, Priority, RecommendationPage
from actions.presenter import ActionPresenter
from actions.progress import ActionProgress
from portal.base.models import PortalSettings
from portal.geo.names import fold
from portal.pdf.registry import PdfDocument

TRANSLATED = False

#: The name of its file.
NAME = "feuille-de-route"


@dataclass(frozen=True)
class BookletPart:
    """The action sheets of one priority; ``priority`` is None for those that serve all."""

    priority: Priority | None
    presenters: list[ActionPresenter]

    @cached_property
    def anchor(self) -> str:
        return f"priorite-{self.priority.number}" if self.priority else "toutes-priorites"

    @cached_property
    def title(self) -> str:
        if self.priority is None:
            return _("Pour toutes les priorités")
        words = {"number": self.priority.number, "title": self.priority.plain_title}
        return _("Priorité %(number)s : %(title)s") % words


class BookletAction(NamedTuple):
    """A line of the index: a name, and the actions where it appears."""

    name: str
    actions: list[ActionPage]


def make_roadmap(base_url: str) -> PdfDocument:
    """The PDF document of the whole roadmap; ``base_url`` is the portal's public address."""
    return PdfDocument(NAME, _("La feuille de route"), lambda: [_html(base_url)], base_url)


def _presenters() -> list[ActionPresenter]:
    pages = ActionPage.objects.live().public().without_examples()
    pages = pages.filter(locale__language_code=settings.LANGUAGE_CODE)
    return [ActionPresenter(page) for page in pages.in_order()]


def roadmap_parts() -> list[BookletPart]:
    """The published actions in order, by priority."""
    return _parts(_presenters())


def _html(base_url: str) -> str:
    presenters = _presenters()
    portal = PortalSettings.load()
    context = {
        "portal": portal,
        "place": portal.department_name,
        "site": base_url.split("//")[-1].rstrip("/"),
        "today": timezone.localdate(),
        "parts": _parts(presenters),
        "count": len(presenters),
        "progress": _progress(presenters),
        "recommendations": _recommendations(),
        "by_pilot": _index(presenters, _leaders),
        "by_territory": _index(presenters, _territories),
    }
    return render_to_string("printing/roadmap.html", context)


def _parts(presenters: list[ActionPresenter]) -> list[BookletPart]:
    """The priorities in order, those without any action too; then what serves them all."""
    found: dict[int | None, list[ActionPresenter]] = defaultdict(list)
    for presenter in presenters:
        found[presenter.priority.number if presenter.priority else None].append(presenter)
    priorities = Priority.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    parts = [
        BookletPart(priority, found[priority.number])
        for priority in priorities.order_by("order", "number")
    ]
    return [*parts, BookletPart(None, found[None])] if found[None] else parts


def _progress(presenters: list[ActionPresenter]) -> ActionProgress:
    counts: dict[str, int] = defaultdict(int)
    for presenter in presenters:
        counts[presenter.page.status] += 1
    return ActionProgress(counts, sum(presenter.page.is_late for presenter in presenters))


def _recommendations() -> list[tuple[str, list[RecommendationPage]]]:
    """By origin, each with what the PTSM answers and the actions that follow."""
    rows = RecommendationPage.objects.live().public()
    rows = rows.filter(locale__language_code=settings.LANGUAGE_CODE)
    groups: dict[str, list[RecommendationPage]] = defaultdict(list)
    for row in rows.in_order().table():
        groups[row.get_origin_display()].append(row)
    return list(groups.items())


def _index(presenters: list[ActionPresenter], names_of: Any) -> list[BookletAction]:
    found: dict[str, list[ActionPage]] = defaultdict(list)
    for presenter in presenters:
        for name in dict.fromkeys(names_of(presenter)):
            found[name].append(presenter.page)
    return [BookletAction(name, found[name]) for name in sorted(found, key=fold)]


def _leaders(presenter: ActionPresenter) -> Iterable[str]:
    leading = (PartnerRole.PILOT, PartnerRole.COPILOT)
    return [one.label for role, named in presenter.who if role in leading for one in named]


def _territories(presenter: ActionPresenter) -> Iterable[str]:
    return [territory.name for territory in presenter.territories] or [presenter.places]
