"""Querysets of the roadmap's open data, and the stamp that tells when they changed.

What is published, as on the public pages. Stricter about the directory: an organisation whose entry
is a draft, an example or restricted is not named.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone

from wagtail.models import PageViewRestriction

from actions.models import ActionPage, Priority, RecommendationPage
from actions.querysets import ActionQuerySet, RecommendationQuerySet
from portal.api.decorators import stamp, state_of

#: Changes with what the files hold, so that nobody keeps one of the old shape.
SHAPE = 1


def published_actions() -> ActionQuerySet:
    """In the portal's own language, each once, behind no restriction; no example."""
    return ActionPage.objects.live().public().without_examples().filter(**_IN_SOURCE)


def published_recommendations() -> RecommendationQuerySet:
    return RecommendationPage.objects.live().public().filter(**_IN_SOURCE)


_IN_SOURCE: dict[str, Any] = {"locale__language_code": settings.LANGUAGE_CODE, "alias_of": None}


def with_all(actions: ActionQuerySet) -> ActionQuerySet:
    """With everything that a file says of them, whatever their number."""
    return (
        actions.in_order()
        .select_related("priority", "locale")
        .prefetch_related(
            "territories",
            "recommendations__locale",
            "partners__resource",
            "funders",
            "steps",
            "notes",
            "indicators__values",
            "linked_resources__resource__locale",
            "documents__document",
        )
    )


def roadmap_stamp(*parts: Any) -> str:
    """An ETag for anything made of the roadmap; the day counts, because actions become late."""
    priorities = Priority.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    rows = priorities.order_by("pk").values_list("pk", "title", "plain_title", "aim", "article")
    pages = (*state_of(published_actions()), *state_of(published_recommendations()))
    return stamp(SHAPE, *parts, timezone.localdate(), *pages, *rows)


class PublicPages:
    """Tells which entries are public, in one query for all of them."""

    def __init__(self) -> None:
        rows = PageViewRestriction.objects.values_list("page__path", flat=True)
        self._closed = tuple(rows)

    def __contains__(self, page: Any) -> bool:
        return page.live and not page.path.startswith(self._closed)

    def shows(self, entry: Any) -> bool:
        """Whether an entry of the directory may be named."""
        return entry in self and not entry.is_example
