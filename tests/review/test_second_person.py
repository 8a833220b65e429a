"""A help number is changed by two people, and taken down by one."""

from typing import Any

from django.test import Client

from wagtail.models import Workflow
from wagtail_localize.models import StringTranslation

import pytest

from home.models import HomePage
from home.services.translations import strings_to_translate, translate
from portal.crisis.models import HelpLine
from portal.review.second_person import ensure_two_person_review
from portal.users.models import User
from tests.factories.home import HelpLineFactory, make_home
from tests.factories.users import UserFactory, make_groups, member_of
from tests.resources.sent_forms import filled

TRUE, FALSE = "3114", "0899 000 000"


@pytest.fixture
def home(db: None) -> HomePage:
    make_groups()
    return make_home()


@pytest.fixture
def line(home: HomePage) -> HelpLine:
    return HelpLineFactory(number=TRUE)


@pytest.fixture
def author(client: Client, home: HomePage) -> User:
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def edit(client: Client, line: HelpLine, action: str, **typed: Any) -> Any:
    address = f"/admin/snippets/base/helpline/edit/{line.pk}/"
    form = filled(client.get(address).content, "form#w-editor-form", number=FALSE, **typed)
    return client.post(address, form | {action: "1"}, follow=True)


def public_number(line: HelpLine) -> str:
    return HelpLine.objects.get(pk=line.pk).number


def draft_number(line: HelpLine) -> str:
    return HelpLine.objects.get(pk=line.pk).get_latest_revision_as_object().number


def approve(client: Client, line: HelpLine) -> Any:
    state = HelpLine.objects.get(pk=line.pk).current_workflow_task_state
    address = f"/admin/snippets/base/helpline/workflow/action/{line.pk}/approve/{state.pk}/"
    return client.post(address, {"comment": ""})


def test_the_editor_offers_to_submit_and_not_to_publish(
    client: Client, author: User, line: HelpLine
) -> None:
    page = client.get(f"/admin/snippets/base/helpline/edit/{line.pk}/").content.decode()
    assert 'name="action-publish"' not in page
    assert 'name="action-submit"' in page
    assert "Relecture à deux" in page


@pytest.mark.parametrize("action", ["action-publish", "action-save", "action-submit"])
def test_whatever_one_presses_readers_see_the_number_that_was_approved(
    client: Client, author: User, line: HelpLine, action: str
) -> None:
    edit(client, line, action)
    assert (public_number(line), draft_number(line)) == (TRUE, FALSE)


def test_a_schedule_is_set_by_two(client: Client, author: User, line: HelpLine) -> None:
    edit(client, line, "action-publish", go_live_at="2030-01-01 10:00")
    assert not line.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_new_number_is_shown_to_nobody_before_it_is_approved(
    client: Client, author: User, home: HomePage
) -> None:
    address = "/admin/snippets/base/helpline/add/"
    form = filled(client.get(address).content, "form#w-editor-form")
    typed = {"situation": "Nuit", "name": "Ligne", "number": FALSE, "verified_on": "2026-11-01"}
    client.post(address, form | typed | {"action-publish": "1"})
    made = HelpLine.objects.get(name="Ligne")
    assert made not in HelpLine.objects.public()


def test_the_author_does_not_approve_and_another_does(
    client: Client, author: User, line: HelpLine
) -> None:
    edit(client, line, "action-submit")
    approve(client, line)
    edit(client, line, "action-workflow-action", **{"workflow-action-name": "approve"})
    assert public_number(line) == TRUE
    client.force_login(member_of("Coordination"))
    approve(client, line)
    assert public_number(line) == FALSE


def test_a_wrong_number_is_taken_down_at_once_by_one_person(
    client: Client, author: User, line: HelpLine
) -> None:
    client.post(f"/admin/snippets/base/helpline/unpublish/{line.pk}/")
    assert line not in HelpLine.objects.public()


def test_whoever_translates_a_number_does_not_publish_it(
    client: Client, author: User, line: HelpLine
) -> None:
    words = {text: f"{text} (en)" for text in strings_to_translate(line)}
    english = translate(line, "en", words)
    StringTranslation.objects.update(data="Not true", last_translated_by=author)
    address = f"/admin/snippets/base/helpline/edit/{english.pk}/"
    client.post(address, {"action": "publish"})
    assert HelpLine.objects.get(pk=english.pk).name == f"{line.name} (en)"
    client.force_login(member_of("Coordination"))
    client.post(address, {"action": "publish"})
    assert HelpLine.objects.get(pk=english.pk).name == "Not true"


def test_the_workflow_is_made_once_and_keeps_the_name_it_was_given(home: HomePage) -> None:
    Workflow.objects.filter(name="Relecture à deux").update(name="À quatre yeux")
    assert ensure_two_person_review() == []
    assert Workflow.objects.count() == 2


def test_a_coordinator_alone_reads_what_to_do(client: Client, line: HelpLine) -> None:
    client.force_login(member_of("Coordination"))
    page = client.get(f"/admin/snippets/base/helpline/edit/{line.pk}/").content.decode()
    assert "Donnez un compte du groupe « Modération »" in page
