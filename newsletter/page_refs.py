"""Pages that an issue links to, and what its blocks show of each.

The apps beside this one stay unknown: their pages are chosen by the name of their type and
answer a few words (``when``, ``reference``, ``status_label``…). They are read here only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail.models import Page, PageViewRestriction

from portal.base.navigation import language_of

#: Sentences of the querysets that read, at once, all that a line of a list says.
_WHOLE_ROWS = ("for_list", "with_place")
_ROWS_BESIDE = ("type", "commune")


@dataclass(frozen=True, slots=True)
class PageReference:
    """What a letter says of a page; ``line`` is its small print, ``done`` of ``total`` a meter."""

    title: str
    url: str
    text: str = ""
    tag: str = ""
    line: str = ""
    when: str = ""
    where: str = ""
    day: date | None = None
    is_cancelled: bool = False
    badge: str = ""
    badge_state: str = ""
    progress: str = ""
    done: int = 0
    total: int = 0


class ReadablePages:
    """Which of these pages anybody can open, each in the language of the reader.

    A page that was unpublished, deleted or kept for some people since is left out. It costs
    one query, and one more for each type of page that is told in another language.
    """

    def __init__(self, pages: Iterable[Page | None]) -> None:
        foreign: dict[type[Page], list[Page]] = {}
        for page in pages:
            if page is not None and language_of(page) != get_language():
                foreign.setdefault(type(page), []).append(page)
        self._versions = {
            version.translation_key: version
            for model, sources in foreign.items()
            for version in _versions(model, sources)
        }
        closed = PageViewRestriction.objects.values_list("page__path", flat=True)
        self._closed = tuple(closed)

    def get(self, page: Page | None) -> Page | None:
        if page is None:
            return None
        shown = self._versions.get(page.translation_key, page)
        return shown if shown.live and not shown.path.startswith(self._closed) else None


def whole_rows(model: type[Model]) -> QuerySet[Any]:
    """The pages of a type with all that a letter says of them."""
    rows: Any = model._default_manager.all()
    for sentence in _WHOLE_ROWS:
        if hasattr(rows, sentence):
            return getattr(rows, sentence)()
    beside = [name for name in _ROWS_BESIDE if hasattr(model, name)]
    return rows.select_related(*beside) if beside else rows


def _versions(model: type[Page], sources: list[Page]) -> QuerySet[Any]:
    return whole_rows(model).filter(
        translation_key__in=[page.translation_key for page in sources],
        locale__language_code=get_language(),
        alias_of=None,
        live=True,
    )


def news_reference(page: Any, title: str = "", text: str = "") -> PageReference:
    return PageReference(title or page.title, page.url or "", text=text or page.summary)


def event_reference(page: Any) -> PageReference:
    where = page.where or (_("à distance") if page.online_url else "")
    return PageReference(
        page.title,
        page.url or "",
        line=page.line,
        when=page.when,
        where=where,
        day=page.first_day,
        is_cancelled=page.is_cancelled,
    )


def entry_reference(page: Any, text: str = "") -> PageReference:
    commune = page.public_commune
    place = commune.name.removesuffix(" Arrondissement") if commune else ""
    line = " · ".join(filter(None, [page.type_in_language.name, place]))
    badge = _("Fiche d’exemple, données fictives") if page.is_example else ""
    return PageReference(page.title, page.url or "", text=text, line=line, badge=badge)


def action_reference(page: Any, text: str = "", state: str = "") -> PageReference:
    """How far an action is: as the letter said it, else as its page says today."""
    is_late = page.is_late and not state
    words = _("%(state)s, en retard") if is_late else "%(state)s"
    return PageReference(
        page.title,
        page.url or "",
        text=text or page.summary,
        tag=_("Action %(ref)s") % {"ref": page.reference},
        badge=state or words % {"state": page.status_label},
        badge_state="" if state else ("late" if is_late else page.status_badge),
        progress=page.steps_sentence if page.steps_total and not state else "",
        done=page.steps_done,
        total=page.steps_total,
    )
