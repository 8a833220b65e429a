"""Notifications of the review of entries, whatever screen submits, approves or refuses.

Wagtail would write from within the request, to people who may have no way into the editor: for
entries, its messages give way to ours, which leave by the queue. The first receiver that takes
a ``dispatch_uid`` keeps it, and this application is ready before Wagtail's.
"""

from typing import Any

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from resources.models import ResourcePage
from resources.moderation.notifications import notify_authors, notify_moderators


def _entry_of(instance: Any) -> ResourcePage | None:
    """The entry that a state is about, if it is about one."""
    state = getattr(instance, "workflow_state", instance)
    kind = state.content_type.model_class()
    if kind is None or not issubclass(kind, ResourcePage):
        return None
    return ResourcePage.objects.filter(pk=state.object_id).first()


class _ExceptEntriesMixin:
    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return super().can_handle(instance, **kwargs) and _entry_of(instance) is None  # type: ignore[misc]


class _TaskSubmissionNotifier(_ExceptEntriesMixin, GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class _SubmissionNotifier(_ExceptEntriesMixin, WorkflowStateSubmissionEmailNotifier):
    pass


class _RejectionNotifier(_ExceptEntriesMixin, WorkflowStateRejectionEmailNotifier):
    pass


class _ApprovalNotifier(_ExceptEntriesMixin, WorkflowStateApprovalEmailNotifier):
    pass


def _on_submission(instance: TaskState, user: Any = None, **_: Any) -> None:
    if entry := _entry_of(instance):
        notify_moderators(entry, user)


def _on_approval(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    if _entry_of(instance):
        notify_authors(instance, user, is_approved=True)


def _on_refusal(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    if _entry_of(instance):
        notify_authors(instance, user, is_approved=False)


# Kept alive here: signals hold their receivers by a weak reference.
_NOTIFIERS = (
    (task_submitted, _TaskSubmissionNotifier(), TaskState, "group_approval_task_submitted"),
    (workflow_submitted, _SubmissionNotifier(), WorkflowState, "workflow_state_submitted"),
    (workflow_rejected, _RejectionNotifier(), WorkflowState, "workflow_state_rejected"),
    (workflow_approved, _ApprovalNotifier(), WorkflowState, "workflow_state_approved"),
)
for signal, notifier, sender, name in _NOTIFIERS:
    signal.connect(notifier, sender=sender, dispatch_uid=f"{name}_email_notification")
task_submitted.connect(_on_submission, dispatch_uid="entry-submitted")
workflow_approved.connect(_on_approval, dispatch_uid="entry-approved")
workflow_rejected.connect(_on_refusal, dispatch_uid="entry-refused")
