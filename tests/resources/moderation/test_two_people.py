"""A crisis door is published by two people, whichever door of the editor one tries."""

from typing import Any

from django.test import Client

from wagtail.models import Locale, Page, TaskState
from wagtail.test.utils.form_data import streamfield
from wagtail_localize.models import StringTranslation, Translation

import pytest

from home.demo.seeder import publish
from home.services.translations import translate
from portal.users.models import User
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from resources.moderation.services import propose_change
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory
from tests.factories.users import UserFactory, member_of
from tests.factories.verification import live_entry
from tests.resources.sent_forms import filled

TRUE, FALSE = "04 91 00 00 01", "04 91 66 66 66"


@pytest.fixture
def door(directory: DirectoryPage) -> ResourcePage:
    return live_entry(directory, title="Urgences Exemple", phone=TRUE, is_emergency=True)


@pytest.fixture
def author(client: Client, directory: DirectoryPage) -> User:
    """An administrator, who may do everything but this."""
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def edit(client: Client, page: Page, action: str, **typed: Any) -> Any:
    """Change the phone number in the editor, then press a button."""
    address = f"/admin/pages/{page.pk}/edit/"
    form = filled(client.get(address).content, "form#page-edit-form", phone=FALSE, **typed)
    for name in ("description", "first_visit"):
        form |= {f"{name}-{key}": value for key, value in streamfield([]).items()}
    return client.post(address, form | {action: "1"}, follow=True)


def public_phone(page: Page) -> str:
    return ResourcePage.objects.get(pk=page.pk).phone


def draft_phone(page: Page) -> str:
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object().phone


def pending(page: Page) -> TaskState:
    return Page.objects.get(pk=page.pk).specific.current_workflow_task_state


def test_the_editor_offers_to_submit_not_to_publish(
    client: Client, author: User, door: ResourcePage
) -> None:
    page = client.get(f"/admin/pages/{door.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in page
    assert "Relecture à deux" in page


def test_an_ordinary_entry_is_published_as_ever(
    client: Client, author: User, directory: DirectoryPage
) -> None:
    entry = live_entry(directory, phone=TRUE)
    edit(client, entry, "action-publish")
    assert public_phone(entry) == FALSE


def test_publishing_by_hand_keeps_a_draft(client: Client, author: User, door: ResourcePage) -> None:
    edit(client, door, "action-publish")
    assert (public_phone(door), draft_phone(door)) == (TRUE, FALSE)


@pytest.mark.parametrize("was_a_door", [True, False])
def test_ticking_or_unticking_the_box_on_the_way_does_not_help(
    client: Client, author: User, directory: DirectoryPage, was_a_door: bool
) -> None:
    entry = live_entry(directory, phone=TRUE, is_emergency=was_a_door)
    form: dict[str, Any] = {"is_emergency": [] if was_a_door else ["on"]}
    edit(client, entry, "action-publish", **form)
    assert public_phone(entry) == TRUE
    assert draft_phone(entry) == FALSE


def test_a_new_door_is_not_published_by_whoever_makes_it(
    client: Client, author: User, directory: DirectoryPage
) -> None:
    kind = ResourceTypeFactory()
    address = f"/admin/pages/add/resources/resourcepage/{directory.pk}/"
    form = filled(client.get(address).content, "form#page-edit-form")
    for name in ("description", "first_visit"):
        form |= {f"{name}-{key}": value for key, value in streamfield([]).items()}
    typed = {"title": "Crise", "slug": "crise", "type": kind.pk, "is_emergency": "on"}
    client.post(address, form | typed | {"action-publish": "1"})
    made = ResourcePage.objects.get(title="Crise")
    assert not made.live
    assert pending(made) is not None


def test_the_author_does_not_approve_and_another_does(
    client: Client, author: User, door: ResourcePage
) -> None:
    edit(client, door, "action-submit")
    state = pending(door)
    address = f"/admin/pages/workflow/action/{door.pk}/approve/{state.pk}/"
    client.post(address, {"comment": ""})
    edit(client, door, "action-workflow-action", **{"workflow-action-name": "approve"})
    assert public_phone(door) == TRUE
    client.force_login(member_of("Modération"))
    client.post(address, {"comment": ""})
    assert public_phone(door) == FALSE


def test_editing_what_somebody_submitted_makes_one_its_author(
    client: Client, author: User, door: ResourcePage
) -> None:
    propose_change(door, lambda page: setattr(page, "phone", "04 91 77 77 77"), user=None, by="x")
    edit(client, door, "action-save")
    state = pending(door)
    client.post(f"/admin/pages/workflow/action/{door.pk}/approve/{state.pk}/", {"comment": ""})
    assert public_phone(door) == TRUE


def test_a_proposal_made_without_an_account_needs_one_approval(
    client: Client, author: User, door: ResourcePage
) -> None:
    propose_change(door, lambda page: setattr(page, "phone", FALSE), user=None, by="x")
    state = pending(door)
    client.post(f"/admin/pages/workflow/action/{door.pk}/approve/{state.pk}/", {"comment": ""})
    assert public_phone(door) == FALSE


def test_the_bulk_action_leaves_it_alone(client: Client, author: User, door: ResourcePage) -> None:
    edit(client, door, "action-save")
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={door.pk}", {"include_descendants": ""})
    above = door.get_parent().pk
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={above}", {"include_descendants": "on"})
    assert (public_phone(door), draft_phone(door)) == (TRUE, FALSE)


def test_an_old_version_does_not_come_back_by_one_hand(
    client: Client, author: User, door: ResourcePage
) -> None:
    edit(client, door, "action-save")
    old = door.revisions.order_by("-pk").first()
    address = f"/admin/pages/{door.pk}/revisions/{old.pk}/revert/"
    form = filled(client.get(address).content, "form#page-edit-form")
    for name in ("description", "first_visit"):
        form |= {f"{name}-{key}": value for key, value in streamfield([]).items()}
    edit_address = f"/admin/pages/{door.pk}/edit/"
    client.post(edit_address, form | {"revision": old.pk, "action-publish": "1"})
    assert (public_phone(door), draft_phone(door)) == (TRUE, FALSE)


def test_a_schedule_is_set_by_two(client: Client, author: User, door: ResourcePage) -> None:
    edit(client, door, "action-publish", go_live_at="2030-01-01 10:00")
    assert not door.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_copy_is_a_draft(client: Client, author: User, door: ResourcePage) -> None:
    address = f"/admin/pages/{door.pk}/copy/"
    form = {
        "new_title": "Appelez plutôt ici",
        "new_slug": "ailleurs",
        "new_parent_page": door.get_parent().pk,
    }
    client.post(address, form | {"publish_copies": "on"})
    assert not Page.objects.filter(slug="ailleurs").exists()
    client.post(address, form)
    assert not Page.objects.get(slug="ailleurs").live


def test_the_workflow_follows_when_an_entry_that_waits_becomes_a_door(
    client: Client, author: User, directory: DirectoryPage
) -> None:
    entry = live_entry(directory, phone=TRUE)
    edit(client, entry, "action-submit")
    edit(client, entry, "action-save", is_emergency="on")
    state = pending(entry)
    assert state.workflow_state.workflow.name == "Relecture à deux"
    client.post(f"/admin/pages/workflow/action/{entry.pk}/approve/{state.pk}/", {"comment": ""})
    assert public_phone(entry) == TRUE


def test_whoever_translates_does_not_publish_the_translation(
    client: Client, author: User, door: ResourcePage, directory: DirectoryPage
) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    for page in (directory.get_parent().specific, directory):
        page.copy_for_translation(english)
    page = translate(door, "en", {"Urgences Exemple": "Emergency", door.slug: "emergency"})
    words = StringTranslation.objects.filter(data="Emergency")
    words.update(data="Wrong", last_translated_by=author)
    address = f"/admin/pages/{page.pk}/edit/"
    client.post(address, {"action": "publish"})
    assert ResourcePage.objects.get(pk=page.pk).title == "Emergency"
    client.force_login(member_of("Modération"))
    client.post(address, {"action": "publish"})
    assert Translation.objects.count() == 1
    assert ResourcePage.objects.get(pk=page.pk).title == "Wrong"


def test_a_wrong_door_is_taken_down_at_once_by_one_person(
    client: Client, author: User, door: ResourcePage
) -> None:
    client.post(f"/admin/pages/{door.pk}/unpublish/")
    assert not ResourcePage.objects.get(pk=door.pk).live


def test_code_publishes_as_ever(directory: DirectoryPage) -> None:
    page = ResourcePageFactory.build(type=ResourceTypeFactory(), is_emergency=True, live=False)
    directory.add_child(instance=page)
    publish(page)
    assert ResourcePage.objects.get(pk=page.pk).live


def test_a_coordinator_alone_reads_what_to_do(client: Client, door: ResourcePage) -> None:
    alone = member_of("Coordination")
    client.force_login(alone)
    page = client.get(f"/admin/pages/{door.pk}/edit/").content.decode()
    assert "Donnez un compte du groupe « Modération »" in page
    member_of("Modération")
    page = client.get(f"/admin/pages/{door.pk}/edit/").content.decode()
    assert "deux personnes relisent" in page
    assert "Donnez un compte" not in page
