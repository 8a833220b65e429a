"""The editor's list of actions: what each needs, and its quick update."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.choices import ActionStatus, PartnerRole
from actions.models import ActionPage
from actions.models.action_inlines import ActionNote, ActionPartner, ActionStep
from actions.viewsets import lateness
from home.models import HomePage
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.users import member_of

LIST = "action_listing:index"


@pytest.fixture
def today() -> Any:
    return timezone.localdate()


@pytest.fixture
def late(db: None, today: Any) -> ActionPage:
    """Under way, a step six weeks late, led by nobody, silent."""
    index = ActionIndexPageFactory(parent=HomePage.objects.get())
    action = ActionPageFactory(
        parent=index, reference="2.3", title="Ouvrir un GEM", status=ActionStatus.RUNNING
    )
    ActionStep.objects.create(page=action, label="Local trouvé", due_on=today - timedelta(44))
    return ActionPage.objects.get(pk=action.pk)


@pytest.fixture
def calm(late: ActionPage, today: Any) -> ActionPage:
    action = ActionPageFactory(
        parent=late.get_parent(), reference="2.10", status=ActionStatus.RUNNING
    )
    ActionPartner.objects.create(page=action, role=PartnerRole.PILOT, name="Hôpital d’essai")
    ActionNote.objects.create(page=action, date=today, title="Deux locaux visités")
    return ActionPage.objects.get(pk=action.pk)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def read(client: Client, **asked: str) -> str:
    return client.get(reverse(LIST), asked).content.decode()


def test_the_list_says_what_each_action_needs(
    editor: Client, late: ActionPage, calm: ActionPage
) -> None:
    html = read(editor)
    for words in ("Retard : 6 semaines", "À désigner", "Local trouvé", "Hôpital d’essai"):
        assert words in html
    assert "Deux locaux visités" in html
    assert html.index("Ouvrir un GEM") < html.index("2.10")


@pytest.mark.parametrize("care", ["late", "silent", "without_pilot"])
def test_what_needs_care_is_a_list_of_its_own(
    editor: Client, late: ActionPage, calm: ActionPage, care: str
) -> None:
    html = read(editor, care=care)
    assert "Ouvrir un GEM" in html
    assert "2.10" not in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "Retard : 1 jour"),
        (13, "Retard : 13 jours"),
        (14, "Retard : 2 semaines"),
        (62, "Retard : 8 semaines"),
        (90, "Retard : 3 mois"),
    ],
)
def test_lateness_is_said_as_a_length(db: None, today: Any, days: int, words: str) -> None:
    action = ActionPage(status=ActionStatus.RUNNING, planned_end=today - timedelta(days))
    assert lateness(action, today) == words


#: wagtail-localize asks them to know whether to offer « Traduire » in the « … » of each page.
TRANSLATE_BUTTON = 2


def test_a_longer_list_asks_no_more_of_the_database(
    editor: Client,
    late: ActionPage,
    calm: ActionPage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    read(editor)
    with django_assert_max_num_queries(200) as before:
        read(editor)
    for _n in range(5):
        other = ActionPageFactory(parent=late.get_parent(), status=ActionStatus.RUNNING)
        ActionStep.objects.create(page=other, label="Une étape")
    with django_assert_max_num_queries(len(before) + 5 * TRANSLATE_BUTTON):
        read(editor)


def update(client: Client, action: ActionPage, **typed: str) -> Any:
    url = reverse("action_listing:update", args=[action.pk])
    return client.post(url, {"status": action.status, "is_public": "on", **typed}, follow=True)


def test_a_quick_update_is_published_and_seen(editor: Client, late: ActionPage, today: Any) -> None:
    late.save_revision().publish()
    day = f"{today:%d/%m/%Y}"
    answer = update(editor, late, status="a_venir", step_0=day, note="Bail signé", publish="1")
    late = ActionPage.objects.get(pk=late.pk)
    assert late.status == ActionStatus.UPCOMING
    assert late.steps.get().done_on == today
    assert [(note.title, note.is_public) for note in late.notes.all()] == [("Bail signé", True)]
    html = answer.content.decode()
    assert "« 2.3 – Ouvrir un GEM » est publiée." in html
    assert f'href="{late.get_url()}"' in html
    assert answer.request["PATH_INFO"] == reverse(LIST)


def test_a_draft_is_kept_without_the_public_seeing_it(editor: Client, late: ActionPage) -> None:
    late.save_revision().publish()
    update(editor, late, status="a_venir", draft="1")
    late = ActionPage.objects.get(pk=late.pk)
    assert late.status == ActionStatus.RUNNING
    assert late.get_latest_revision_as_object().status == ActionStatus.UPCOMING


def test_publishing_may_lead_to_the_next_action(
    editor: Client, late: ActionPage, calm: ActionPage
) -> None:
    answer = update(editor, late, next="1")
    assert answer.request["PATH_INFO"] == reverse("action_listing:update", args=[calm.pk])


def test_a_pause_needs_its_reason_and_nothing_is_lost(editor: Client, late: ActionPage) -> None:
    answer = update(editor, late, status="en_pause", note="On attend", publish="1")
    html = answer.content.decode()
    assert "Dites pourquoi l’action est en pause" in html
    assert "On attend" in html
    assert ActionPage.objects.get(pk=late.pk).status == ActionStatus.RUNNING


def test_who_may_not_publish_keeps_a_draft(client: Client, late: ActionPage) -> None:
    client.force_login(member_of("Rédaction"))
    html = client.get(reverse("action_listing:update", args=[late.pk])).content.decode()
    assert "Garder le brouillon" in html
    assert "passer à la suivante" not in html
    update(client, late, status="a_venir", publish="1")
    assert ActionPage.objects.get(pk=late.pk).status == ActionStatus.RUNNING
