"""The four groups of the editor and their permissions, all in this description."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.users.models import PortalWorkflow, RoleGroup, RoleKey, WorkflowKey


@dataclass(frozen=True)
class Role:
    """A group: its key, its rights on every page, on every file, and elsewhere.

    ``key`` finds the group again once an editor has renamed it; ``name`` is its first name.
    ``elsewhere`` holds « app.codename », or « app.* » for all that an app has.
    """

    key: RoleKey
    name: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    #: The group of a bare Wagtail that this one takes the place of.
    replaces: str = ""


ROLES = (
    Role(
        key=RoleKey.COORDINATION,
        name="Coordination",
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        files=("add", "change", "delete", "choose"),
        elsewhere=(
            "wagtailadmin.access_admin",
            "actions.*",
            "base.*",
            "geo.*",
            "home.*",
            "newsletter.*",
            "resources.*",
            "search.*",
            "wagtailredirects.*",
            "wagtail_localize.*",
            "wagtailcore.add_collection",
            "wagtailcore.change_collection",
            "wagtailcore.delete_collection",
            "users.add_user",
            "users.change_user",
            "users.delete_user",
        ),
    ),
    Role(
        key=RoleKey.REDACTION,
        name="Rédaction",
        pages=("add", "change"),
        files=("add", "change", "choose"),
        elsewhere=(
            "wagtailadmin.access_admin",
            "base.add_glossaryterm",
            "base.change_glossaryterm",
        ),
        replaces="Editors",
    ),
    Role(
        key=RoleKey.MODERATION,
        name="Modération",
        pages=("add", "change", "publish", "lock", "unlock"),
        files=("add", "change", "choose"),
        elsewhere=("wagtailadmin.access_admin",),
        replaces="Moderators",
    ),
    # What a referent may do, on the entries of one structure, comes with the directory's
    # own screens: the group waits, without rights.
    Role(key=RoleKey.REFERENTS, name="Référents"),
)
REVIEWERS = (RoleKey.MODERATION, RoleKey.COORDINATION)
WORKFLOW = "Relecture avant publication"
REPLACED_WORKFLOW = "Moderators approval"


#: What other apps make beside the groups: each adds what is missing and says what it did.
_beside: list[Callable[[], list[str]]] = []


def also_ensure(step: Callable[[], list[str]]) -> None:
    """Register ``step`` to be called each time the groups are made."""
    if step not in _beside:
        _beside.append(step)


def ensure_groups() -> list[str]:
    """Make the groups and the review workflows, or add what they lack; say what was done.

    Run again it changes nothing, and it takes no right away: a department may give more.
    """
    done: list[str] = []
    for role in ROLES:
        done += _ensure_group(role)
    done += _ensure_workflow()
    for step in _beside:
        done += step()
    return done


def role_group(key: RoleKey) -> Group:
    """The group of a role, found by its key; made without permissions when missing."""
    link = RoleGroup.objects.filter(key=key).select_related("group").first()
    if link is not None:
        return link.group
    name = next(role.name for role in ROLES if role.key == key)
    group, _is_new = Group.objects.get_or_create(name=name)
    RoleGroup.objects.create(key=key, group=group)
    return group


def _ensure_group(role: Role) -> list[str]:
    group = _find_group(role)
    replaced = Group.objects.filter(name=role.replaces).first() if role.replaces else None
    if replaced == group:
        replaced = None
    done = []
    if group is None:
        group = replaced or Group()
        group.name, replaced = role.name, None
        group.save()
        done.append(_("groupe « %(name)s » créé") % {"name": role.name})
    if replaced:
        group.user_set.add(*replaced.user_set.all())
        replaced.delete()
    RoleGroup.objects.get_or_create(key=role.key, defaults={"group": group})
    group.permissions.add(*_permissions(role.elsewhere))
    root = Page.get_first_root_node()
    for permission in _permissions(f"wagtailcore.{verb}_page" for verb in role.pages):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Collection.get_first_root_node()
    for permission in _file_permissions(role.files):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=files, permission=permission
        )
    return done


def _find_group(role: Role) -> Group | None:
    """The group of this key, else of this first name when it has no key yet."""
    return (
        Group.objects.filter(portal_role__key=role.key).first()
        or Group.objects.filter(name=role.name, portal_role=None).first()
    )


def _permissions(names: object) -> QuerySet[Permission]:
    wanted = Q(pk=None)
    for name in names:  # type: ignore[attr-defined]
        app, codename = name.split(".")
        rule = Q(content_type__app_label=app)
        wanted |= rule if codename == "*" else rule & Q(codename=codename)
    return Permission.objects.filter(wanted)


def _file_permissions(verbs: tuple[str, ...]) -> QuerySet[Permission]:
    return _permissions(
        name
        for verb in verbs
        for name in (f"wagtailimages.{verb}_image", f"wagtaildocs.{verb}_document")
    )


def _ensure_workflow() -> list[str]:
    """Make the workflow of the pages, or add what it lacks."""
    workflow = _find_workflow()
    done = []
    if workflow is None or workflow.name == REPLACED_WORKFLOW:
        workflow = workflow or Workflow()
        workflow.name = WORKFLOW
        workflow.save()
        done.append(_("circuit « %(name)s » créé") % {"name": WORKFLOW})
    PortalWorkflow.objects.get_or_create(
        key=WorkflowKey.PAGE_REVIEW, defaults={"workflow": workflow}
    )
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None or task.name == REPLACED_WORKFLOW:
        task = task or GroupApprovalTask()
        task.name = WORKFLOW
        task.save()
    task.groups.add(*Group.objects.filter(portal_role__key__in=REVIEWERS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": workflow}
    )
    return done


def _find_workflow() -> Workflow | None:
    """The workflow of this key, else of this first name, or Wagtail's, when it has no key yet."""
    return (
        Workflow.objects.filter(portal_workflow__key=WorkflowKey.PAGE_REVIEW).first()
        or Workflow.objects.filter(
            name__in=(WORKFLOW, REPLACED_WORKFLOW), portal_workflow=None
        ).first()
    )
