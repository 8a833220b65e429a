"""The two ways to set up a portal. Both can be run again at any time: nothing is redone."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wagtail.models import Locale

from home.demo import snippets
from home.demo.content_dates import date_shipped_pages
from home.demo.directory import build_directory
from home.demo.directory_activity import build_directory_activity
from home.demo.files import CONTENT, ContentError, read_yaml
from home.demo.letter import build_issues, build_subscribers, build_topics
from home.demo.news import build_events, build_news
from home.demo.pages import build_footer, build_pages, fill_pages, read_pages
from home.demo.ptsm import fill_ptsm
from home.demo.roadmap import build_actions, build_recommendations
from home.demo.seeder import DemoSeeder
from home.demo.settings import build_settings, ensure_languages, find_department
from home.demo.territories import build_territories, build_territory_pages
from home.demo.translations import build_easy_pages, build_english_pages
from search.services.indexing import deferred_indexing

DEMO_DEPARTMENT = "13"


@transaction.atomic
@deferred_indexing()
def seed_demo() -> DemoSeeder:
    """Set up the demonstration: the department whose content ships with the portal."""
    if settings.PORTAL_DEPARTEMENT != DEMO_DEPARTMENT:
        raise ContentError(
            f"la démonstration n’existe que pour le département {DEMO_DEPARTMENT}, et "
            f"PORTAL_DEPARTEMENT vaut « {settings.PORTAL_DEPARTEMENT} ». Pour un portail vide : "
            f"manage.py start_portal --departement {settings.PORTAL_DEPARTEMENT}"
        )
    began = timezone.now()
    department = find_department(DEMO_DEPARTMENT)
    seeder = DemoSeeder()
    locale = ensure_languages()
    build_settings(seeder, department, read_yaml(CONTENT / "settings.yaml"))
    build_territories(seeder, department.code, CONTENT / "territories.csv")
    _build_snippets(seeder, locale, with_local=True)
    pages = read_pages(department, CONTENT / "pages.yaml")
    build_pages(seeder, pages, locale)
    build_territory_pages(seeder, locale)
    build_directory(seeder)
    build_recommendations(seeder)
    build_actions(seeder)
    build_news(seeder)
    build_events(seeder)
    build_issues(seeder)
    build_subscribers(seeder)
    fill_pages(seeder, [page for page in pages if page["type"] != "ptsm"])
    fill_ptsm(seeder)
    build_footer(seeder)
    build_easy_pages(seeder)
    build_english_pages(seeder)
    build_directory_activity(seeder)
    date_shipped_pages(began)
    return seeder


@transaction.atomic
@deferred_indexing()
def start_portal(code: str) -> DemoSeeder:
    """Set up an empty portal for any department: what is true everywhere, and drafts."""
    department = find_department(code)
    seeder = DemoSeeder()
    locale = ensure_languages()
    build_settings(seeder, department)
    build_territories(seeder, department.code)
    _build_snippets(seeder, locale)
    pages = read_pages(department)
    build_pages(seeder, pages, locale)
    build_territory_pages(seeder, locale)
    fill_pages(seeder, pages)
    build_footer(seeder)
    return seeder


def _build_snippets(seeder: DemoSeeder, locale: Locale, *, with_local: bool = False) -> None:
    snippets.build_types(seeder, locale)
    snippets.build_priorities(seeder, locale, CONTENT / "priorities.yaml" if with_local else None)
    snippets.build_help_lines(seeder, locale, with_local=with_local)
    snippets.build_glossary(seeder, locale)
    snippets.build_search_words(seeder)
    build_topics(seeder)
