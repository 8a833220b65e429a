"""data·inclusion, version 1: what we publish is what its own schema accepts."""

import json
from typing import Any

from django.test import Client

import pytest
from data_inclusion.schema.v1 import Service, Structure
from data_inclusion.schema.v1.score_qualite import score
from jsonschema import Draft202012Validator

from resources.choices import EntryStatus, TypeFamily
from resources.listing.models import DirectoryPage
from resources.open_data.data_inclusion import name_of
from tests.factories.open_data import full_entry, hidden_entries
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)

#: Without it, the package lets its own warnings pass: a final point, for one.
STRICT = {"ignore_warnings": False}


def read(reader: Client, name: str) -> list[dict[str, Any]]:
    response = reader.get(f"/api/data-inclusion/{name}.json")
    return json.loads(response.getvalue())


def a_bit_of_everything(directory: DirectoryPage) -> None:
    full_entry(directory)
    hidden_entries(directory)
    CmpPageFactory(parent=directory, title="C.", phone="3114", publics=["enfants", "parents"])
    ClsmPageFactory(parent=directory, title="CLSM " + "très long " * 20, summary="Oui")
    for rank, family in enumerate(TypeFamily):
        kind = ResourceTypeFactory(code=f"TYPE{rank}", name=f"Type {rank}", family=family)
        ResourcePageFactory(
            parent=directory, type=kind, is_remote=True, cost="paid", email="x@lieu.example",
            access_modes=["courrier_medical"], publics=["professionnels"], phone="0 800 360 360",
        )  # fmt: skip


@pytest.mark.parametrize(("name", "model"), [("structures", Structure), ("services", Service)])
def test_all_that_is_published_follows_the_schema(
    directory: DirectoryPage, reader: Client, name: str, model: Any
) -> None:
    a_bit_of_everything(directory)
    schema = Draft202012Validator(model.model_json_schema())
    published = read(reader, name)
    assert len(published) >= len(TypeFamily)
    for one in published:
        model.model_validate(one, context=STRICT)
        assert list(schema.iter_errors(one)) == []
    assert len({one["id"] for one in published}) == len(published)


def test_identifiers_name_the_producer_and_services_their_structure(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = full_entry(directory)
    (structure,) = read(reader, "structures")
    (service,) = read(reader, "services")
    assert structure["id"] == service["structure_id"] == f"ptsm-13--{entry.uuid}"
    assert structure["source"] == service["source"] == "ptsm-13"
    assert structure["nom"] == "GEM Le Phare"
    assert service["nom"] == "Atelier jardin"
    assert service["description"].startswith("On jardine ensemble.")


def test_a_gem_is_not_bent_into_a_network_that_it_is_not(
    directory: DirectoryPage, reader: Client
) -> None:
    full_entry(directory)
    CmpPageFactory(parent=directory, title="CMP Les Pins")
    networks = {one["nom"]: one["reseaux_porteurs"] for one in read(reader, "structures")}
    assert networks == {"GEM Le Phare": None, "CMP Les Pins": ["cmp"]}


def test_a_phone_is_e164_and_a_short_number_stays_short(
    directory: DirectoryPage, reader: Client
) -> None:
    full_entry(directory, phone="04 91 38 54 60")
    ResourcePageFactory(parent=directory, title="Ligne", phone="3114")
    phones = {one["nom"]: one["telephone"] for one in read(reader, "structures")}
    assert phones == {"GEM Le Phare": "+33491385460", "Ligne": "3114"}


def test_an_entry_without_services_is_itself_what_it_gives(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = ResourcePageFactory(parent=directory, title="Accueil", summary="Venez parler.")
    (service,) = read(reader, "services")
    assert service["id"] == f"ptsm-13--{entry.uuid}"
    assert service["description"] == "Venez parler."
    assert service["publics"] == ["tous-publics"]


def test_publics_without_an_equivalent_exclude_nobody(
    directory: DirectoryPage, reader: Client
) -> None:
    ResourcePageFactory(parent=directory, publics=["adultes", "adolescents"], age_min=12)
    (service,) = read(reader, "services")
    assert service["publics"] is None
    assert service["publics_precisions"] == "Adolescents, Adultes, À partir de 12 ans"


def test_what_is_closed_for_now_stays_out(directory: DirectoryPage, reader: Client) -> None:
    ResourcePageFactory(parent=directory, status=EntryStatus.TEMPORARILY_CLOSED)
    assert read(reader, "structures") == read(reader, "services") == []
    assert len(json.loads(reader.get("/api/annuaire.json").getvalue())["fiches"]) == 1


def test_a_well_filled_entry_has_a_good_score(directory: DirectoryPage, reader: Client) -> None:
    full_entry(directory)
    (service,) = read(reader, "services")
    total, _criteria = score(Service.model_validate(service))
    assert total >= 0.7


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("GEM.", "GEM"), ("A", "CMP A"), ("  Le   Phare  ", "Le Phare"),
        ("Ateliers, sorties, etc.", "Ateliers, sorties, etc."), ("C.", "CMP C"),
    ],
)  # fmt: skip
def test_a_name_is_one_that_the_schema_likes(title: str, name: str) -> None:
    assert name_of(title, "CMP") == name
    assert len(name_of("mot " * 80, "CMP")) <= 150


def test_a_place_of_care_that_does_not_say_whom_it_receives_promises_nobody(
    directory: DirectoryPage, reader: Client
) -> None:
    care = ResourceTypeFactory(code="HDJ", care=True)
    ResourcePageFactory(parent=directory, type=care, publics=[])
    (service,) = read(reader, "services")
    assert service["publics"] is None
    assert service["publics_precisions"] is None
