"""The roadmap on paper: what its pages tell, in one booklet."""

from datetime import date
from io import BytesIO
from pathlib import Path

from django.test import Client
from django.urls import reverse

import pytest
from docx import Document

from actions.choices import ActionStatus, PartnerRole, RecommendationResponse
from actions.models import RecommendationIndexPage
from actions.printing.booklet import make_roadmap
from actions.roadmap.models import ActionIndexPage
from tests.factories.actions import (
    ActionPageFactory,
    PriorityFactory,
    RecommendationPageFactory,
)
from tests.factories.geo import TerritoryFactory
from tests.pdf.reader import bookmarks, needs_press, page_of, printed, tags, words


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, settings: object) -> None:
    settings.VAR_DIR = tmp_path


def html() -> str:
    return make_roadmap("https://portail.example/").pages()[0]


@needs_press
def test_the_roadmap_is_tagged_with_contents_and_an_index_that_tell_the_right_pages(
    roadmap: ActionIndexPage, recommendations: RecommendationIndexPage, client: Client
) -> None:
    priority = PriorityFactory()
    for number in range(1, 9):
        action = ActionPageFactory(
            parent=roadmap,
            title=f"Agir {number}",
            reference=f"1.{number}",
            priority=priority,
            why="<p>Parce que c’est utile à tout le monde.</p>" * 8,
        )
        action.partners.create(role=PartnerRole.PILOT, name=f"Structure {number % 2}")
        action.save()
    RecommendationPageFactory(parent=recommendations, title="Aller vers")
    document = printed(client, "/feuille-de-route.pdf")
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.metadata.title.startswith("La feuille de route du PTSM")
    assert {"/H1", "/H2", "/H3", "/L", "/Link"} <= tags(document)
    assert "Action 1.8 – Agir 8" in bookmarks(document)
    place = page_of(document, "Action 1.8 – Agir 8")
    assert place > 3
    assert f"1.8 – Agir 8 {place}" in " ".join(document.pages[1].extract_text().split())
    pilots = page_of(document, "Les actions, par structure pilote", after=3)
    index = " ".join(document.pages[pilots - 1].extract_text().split())
    assert f"1.8 – Agir 8, {place}" in index
    assert index.index("Structure 0") < index.index("Agir 8")
    recommended = page_of(document, "Les recommandations et les réponses", after=3)
    assert f"Les recommandations et les réponses {recommended}" in words(document)


def test_an_action_is_told_as_its_page_tells_it(roadmap: ActionIndexPage) -> None:
    territory = TerritoryFactory(name="Pays d’Aix")
    action = ActionPageFactory(
        parent=roadmap,
        title="Ouvrir des permanences",
        summary="Un premier accueil partout.",
        priority=PriorityFactory(),
        status=ActionStatus.RUNNING,
        start=date(2026, 1, 1),
        planned_end=date(2099, 12, 1),
        publics=["adultes"],
        participation_text="Deux GEM relisent.",
        contact_email="ptsm@example.org",
    )
    action.territories.add(territory)
    action.partners.create(role=PartnerRole.PILOT, name="Hôpital Exemple")
    action.funders.create(name="ARS", year=2026)
    action.steps.create(label="Trouver les salles", done_on=date(2026, 3, 1), locale=action.locale)
    action.indicators.create(label="Permanences ouvertes", target=12, locale=action.locale)
    action.save()
    said = html()
    for text in (
        "Ouvrir des permanences",
        "Un premier accueil partout.",
        "En cours",
        "Hôpital Exemple",
        "ARS en 2026",
        "Pays d’Aix",
        "Trouver les salles",
        "Permanences ouvertes",
        "Deux GEM relisent.",
        "ptsm@example.org",
        "décembre 2099",
    ):
        assert text in said


def test_a_recommendation_is_told_with_its_answer_and_its_actions(
    roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    row = RecommendationPageFactory(
        parent=recommendations,
        title="Mieux répartir",
        response=RecommendationResponse.PARTIAL,
        response_reason="D’abord trois territoires.",
    )
    action = ActionPageFactory(parent=roadmap, title="Répartir")
    action.recommendations.add(row)
    action.save()
    said = html()
    for text in ("Mieux répartir", "Retenue en partie", "D’abord trois territoires.", "Répartir"):
        assert text in said
    assert f'href="#action-{action.pk}"' in said


def test_drafts_and_internal_notes_are_never_printed(
    roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    action = ActionPageFactory(parent=roadmap, title="Agir")
    action.notes.create(title="Entre nous", text="Pas public", locale=action.locale)
    action.notes.create(title="Pour tous", is_public=True, locale=action.locale)
    action.save()
    ActionPageFactory(parent=roadmap, title="Action cachée", live=False)
    RecommendationPageFactory(parent=recommendations, title="Recommandation cachée", live=False)
    said = html()
    assert "Pour tous" in said
    for text in ("Entre nous", "Pas public", "Action cachée", "Recommandation cachée"):
        assert text not in said


def test_a_roadmap_without_any_action_says_so(roadmap: ActionIndexPage) -> None:
    assert "Aucune action n’est encore publiée." in html()


def test_the_page_of_the_roadmap_leads_to_it(roadmap: ActionIndexPage, client: Client) -> None:
    assert 'href="/feuille-de-route.pdf"' in client.get(roadmap.url).content.decode()


def test_the_roadmap_is_given_in_word_to_who_writes(
    admin_client: Client, client: Client, roadmap: ActionIndexPage
) -> None:
    action = ActionPageFactory(parent=roadmap, title="Former des voisins", reference="2.1")
    action.why = "<p>On ne sait pas quoi <b>dire</b>.</p>"
    action.save()
    ActionPageFactory(parent=roadmap, title="Inventée", is_example=True)
    answer = admin_client.get(reverse("roadmap_word"))
    texts = [one.text for one in Document(BytesIO(answer.getvalue())).paragraphs]
    assert "2.1 – Former des voisins" in texts
    assert "On ne sait pas quoi dire." in texts
    assert not any("Inventée" in text for text in texts)
    assert client.get(reverse("roadmap_word")).status_code == 302
