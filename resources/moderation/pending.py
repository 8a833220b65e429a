"""Entries with a proposed change under review, and who proposed it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from wagtail.models import Page, WorkflowState

from resources.models import ResourcePage
from resources.moderation.notifications import get_proposals


def pending_entries() -> QuerySet[ResourcePage]:
    """Entries with a workflow under way, the oldest change first."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return ResourcePage.objects.filter(Exists(states)).order_by("latest_revision_created_at")


def get_proposers(page: ResourcePage, state: WorkflowState) -> list[str]:
    """In words: what was written with each proposal, else the account that submitted."""
    said = dict.fromkeys(one.data.get("by", "") for one in get_proposals(page, state))
    known = [words for words in said if words]
    if not known and state.requested_by:
        known = [state.requested_by.get_full_name() or state.requested_by.get_username()]
    return known
