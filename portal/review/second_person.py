"""Publication by two people, for content that may harm somebody if it is wrong.

A model sets ``needs_two_people``. Nobody has the right to publish such content, administrators
included: it is sent to the workflow « Relecture à deux », where somebody else than its author
approves it. Code that publishes by itself (the demonstration, an import, an approved schedule)
names no user and is not restricted.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wagtail.models import (
    Page,
    PagePermissionTester,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail_localize.models import StringTranslation, Translation

from portal.crisis.models import HelpLine
from portal.review.models import SecondPersonTask
from portal.users.groups import REVIEWERS
from portal.users.models import User

NAME = "Relecture à deux"


class TwoPeoplePermissionTester(PagePermissionTester):
    """Page permissions without the right to publish."""

    def can_publish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish())


class TwoPeoplePolicy(ModelPermissionPolicy):
    """Snippet permissions without the right to publish."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "publish" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        others = [action for action in actions if action != "publish"]
        return bool(super().user_has_any_permission(user, others))


def ensure_two_person_review() -> list[str]:
    """Make the two-person workflow or add what it lacks; return what was done, in French."""
    done = []
    task = SecondPersonTask.objects.first()
    if task is None:
        task = SecondPersonTask.objects.create(name=NAME)
        task.groups.add(*Group.objects.filter(portal_role__key__in=REVIEWERS))
    workflow = two_person_workflow()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
        done.append(_("circuit « %(name)s » créé") % {"name": NAME})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(HelpLine), defaults={"workflow": workflow}
    )
    return done


def two_person_workflow() -> Workflow | None:
    """The two-person workflow, found by its task and not by its name."""
    found = Workflow.objects.filter(
        active=True, workflow_tasks__task__secondpersontask__isnull=False
    )
    return found.order_by("pk").first()


def other_reviewers(user: User) -> QuerySet[User]:
    """Users who may approve what this user writes."""
    groups = Group.objects.filter(secondpersontask__isnull=False)
    return User.objects.filter(is_active=True, groups__in=groups).exclude(pk=user.pk).distinct()


def submit_for_review(instance: Any, user: User | None) -> None:
    """Submit the last saved version to the workflow that it needs now."""
    workflow, state = instance.get_workflow(), instance.current_workflow_state
    if workflow is None:
        return
    if state and state.workflow_id != workflow.pk:
        # It needs two people since, or needs them no longer.
        state.cancel(user=user)
        state = None
    if state is None:
        workflow.start(instance, user)
    elif state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user=user)


def translation_of(instance: Any) -> Translation | None:
    """The wagtail-localize translation that makes this page or snippet, if any."""
    found = Translation.objects.filter(
        source__object_id=instance.translation_key,
        target_locale=instance.locale_id,
        enabled=True,
    )
    return found.first()


def has_translated(user: User, translation: Translation) -> bool:
    """Whether this user translated part of it, and so may not publish it."""
    words = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        last_translated_by=user,
    )
    return words.exists()


def page_permissions(page: Page, user: User) -> PagePermissionTester:
    """The rights on a page that needs two people; its translation is published on its own
    screen, by somebody who did not write it."""
    kind = PagePermissionTester if translation_of(page) else TwoPeoplePermissionTester
    return kind(user, page)
