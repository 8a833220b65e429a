"""Recommandation → réponse → actions → avancement: a table that nobody types."""

from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from actions.choices import ActionOrigin, ActionStatus, RecommendationResponse
from actions.models import ActionPage, RecommendationIndexPage
from actions.responses import response_state
from actions.roadmap.models import ActionIndexPage
from tests.factories.actions import ActionPageFactory, RecommendationPageFactory


def answer(roadmap: ActionIndexPage, recommendation: Any, **fields: Any) -> ActionPage:
    action = ActionPageFactory(parent=roadmap, **fields)
    action.recommendations.set([recommendation])
    action.save()
    return action


def test_a_recommendation_lists_the_published_actions_that_answer_it(
    client: Client, roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    page = RecommendationPageFactory(parent=recommendations)
    other = RecommendationPageFactory(parent=recommendations)
    answer(roadmap, page, title="Publier une lettre", status=ActionStatus.RUNNING)
    answer(roadmap, page, title="Brouillon interne", live=False)
    answer(roadmap, other, title="Réunir les financeurs")
    html = client.get(page.url).content.decode()
    assert "Publier une lettre" in html
    assert "Brouillon interne" not in html
    assert "Réunir les financeurs" not in html
    assert page.state.label == "En cours"


def test_without_an_answer_the_page_says_that_it_is_awaited(
    client: Client, recommendations: RecommendationIndexPage
) -> None:
    page = RecommendationPageFactory(parent=recommendations)
    html = client.get(page.url).content.decode()
    assert "Réponse attendue" in html
    assert "Aucune action publiée" in html


@pytest.mark.parametrize(
    "response",
    [
        RecommendationResponse.PARTIAL,
        RecommendationResponse.STUDIED,
        RecommendationResponse.REFUSED,
    ],
)
def test_an_answer_other_than_yes_says_why(
    recommendations: RecommendationIndexPage, response: str
) -> None:
    page = RecommendationPageFactory(parent=recommendations)
    page.response = response
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        page.full_clean()


def test_the_table_is_computed_by_origin_and_number(
    client: Client, roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    audit = RecommendationPageFactory(
        parent=recommendations, title="Équiper", origin=ActionOrigin.AUDIT_CMP, number=1
    )
    second = RecommendationPageFactory(parent=recommendations, title="Relier", number=2)
    RecommendationPageFactory(parent=recommendations, title="Piloter", number=1)
    answer(roadmap, second, reference="4.7", status=ActionStatus.DONE)
    html = client.get(recommendations.url).content.decode()
    places = [html.index(words) for words in ("1. Piloter", "2. Relier", "1. Équiper")]
    assert places == sorted(places)
    row = html[places[1] : places[2]]
    assert "4.7" in row
    assert "Fait" in row
    assert "Aucune action publiée" in html[html.index("1. Équiper") :]
    assert audit.answers == []


@pytest.mark.parametrize(
    ("statuses", "label"),
    [
        ([], "Aucune action publiée"),
        ([ActionStatus.PROPOSED], "Actions proposées"),
        ([ActionStatus.PROPOSED, ActionStatus.UPCOMING], "À venir"),
        ([ActionStatus.DONE, ActionStatus.PROPOSED], "En cours"),
        ([ActionStatus.DONE, ActionStatus.DROPPED], "Fait"),
        ([ActionStatus.DROPPED], "Actions abandonnées"),
        ([ActionStatus.PAUSED, ActionStatus.UPCOMING], "En pause"),
    ],
)
def test_one_finished_action_out_of_two_is_not_the_end(statuses: list[str], label: str) -> None:
    assert response_state(statuses).label == label


def test_an_action_that_only_the_evaluation_asked_for_says_so(
    roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    evaluation = RecommendationPageFactory(parent=recommendations)
    audit = RecommendationPageFactory(parent=recommendations, origin=ActionOrigin.AUDIT_CMP)
    assert answer(roadmap, evaluation).status_label == "Proposée par l’évaluation"
    assert answer(roadmap, audit).status_label == "Proposée"
    taken_up = answer(roadmap, evaluation, status=ActionStatus.UPCOMING)
    assert taken_up.status_label == "À venir"
    labels = {action.status_label for action in ActionPage.objects.for_list()}
    assert labels == {"Proposée par l’évaluation", "Proposée", "À venir"}


def test_recommendations_cost_few_queries_however_many(
    client: Client,
    roadmap: ActionIndexPage,
    recommendations: RecommendationIndexPage,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(12):
        page = RecommendationPageFactory(parent=recommendations)
        answer(roadmap, page)
        answer(roadmap, page)
    for url in (recommendations.url, page.url):
        client.get(url)
        with django_assert_max_num_queries(15):
            client.get(url)
