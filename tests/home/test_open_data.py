"""This PTSM in one record: enough for a national map, and nobody's name."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from home.models import GovernanceBody, HomePage
from portal.base.models import PortalSettings
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.home import CrisisPageFactory, HelpLineFactory, PtsmPageFactory
from tests.factories.open_data import SECRETS, full_entry, hidden_entries
from tests.factories.resources import DirectoryPageFactory

ADDRESS = "/api/ptsm.json"


def record(client: Client) -> dict[str, Any]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return json.loads(response.content)


def filled(home_page: HomePage) -> None:
    portal = PortalSettings.load()
    portal.contact_email, portal.operator = "ptsm@exemple.fr", "Hôpital Exemple"
    portal.department_name = "Bouches-du-Rhône"
    portal.save()
    page = PtsmPageFactory(
        parent=home_page, generation=2, period_start=2026, lead_role="cheffe de projet du PTSM"
    )
    page.bodies = [GovernanceBody(name="Comité de pilotage", aim="pilotage", role="Il suit.")]
    page.save()
    directory = DirectoryPageFactory(parent=home_page)
    full_entry(directory)
    hidden_entries(directory)
    ActionPageFactory(parent=ActionIndexPageFactory(parent=home_page), reference="1.1")
    TerritoryFactory(name="Est", slug="est").communes.set([CommuneFactory()])


def test_the_record_tells_who_coordinates_and_how_much_there_is(
    client: Client, home_page: HomePage
) -> None:
    filled(home_page)
    told = record(client)
    assert told["departement"] == {"code": "13", "nom": "Bouches-du-Rhône"}
    assert told["coordination"] == {
        "role": "cheffe de projet du PTSM", "structure": "Hôpital Exemple",
        "courriel": "ptsm@exemple.fr", "telephone": None,
    }  # fmt: skip
    project = told["ptsm"]
    assert (project["generation"], project["premiere_annee"], project["derniere_annee"]) == (
        2, 2026, None,
    )  # fmt: skip
    assert [body["nom"] for body in project["gouvernance"]] == ["Comité de pilotage"]
    assert told["annuaire"] == {"fiches": 3, "par_type": {"ASSOCIATION": 1, "CMP": 1, "GEM": 1}}
    assert told["actions"]["actions"] == 1
    assert {"Est"} <= {one["nom"] for one in told["territoires"]}
    assert told["licence"] == "Licence Ouverte 2.0"


def test_every_file_that_it_points_to_exists(client: Client, home_page: HomePage) -> None:
    filled(home_page)
    addresses = [one["adresse"] for part in record(client)["donnees"] for one in part["adresses"]]
    assert "http://testserver/api/annuaire.csv" in addresses
    assert "http://testserver/api/feuille-de-route.json" in addresses
    for address in addresses:
        response = client.get(address.removeprefix("http://testserver"))
        assert response.status_code == 200, address
        assert response.getvalue(), address


def test_no_secret_is_in_the_record(client: Client, home_page: HomePage) -> None:
    filled(home_page)
    said = json.dumps(record(client), ensure_ascii=False)
    assert [word for word in SECRETS if word in said] == []


def test_a_portal_that_has_published_nothing_says_so(client: Client, home_page: HomePage) -> None:
    told = record(client)
    assert told["ptsm"] is told["coordination"]["role"] is None
    assert told["annuaire"]["fiches"] == told["actions"]["actions"] == 0


def test_the_record_is_what_is_described(client: Client, home_page: HomePage) -> None:
    filled(home_page)
    document = client.get("/api/openapi.json").json()
    validate(document)
    whole = {"$ref": "#/components/schemas/Ptsm", "components": document["components"]}
    answer = record(client)
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == []


def test_who_has_it_is_told_so_until_something_changes(
    client: Client, home_page: HomePage, queries_of: Callable[[str], int]
) -> None:
    filled(home_page)
    assert queries_of(ADDRESS) <= 20
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    portal = PortalSettings.load()
    portal.operator = "Autre hôpital"
    portal.save()
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


def test_the_page_of_help_tells_machines_whom_to_call(client: Client, home_page: HomePage) -> None:
    HelpLineFactory(name="Suicide écoute", number="3114", situation="Idées suicidaires")
    page = CrisisPageFactory(parent=home_page)
    (line,) = page.structured_data()
    assert line["@type"] == "Organization"
    assert line["contactPoint"]["telephone"] == "3114"
    assert '"ContactPoint"' in client.get(page.url).content.decode()
