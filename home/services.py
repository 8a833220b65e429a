"""Verbs of the home pages: what they gather from the other apps, what they send."""

from typing import Any

from wagtail.models import Locale, Page

from portal.base.models import HelpLine


def help_lines(locale: Locale) -> list[HelpLine]:
    """The checked help lines in this language, those for a crisis first."""
    lines = HelpLine.objects.public().filter(locale=locale)
    return list(lines.order_by("-is_crisis", "order", "name"))


def emergency_doors() -> list[Page]:
    """The places of the directory where one can go without an appointment."""
    return []


def roadmap_progress() -> dict[str, Any]:
    """How far the actions of each priority are."""
    return {}


def recommendation_rows() -> list[Any]:
    """The table « recommandation → réponse → actions → avancement »."""
    return []


def next_events() -> list[Any]:
    return []


def latest_news() -> list[Any]:
    return []


def pages_in_language(home: Page) -> list[Page]:
    """What can be read in the language of this home page."""
    return list(home.get_descendants().live().public().specific(defer=True))
