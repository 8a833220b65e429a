"""Approval in a workflow. Wagtail's settings name it, so it is imported before any model."""

from typing import Any

from django.db.models import Q


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish an approved version.

    A second person's approval is enough by itself: nobody has the right to publish what two people
    must read. Any other approval publishes with the rights of whoever approved.
    """
    revision = workflow_state.content_object.get_latest_revision()
    read = workflow_state.task_states.filter(
        status="approved", task__secondpersontask__isnull=False
    )
    if revision.user_id:
        read = read.filter(~Q(finished_by=revision.user_id))
    revision.publish(user=user, skip_permission_checks=read.exists())
