"""Progress of the roadmap, cached until an action changes.

The home page and the page of the PTSM show the same figures to everybody: they cost five queries
when something has changed, none otherwise.
"""

from typing import NamedTuple

from django.utils.translation import ngettext

from actions.models import ActionPage, Priority, RecommendationPage
from actions.progress import ActionProgress
from actions.roadmap.models import ActionIndexPage
from portal.cache.cached import get_or_set


class RoadmapFigures(NamedTuple):
    """``recommendations`` know their ``answers`` and their ``state``; ``actions_url`` is where
    all the actions are, or empty; ``for_all`` counts those that serve every priority.
    """

    priorities: list[Priority]
    progress: ActionProgress
    recommendations: list[RecommendationPage]
    actions_url: str = ""
    for_all: ActionProgress = ActionProgress()

    @property
    def for_all_sentence(self) -> str:
        """« 9 autres actions servent toutes les priorités : 9 proposées. »; or empty."""
        if not self.for_all.total:
            return ""
        words = ngettext(
            "%(n)s autre action sert toutes les priorités : %(details)s.",
            "%(n)s autres actions servent toutes les priorités : %(details)s.",
            self.for_all.total,
        )
        return words % {"n": self.for_all.total, "details": self.for_all.details}


def roadmap_figures(locale_id: int) -> RoadmapFigures:
    """Priorities, actions and recommendations of a language, with their progress."""
    return get_or_set(f"roadmap:{locale_id}", lambda: _read(locale_id))


def _read(locale_id: int) -> RoadmapFigures:
    recommendations = RecommendationPage.objects.live().filter(locale_id=locale_id)
    return RoadmapFigures(
        list(Priority.objects.with_progress(locale_id)),
        ActionPage.objects.live().without_examples().progress_summary(),
        list(recommendations.in_order().table()),
        _roadmap_address(locale_id),
        ActionPage.objects.live().without_examples().transversal().progress_summary(),
    )


def _roadmap_address(locale_id: int) -> str:
    page = ActionIndexPage.objects.live().filter(locale_id=locale_id).first()
    return (page.url or "") if page else ""
