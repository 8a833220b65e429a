"""The description of the directory's data says what is answered, and nothing else."""

import json

from django.test import Client

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from resources.listing.models import DirectoryPage
from tests.factories.open_data import full_entry, hidden_entries

ANSWERS = {
    "/api/annuaire.json": "Directory",
    "/api/annuaire.geojson": "DirectoryMap",
    "/api/changements.json": "Changes",
}


def test_the_whole_description_is_openapi(reader: Client, directory: DirectoryPage) -> None:
    document = reader.get("/api/openapi.json").json()
    validate(document)
    for path in document["paths"]:
        assert path.startswith("/api/")
    assert {"/api/recherche", "/api/annuaire.csv", "/api/changements.xml"} <= set(document["paths"])


@pytest.mark.parametrize(("address", "schema"), ANSWERS.items())
def test_what_is_answered_is_what_is_described(
    directory: DirectoryPage, reader: Client, address: str, schema: str
) -> None:
    hidden_entries(directory)
    full_entry(directory).save_revision().publish()
    document = reader.get("/api/openapi.json").json()
    answer = json.loads(reader.get(address).getvalue())
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == []


def test_people_find_every_file_and_its_licence(reader: Client, directory: DirectoryPage) -> None:
    said = reader.get("/api/").content.decode()
    for address in (
        "/api/annuaire.csv", "/api/annuaire.xlsx", "/api/annuaire.geojson", "/api/annuaire.json",
        "/api/data-inclusion/structures.json", "/api/data-inclusion/services.json",
        "/api/changements.xml", "/api/actions.csv", "/api/feuille-de-route.json",
        "/api/ptsm.json", "/integrer/",
    ):  # fmt: skip
        assert f'href="{address}"' in said
    assert "Licence Ouverte 2.0" in said
