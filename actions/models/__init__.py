"""The roadmap: priorities, recommendations and the actions that answer them."""

from actions.models.action import ActionPage
from actions.models.action_inlines import (
    ActionDocument,
    ActionFunder,
    ActionNote,
    ActionPartner,
    ActionResource,
    ActionStep,
)
from actions.models.commitment import Commitment
from actions.models.indicator import Indicator, IndicatorValue
from actions.models.pilot import Pilot, PilotRequest, PilotUpdate
from actions.models.priority import Priority
from actions.models.project_indicator import ProjectIndicator, ProjectIndicatorValue
from actions.models.recommendation import RecommendationIndexPage, RecommendationPage
from actions.models.roadmap_settings import RoadmapSettings
from actions.models.status_change import ActionStatusChange

__all__ = [
    "ActionDocument",
    "ActionFunder",
    "ActionNote",
    "ActionPage",
    "ActionPartner",
    "ActionResource",
    "ActionStatusChange",
    "ActionStep",
    "Commitment",
    "Indicator",
    "IndicatorValue",
    "Pilot",
    "PilotRequest",
    "PilotUpdate",
    "Priority",
    "ProjectIndicator",
    "ProjectIndicatorValue",
    "RecommendationIndexPage",
    "RecommendationPage",
    "RoadmapSettings",
]
