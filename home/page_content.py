"""Content of other apps on the home pages; each function is one or two queries."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from wagtail.models import Page

from actions.models import Commitment
from actions.models.project_indicator import get_public_indicators
from home.choices import DocumentKind
from home.department_map import touched_communes
from home.priority_hills import draw_hills
from home.project_years import project_moments
from home.roadmap_figures import roadmap_figures
from newsletter.models import EventPage, NewsPage
from portal.base.navigation import contact_address
from portal.cache.cached import get_or_set
from portal.cache.held import held
from portal.crisis.models import HelpLine

EVENTS_SHOWN = 3
# The documents that the instruction of 2025 expects a department to publish.
AWAITED_DOCUMENTS = (
    DocumentKind.PTSM,
    DocumentKind.CTSM,
    DocumentKind.DIAGNOSTIC,
    DocumentKind.ROADMAP,
    DocumentKind.EVALUATION,
)
NEWS_SHOWN = 2


def help_lines(locale_id: int) -> list[HelpLine]:
    """The checked help lines, those for a crisis first.

    One that is not translated yet is given in French, and says so by ``language``: a number
    matters more than its words.
    """
    lines = list(
        HelpLine.objects.public()
        .filter(Q(locale_id=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE))
        .select_related("locale")
        .order_by("-is_crisis", "order", "name")
    )
    translated = {line.translation_key for line in lines if line.locale_id == locale_id}
    shown = [
        line
        for line in lines
        if line.locale_id == locale_id or line.translation_key not in translated
    ]
    for line in shown:
        line.language = "" if line.locale_id == locale_id else line.locale.language_code
    return shown


def ptsm_content(page: Any) -> dict[str, Any]:
    """What the page of the PTSM shows beside its own words; ``page`` is that page."""
    known = roadmap_figures(page.locale_id)
    articulations = list(page.articulations.select_related("link_page"))
    documents = list(page.documents.select_related("file"))
    published = [document for document in documents if document.address]
    kinds = {document.kind for document in published}
    return {
        "priorities": known.priorities,
        "progress": known.progress,
        "for_all": known.for_all_sentence,
        "drawing": draw_hills(known.priorities, known.progress),
        "map": touched_communes(),
        "moments": project_moments(page.period_start, page.period_end, known.progress),
        "recommendations": known.recommendations,
        "has_answers": any(row.response for row in known.recommendations),
        "roadmap_url": known.actions_url,
        "actions_url": f"{known.actions_url}?priorite=" if known.actions_url else "",
        "contact_url": contact_address(page.locale_id),
        "bodies_by_aim": [(aim, bodies) for aim, bodies in page.bodies_by_aim if bodies],
        "unpublished_aims": [aim for aim, bodies in page.bodies_by_aim if not bodies],
        "commitments": get_or_set("public-commitments", _read_commitments),
        "indicators": get_or_set("project-indicators", lambda: get_public_indicators(None)),
        "linked": [link for link in articulations if link.text],
        "unlinked": [link for link in articulations if not link.text],
        "documents": published,
        "awaited": [str(kind.label) for kind in AWAITED_DOCUMENTS if kind not in kinds],
    }


def _read_commitments() -> list[Commitment]:
    return list(Commitment.objects.public().in_order().select_related("action"))


def next_events(locale_id: int) -> list[EventPage]:
    """The next dates; what is past is known to the minute."""
    minute = timezone.now().replace(second=0, microsecond=0)
    return held(("next-events", locale_id, minute), lambda: _read_next_events(locale_id))


def _read_next_events(locale_id: int) -> list[EventPage]:
    events = EventPage.objects.upcoming().filter(locale_id=locale_id).with_place()
    return list(events[:EVENTS_SHOWN])


def latest_news(locale_id: int) -> list[NewsPage]:
    return held(f"latest-news:{locale_id}", lambda: _read_latest_news(locale_id))


def _read_latest_news(locale_id: int) -> list[NewsPage]:
    news = NewsPage.objects.live().filter(locale_id=locale_id).latest_first()
    return list(news[:NEWS_SHOWN])


def pages_in_language(home: Page) -> list[Any]:
    """Pages of this home page's language, real translations only."""
    pages = home.get_descendants().live().public().filter(alias_of__isnull=True)
    return list(pages.order_by("path").specific())
