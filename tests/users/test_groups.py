"""The four groups of the editor, and what each may do."""

from django.contrib.auth.models import Group, Permission
from django.test import Client

from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

import pytest

from home.models import HomePage
from portal.users.groups import ensure_groups
from portal.users.models import User
from tests.factories.newsletter import NewsIndexPageFactory, NewsPageFactory
from tests.factories.users import UserFactory, member_of


@pytest.fixture(autouse=True)
def _bare_wagtail(db: None) -> None:
    """The groups and the workflow of a Wagtail that nobody has set up yet."""
    for model in (Workflow, Task, Group):
        model.objects.all().delete()
    Group.objects.create(name="Editors")
    moderators = Group.objects.create(name="Moderators")
    workflow = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(moderators)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=Page.get_first_root_node(), workflow=workflow)


@pytest.fixture
def home(db: None) -> HomePage:
    return Page.get_first_root_node().add_child(instance=HomePage(title="Accueil", slug="chez"))


def test_a_new_portal_has_our_groups_only(db: None) -> None:
    ensure_groups()
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Coordination",
        "Rédaction",
        "Modération",
        "Référents",
    }
    assert list(Workflow.objects.order_by("pk").values_list("name", flat=True)) == [
        "Relecture avant publication",
        "Relecture à deux",
    ]


def test_making_the_groups_again_changes_nothing(db: None) -> None:
    ensure_groups()
    before = (GroupPagePermission.objects.count(), Group.objects.get(name="Coordination").pk)
    assert ensure_groups() == []
    assert before == (
        GroupPagePermission.objects.count(),
        Group.objects.get(name="Coordination").pk,
    )


def test_a_workflow_that_was_renamed_is_found_again(db: None) -> None:
    ensure_groups()
    Workflow.objects.filter(name="Relecture avant publication").update(name="Notre relecture")
    Task.objects.filter(name="Relecture avant publication").update(name="Lire")
    assert ensure_groups() == []
    names = Workflow.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Notre relecture", "Relecture à deux"]
    assert list(Task.objects.order_by("pk").values_list("name", flat=True)) == [
        "Lire",
        "Relecture à deux",
    ]
    assert Page.get_first_root_node().get_workflow().name == "Notre relecture"


def test_a_new_workflow_may_take_the_first_name_of_ours(db: None) -> None:
    """Only the key tells which one is ours."""
    ensure_groups()
    ours = Workflow.objects.get(name="Relecture avant publication")
    Workflow.objects.filter(pk=ours.pk).update(name="Notre relecture")
    other = Workflow.objects.create(name="Relecture avant publication")
    assert ensure_groups() == []
    assert not other.workflow_tasks.exists()
    assert Page.get_first_root_node().get_workflow() == ours


def test_a_workflow_that_was_deleted_is_made_again(db: None) -> None:
    ensure_groups()
    Workflow.objects.get(name="Relecture avant publication").delete()
    assert len(ensure_groups()) == 1
    made = Workflow.objects.get(name="Relecture avant publication")
    assert [one.task.name for one in made.workflow_tasks.all()] == ["Relecture avant publication"]
    assert ensure_groups() == []


def test_a_right_that_a_department_added_stays(db: None) -> None:
    ensure_groups()
    group = Group.objects.get(name="Rédaction")
    extra = Permission.objects.get(codename="change_territory")
    group.permissions.add(extra)
    ensure_groups()
    assert extra in group.permissions.all()


def test_members_of_the_former_groups_stay_members(db: None) -> None:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editors"))
    ensure_groups()
    assert user.groups.get().name == "Rédaction"


@pytest.mark.parametrize(
    ("group", "adds", "edits", "publishes", "deletes"),
    [
        ("Coordination", True, True, True, True),
        ("Rédaction", True, True, False, False),
        ("Modération", True, True, True, True),
        ("Référents", False, False, False, False),
    ],
)
def test_each_group_does_its_part_on_pages(
    home: HomePage, group: str, adds: bool, edits: bool, publishes: bool, deletes: bool
) -> None:
    user = member_of(group)
    index = NewsIndexPageFactory(parent=home)
    news = NewsPageFactory(parent=index)
    on_index, on_news = index.permissions_for_user(user), news.permissions_for_user(user)
    assert on_index.can_add_subpage() is adds
    assert on_news.can_edit() is edits
    assert on_news.can_publish() is publishes
    assert on_news.can_delete() is deletes


@pytest.mark.parametrize(
    ("group", "allowed", "refused"),
    [
        (
            "Coordination",
            ["/admin/users/", "/admin/redirects/", "/admin/images/", "/admin/documents/"],
            ["/admin/groups/", "/admin/sites/", "/admin/locales/"],
        ),
        (
            "Rédaction",
            ["/admin/", "/admin/images/", "/admin/pages/"],
            ["/admin/users/", "/admin/redirects/", "/admin/settings/base/portalsettings/1/"],
        ),
        ("Référents", [], ["/admin/", "/admin/pages/", "/admin/images/"]),
    ],
)
def test_each_group_sees_its_own_screens(
    client: Client, home: HomePage, group: str, allowed: list[str], refused: list[str]
) -> None:
    client.force_login(member_of(group))
    for address in allowed:
        assert client.get(address).status_code == 200, address
    for address in refused:
        assert client.get(address).status_code != 200, address


def test_the_coordination_changes_the_settings_of_the_portal(client: Client, db: None) -> None:
    client.force_login(member_of("Coordination"))
    assert client.get("/admin/settings/base/portalsettings/", follow=True).status_code == 200


def test_the_coordination_cannot_make_itself_administrator(client: Client, db: None) -> None:
    coordinator = member_of("Coordination")
    client.force_login(coordinator)
    fields = {"username": "x", "email": "x@exemple.example", "first_name": "X", "last_name": "Y"}
    client.post("/admin/users/new/", {**fields, "is_superuser": "on"})
    assert not User.objects.filter(is_superuser=True).exists()
    client.post("/admin/users/new/", fields)
    assert User.objects.filter(username="x").exists()


def test_the_coordination_does_not_touch_administrators(client: Client, db: None) -> None:
    administrator = UserFactory(is_superuser=True)
    client.force_login(member_of("Coordination"))
    client.post(
        f"/admin/users/edit/{administrator.pk}/",
        {"username": "pris", "email": "pris@exemple.example", "first_name": "", "last_name": ""},
    )
    client.post(f"/admin/users/delete/{administrator.pk}/")
    client.post(f"/admin/bulk/users/user/delete/?id={administrator.pk}")
    administrator.refresh_from_db()
    assert administrator.username != "pris"


def test_an_account_needs_no_password(client: Client, db: None) -> None:
    client.force_login(member_of("Coordination"))
    fields = {
        "username": "ref",
        "email": "ref@exemple.example",
        "first_name": "R",
        "last_name": "F",
    }
    client.post("/admin/users/new/", fields)
    assert not User.objects.get(username="ref").has_usable_password()


def test_the_editor_speaks_french(client: Client, home: HomePage) -> None:
    client.force_login(member_of("Rédaction"))
    page = client.get("/admin/").content.decode()
    assert '<html lang="fr"' in page
