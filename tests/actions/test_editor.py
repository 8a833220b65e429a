"""The roadmap as editors see it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from actions.choices import ActionStatus
from actions.models import RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from tests.actions.test_pages import rich_action
from tests.factories.actions import ActionPageFactory, PriorityFactory, RecommendationPageFactory


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def test_the_explorer_lists_actions_by_reference(editor: Client, roadmap: ActionIndexPage) -> None:
    for reference in ("3.10", "3.2"):
        ActionPageFactory(parent=roadmap, reference=reference, title=f"Fiche {reference}")
    page = editor.get(reverse("wagtailadmin_explore", args=[roadmap.pk])).content.decode()
    assert page.index("Fiche 3.2") < page.index("Fiche 3.10")


def test_a_report_names_the_late_actions(editor: Client, roadmap: ActionIndexPage) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ActionPageFactory(
        parent=roadmap, title="Qui traîne", status=ActionStatus.RUNNING, planned_end=yesterday
    )
    ActionPageFactory(parent=roadmap, title="Qui avance", status=ActionStatus.RUNNING)
    page = editor.get(reverse("late_actions")).content.decode()
    assert "Qui traîne" in page
    assert "Qui avance" not in page


def test_the_form_of_an_action_opens_in_french(editor: Client, roadmap: ActionIndexPage) -> None:
    PriorityFactory()
    action = ActionPageFactory(parent=roadmap)
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[action.pk])).content.decode()
    for words in ("Qui et où", "Pilotes et partenaires", "Raison publique", "Valeurs relevées"):
        assert words in page, words


def test_an_action_can_be_previewed_before_it_is_published(
    editor: Client, roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    action = rich_action(roadmap)
    action.title = "Bientôt"
    action.recommendations.set([RecommendationPageFactory(parent=recommendations, title="Relier")])
    action.save_revision()
    view = reverse("wagtailadmin_pages:view_draft", args=[action.pk])
    page = editor.get(view).content.decode()
    for words in ("Bientôt", "Relier", "Association d’essai", "Personnes formées", "Bilan public"):
        assert words in page, words
    assert "Désaccord interne" not in page
