"""The roadmap as data: what its public pages say, and nothing that they keep."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from actions.choices import ActionStatus, PartnerRole
from actions.models import (
    ActionFunder,
    ActionNote,
    ActionPage,
    ActionPartner,
    ActionResource,
    ActionStep,
    Indicator,
    RecommendationIndexPage,
)
from actions.roadmap.models import ActionIndexPage
from portal.exports.formula_escape import unescape_formula
from tests.factories.actions import ActionPageFactory, PriorityFactory, RecommendationPageFactory
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory

FILES = (
    "/api/actions.json",
    "/api/actions.csv",
    "/api/feuille-de-route.json",
    "/api/feuille-de-route.csv",
)
SECRETS = ("Note interne", "Restreinte", "Brouillon", "Entrée secrète", "Fiche fictive")


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode("utf-8-sig")


def data(client: Client, name: str) -> dict[str, Any]:
    return json.loads(read(client, f"/api/{name}.json"))


def table(client: Client, name: str) -> list[dict[str, str]]:
    text = read(client, f"/api/{name}.csv")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def full_action(roadmap: ActionIndexPage, **said: Any) -> ActionPage:
    yesterday = timezone.localdate() - timedelta(days=1)
    facts = {
        "title": "Ouvrir un GEM", "reference": "3.2", "priority": PriorityFactory(number=3),
        "status": ActionStatus.RUNNING, "start": date(2026, 1, 1), "publics": ["adultes"],
        "why": "<p>Le <b>constat</b> de départ.</p>", "whole_department": True,
    }  # fmt: skip
    action = ActionPageFactory(parent=roadmap, **(facts | said))
    action.steps = [
        ActionStep(label="Trouver un lieu", done_on=yesterday),
        ActionStep(label="Ouvrir", due_on=yesterday),
    ]
    action.notes = [
        ActionNote(title="Note publique", text="On avance.", is_public=True),
        ActionNote(title="Note interne", text="Note interne : à taire."),
    ]
    action.partners = [ActionPartner(role=PartnerRole.PILOT, name="Association du Phare")]
    action.funders = [ActionFunder(name="ARS", amount=Decimal("12000"), year=2026)]
    action.indicators = [Indicator(label="Membres", target=Decimal("40"))]
    action.save()
    return action


def restrict(page: Page) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([Group.objects.get_or_create(name="Équipe")[0]])


def test_an_action_tells_what_its_page_tells(client: Client, roadmap: ActionIndexPage) -> None:
    made = full_action(roadmap)
    whole = data(client, "actions")
    assert whole["licence"] == "Licence Ouverte 2.0"
    (action,) = whole["actions"]
    assert (action["reference"], action["priorite"], action["lien"]) == ("3.2", 3, made.full_url)
    assert action["pourquoi"] == "Le constat de départ."
    assert action["en_retard"] is True
    assert [step["en_retard"] for step in action["etapes"]] == [False, True]
    assert (action["etapes_faites"], action["etapes_total"]) == (1, 2)
    assert action["pilotes"] == ["Association du Phare"]
    assert action["financeurs"] == [{"nom": "ARS", "montant": 12000, "annee": 2026}]
    assert action["indicateurs"][0]["objectif"] == 40
    assert [note["titre"] for note in action["journal"]] == ["Note publique"]


def test_the_table_of_actions_runs_nothing(client: Client, roadmap: ActionIndexPage) -> None:
    full_action(roadmap, title="=1+1")
    (row,) = table(client, "actions")
    assert row["titre"].startswith("'=")
    assert unescape_formula(row["titre"]) == "=1+1"
    assert (row["en_retard"], row["pilotes"], row["licence"]) == (
        "oui", "Association du Phare", "Licence Ouverte 2.0",
    )  # fmt: skip


def test_the_roadmap_is_computed_as_on_its_page(
    client: Client, roadmap: ActionIndexPage, recommendations: RecommendationIndexPage
) -> None:
    asked = RecommendationPageFactory(parent=recommendations, number=4, response="retenue")
    action = full_action(roadmap)
    action.recommendations = [asked]
    action.save()
    whole = data(client, "feuille-de-route")
    assert whole["avancement"]["par_etat"]["en_cours"] == 1
    assert whole["avancement"]["en_retard"] == 1
    assert [one["numero"] for one in whole["priorites"]] == [3]
    assert whole["priorites"][0]["avancement"]["actions"] == 1
    (answer,) = whole["recommandations"]
    assert (answer["numero"], answer["reponse"], answer["etat"]) == (4, "retenue", "en_cours")
    assert answer["actions"] == [{"reference": "3.2", "titre": "Ouvrir un GEM", "etat": "en_cours"}]
    (row,) = table(client, "feuille-de-route")
    assert row["actions"] == "3.2 Ouvrir un GEM (en_cours)"
    (told,) = data(client, "actions")["actions"]
    assert told["recommandations"][0]["lien"] == asked.full_url


@pytest.mark.parametrize("address", FILES)
def test_nothing_internal_leaves(
    client: Client,
    home_page: Page,
    roadmap: ActionIndexPage,
    recommendations: RecommendationIndexPage,
    address: str,
) -> None:
    directory = DirectoryPageFactory(parent=home_page)
    entries = [
        ResourcePageFactory(parent=directory, title="Entrée secrète", live=False),
        ResourcePageFactory(parent=directory, title="Fiche fictive", is_example=True),
        ResourcePageFactory(parent=directory, title="Entrée secrète, gardée"),
    ]
    restrict(entries[-1])
    asked = RecommendationPageFactory(parent=recommendations, title="Demander")
    kept = RecommendationPageFactory(parent=recommendations, title="Restreinte, demandée")
    restrict(kept)
    RecommendationPageFactory(parent=recommendations, title="Brouillon demandé", live=False)
    action = full_action(roadmap)
    action.recommendations = [asked, kept]
    action.partners = [ActionPartner(role="pilote", resource=entry) for entry in entries]
    action.linked_resources = [ActionResource(resource=entry) for entry in entries]
    action.save()
    full_action(roadmap, title="Brouillon", reference="9.1", live=False)
    hidden = full_action(roadmap, title="Restreinte", reference="9.2")
    hidden.recommendations = [asked]
    hidden.save()
    restrict(hidden)
    said = read(client, address)
    assert "Ouvrir un GEM" in said
    assert [word for word in SECRETS if word in said] == []


@pytest.mark.parametrize("address", FILES)
def test_who_has_the_file_is_told_so_for_little(
    client: Client, roadmap: ActionIndexPage, address: str
) -> None:
    action = full_action(roadmap)
    first = client.get(address, headers={"Origin": "https://partenaire.example"})
    assert first["Access-Control-Allow-Origin"] == "*"
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert len(captured) <= 6  # one of them counts the request, for the limits
    action.save_revision().publish()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", FILES)
def test_a_longer_file_costs_no_more_queries(
    client: Client,
    roadmap: ActionIndexPage,
    recommendations: RecommendationIndexPage,
    address: str,
) -> None:
    def add(first: int, number: int) -> None:
        for rank in range(first, first + number):
            action = full_action(roadmap, reference=f"3.{rank}")
            action.recommendations = [RecommendationPageFactory(parent=recommendations)]
            action.save()

    def queries() -> int:
        read(client, address)
        with CaptureQueriesContext(connection) as captured:
            read(client, address)
        return len(captured)

    add(1, 1)
    few = queries()
    add(2, 4)
    assert queries() <= few


@pytest.mark.parametrize(
    ("address", "schema"),
    [("/api/actions.json", "Actions"), ("/api/feuille-de-route.json", "Roadmap")],
)
def test_what_is_answered_is_what_is_described(
    client: Client,
    roadmap: ActionIndexPage,
    recommendations: RecommendationIndexPage,
    address: str,
    schema: str,
) -> None:
    RecommendationPageFactory(parent=recommendations)
    full_action(roadmap)
    ActionPageFactory(parent=roadmap, reference="1.1")
    document = client.get("/api/openapi.json").json()
    validate(document)
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    answer = json.loads(read(client, address))
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == []


def test_an_empty_roadmap_is_an_empty_file(client: Client, home_page: Page) -> None:
    assert data(client, "actions")["actions"] == []
    assert data(client, "feuille-de-route")["recommandations"] == []
    assert table(client, "actions") == table(client, "feuille-de-route") == []
