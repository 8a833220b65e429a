"""What the home pages show of the other apps; each function is one or two queries."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from wagtail.models import Locale, Page

from actions.models import ActionIndexPage, ActionPage, Priority, RecommendationPage
from actions.progress import Progress
from home.models import ContactPage, PtsmPage
from home.vocabulary import DocumentKind
from newsletter.models import EventPage, NewsPage
from portal.base.models import HelpLine
from resources.models import ResourcePage

EMERGENCY_TYPES = ("URGENCES_PSY", "CENTRE_CRISE")
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


def help_lines(locale: Locale) -> list[HelpLine]:
    """The checked help lines, those for a crisis first.

    One that is not translated yet is given in French, and says so by ``language``: a number
    matters more than its words.
    """
    lines = list(
        HelpLine.objects.public()
        .filter(locale__language_code__in=(locale.language_code, settings.LANGUAGE_CODE))
        .select_related("locale")
        .order_by("-is_crisis", "order", "name")
    )
    translated = {line.translation_key for line in lines if line.locale_id == locale.pk}
    shown = [
        line
        for line in lines
        if line.locale_id == locale.pk or line.translation_key not in translated
    ]
    for line in shown:
        line.language = "" if line.locale_id == locale.pk else line.locale.language_code
    return shown


def emergency_doors() -> list[Page]:
    """The places of the directory where one can go in an emergency."""
    entries = ResourcePage.objects.listed()
    doors = entries.filter(Q(is_emergency=True) | Q(type__code__in=EMERGENCY_TYPES))
    return list(doors.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("title"))


def priorities(locale: Locale) -> list[Priority]:
    """The priorities of the department, each knowing how far its actions are."""
    return list(Priority.objects.with_progress(locale))


def roadmap_progress() -> Progress:
    """How far all the published actions are."""
    return ActionPage.objects.live().progress_summary()


def roadmap_page(locale: Locale) -> Page | None:
    """Where all the action sheets are listed."""
    return ActionIndexPage.objects.live().filter(locale=locale).first()


def recommendation_rows(locale: Locale) -> list[RecommendationPage]:
    """The table « recommandation → réponse → actions → avancement », in this language."""
    rows = RecommendationPage.objects.live().filter(locale=locale)
    return rows.in_order().table()


def gather_ptsm(page: PtsmPage, request: HttpRequest) -> dict[str, Any]:
    """What the page of the PTSM shows beside its own words."""
    roadmap = roadmap_page(page.locale)
    contact = ContactPage.objects.live().filter(locale_id=page.locale_id).first()
    articulations = list(page.articulations.select_related("link_page"))
    documents = list(page.documents.select_related("file"))
    published = [document for document in documents if document.address]
    kinds = {document.kind for document in published}
    return {
        "priorities": priorities(page.locale),
        "progress": roadmap_progress(),
        "roadmap": roadmap,
        "actions_url": f"{roadmap.get_url(request)}?priorite=" if roadmap else "",
        "contact_url": contact.get_url(request) if contact else "",
        "recommendations": recommendation_rows(page.locale),
        "bodies_by_aim": page.bodies_by_aim,
        "linked": [link for link in articulations if link.text],
        "unlinked": [link for link in articulations if not link.text],
        "documents": published,
        "awaited": [str(kind.label) for kind in AWAITED_DOCUMENTS if kind not in kinds],
    }


def next_events(locale: Locale) -> list[EventPage]:
    return list(EventPage.objects.upcoming().filter(locale=locale).with_place()[:EVENTS_SHOWN])


def latest_news(locale: Locale) -> list[NewsPage]:
    return list(NewsPage.objects.live().filter(locale=locale).latest_first()[:NEWS_SHOWN])


def pages_in_language(home: Page) -> list[Any]:
    """What can be read in the language of this home page: real translations only."""
    pages = home.get_descendants().live().public().filter(alias_of__isnull=True)
    return list(pages.order_by("path").specific())
