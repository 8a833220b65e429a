"""Every kind of answer of the HSDS API follows the schemas of the standard."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.test import Client

import pytest

from resources.listing.models import DirectoryPage
from tests.factories.hsds import BASE, World, contents, get, world
from tests.resources.hsds.hsds_schemas import page_validator, validator


@pytest.fixture
def known(directory: DirectoryPage) -> World:
    return world(directory)


def mistakes(checker: Any, answer: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(answer)]


LISTS = {
    "services": ("service_list", "service"),
    "organizations": ("organization_list", "organization"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_list_follows_its_schema(known: World, reader: Client, name: str) -> None:
    page = get(reader, f"/{name}")
    assert page["size"] > 1
    assert mistakes(page_validator(LISTS[name][0]), page) == []


@pytest.mark.parametrize("name", ["services", "organizations", "service_at_locations"])
def test_each_full_list_follows_the_schema_of_its_objects(
    known: World, reader: Client, name: str
) -> None:
    page = get(reader, f"/{name}", full="true")
    assert mistakes(page_validator(LISTS[name][1]), page) == []


def test_organizations_with_full_services_follow_their_schema(known: World, reader: Client) -> None:
    page = get(reader, "/organizations", full_service="true")
    assert any(service.get("phones") for one in page["contents"] for service in one["services"])
    assert mistakes(page_validator("organization"), page) == []


@pytest.mark.parametrize("name", LISTS)
def test_each_object_alone_follows_its_schema(known: World, reader: Client, name: str) -> None:
    checker = validator(LISTS[name][1])
    for one in contents(reader, f"/{name}"):
        answer = get(reader, f"/{name}/{one['id']}")
        assert answer["id"] == one["id"]
        assert mistakes(checker, answer) == []


@pytest.mark.parametrize("name", LISTS)
def test_lines_are_the_same_objects_one_a_line(known: World, reader: Client, name: str) -> None:
    response = reader.get(f"{BASE}/{name}", {"format": "ndjson", "per_page": "1"})
    assert response["Content-Type"] == "application/x-ndjson"
    written = response.getvalue().decode()
    assert [json.loads(line) for line in written.splitlines()] == contents(reader, f"/{name}")


def test_full_lines_hold_what_each_object_alone_says(known: World, reader: Client) -> None:
    response = reader.get(f"{BASE}/services", {"format": "ndjson", "full": "true"})
    lines = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert lines == [get(reader, f"/services/{one['id']}") for one in lines]
    assert len(lines) > 5


def test_a_minimal_list_says_which_services_there_are_and_when_they_changed(
    known: World, reader: Client
) -> None:
    known.gem.save_revision().publish()
    page = get(reader, "/services", minimal="true")
    assert [one["id"] for one in page["contents"]] == [one["id"] for one in contents(reader)]
    service = str(known.gem.services.get().uuid)
    (gem,) = [one for one in page["contents"] if one["id"] == service]
    assert gem["last_modified"] == get(reader, f"/services/{service}")["last_modified"]
    assert gem["modified_date"] == gem["last_modified"]


def test_the_root_says_the_version_and_where_it_is_described(known: World, reader: Client) -> None:
    for address in (BASE, f"{BASE}/"):
        said = reader.get(address).json()
        assert said["version"].startswith("3.1")
        assert said["profile"].startswith("https://")
        assert reader.get(said["openapi_url"]).json()["openapi"] == "3.1.0"


def test_the_description_names_every_address_and_parameter_of_the_standard(
    known: World, reader: Client
) -> None:
    standard = validator("openapi").schema
    ours = get(reader, "/openapi.json")
    common = {key: one["name"] for key, one in standard["components"]["parameters"].items()}
    for path, operation in standard["paths"].items():
        asked = {
            one.get("name") or common[one["$ref"].rpartition("/")[2]]
            for one in operation["get"].get("parameters", [])
        }
        described = {one["name"] for one in ours["paths"][path]["get"]["parameters"]}
        assert asked <= described, path


def test_the_portal_describes_it_with_its_other_data(known: World, reader: Client) -> None:
    paths = reader.get("/api/openapi.json").json()["paths"]
    assert {"/api/hsds/", "/api/hsds/services", "/api/hsds/services/{id}"} <= paths.keys()


def identifiers(value: Any, kind: str = "root") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "id" in value:
            yield kind, value["id"]
        for key, inside in value.items():
            yield from identifiers(inside, key)
    if isinstance(value, list):
        for inside in value:
            yield from identifiers(inside, kind)


def test_identifiers_are_uuids_that_do_not_change(known: World, reader: Client) -> None:
    first = list(identifiers(get(reader, "/services", full="true")))
    assert all(str(uuid.UUID(identifier)) == identifier for _kind, identifier in first)
    for entry in (known.gem, known.cmp, known.hospital):
        entry.save_revision().publish()
    assert list(identifiers(get(reader, "/services", full="true"))) == first


@pytest.mark.parametrize(
    "part",
    ["phones", "schedules", "languages", "cost_options", "attributes", "service_areas"],
)
def test_no_two_objects_of_a_kind_share_an_identifier(
    known: World, reader: Client, part: str
) -> None:
    listed = contents(reader, full="true")
    found = [one["id"] for service in listed for one in service.get(part, [])]
    assert found
    assert len(set(found)) == len(found)
