"""The description of the public data: every address that is served, with what it reads."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.checks import run_checks
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import pytest
import yaml
from openapi_spec_validator import validate

from home.choices import GovernanceAim
from portal.api import openapi
from portal.api.openapi_file import OpenApiFile
from portal.api.schemas import JsonSchema, expand
from resources.hsds import parameters as hsds
from search.api.parameters import read_question

SERVER = "https://portail.example/"
#: What is served below /api/ and is no data: the pages and documents that describe them, the
#: same address without its slash, and « not found ».
NO_DATA = {"/api/", "/api/openapi.json", "/api/hsds", "/api/hsds/openapi.json", "/api/{}"}
TEXT = {"type": "string"}


def addresses(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """The addresses of the portal, « {} » in place of what varies."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + re.sub("<[^>]+>", "{}", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def parameters_of(path: str) -> set[str]:
    operation = openapi.document(SERVER)["paths"][path]["get"]
    return {one["name"] for one in operation["parameters"] if one["in"] == "query"}


def file_of(tmp_path: Path, name: str, text: str, **values: object) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "openapi.yaml").write_text(text, encoding="utf-8")
    openapi.register_openapi(name, str(folder / "openapi.py"), **values)


def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the test registers is described."""
    monkeypatch.setattr(openapi, "_files", {})


def test_every_address_of_the_data_is_described_and_served() -> None:
    served = {address for address in addresses() if address.startswith("/api/")}
    described = {re.sub("{[^}]+}", "{}", path) for path in openapi.document(SERVER)["paths"]}
    assert served - NO_DATA == described


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("services", hsds.ServiceForm),
        ("service_at_locations", hsds.ServiceAtLocationForm),
        ("organizations", hsds.OrganizationForm),
        ("organizations/{id}", hsds.OneOrganizationForm),
        ("taxonomies", hsds.PagedForm),
        ("taxonomy_terms", hsds.TermForm),
    ],
)
def test_hsds_parameters_are_those_that_are_read(path: str, form: type[forms.Form]) -> None:
    assert parameters_of(f"/api/hsds/{path}") == set(form.base_fields)


def test_search_parameters_are_those_that_are_read() -> None:
    class Noting(QueryDict):
        def get(self, key: Any, default: Any = None) -> Any:
            names.add(key)
            return super().get(key, default)

        def getlist(self, key: Any, default: Any = None) -> list:
            names.add(key)
            return super().getlist(key, default or [])

    names: set[str] = set()
    read_question(Noting("q=cmp"))
    assert parameters_of("/api/recherche") == names


@pytest.mark.django_db
def test_the_example_of_each_parameter_is_accepted(client: Client) -> None:
    operation = openapi.document(SERVER)["paths"]["/api/recherche"]["get"]
    for one in operation["parameters"]:
        response = client.get("/api/recherche", {one["name"]: one["example"]})
        assert response.status_code == 200, one


def test_two_apps_do_not_describe_the_same_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch)
    for name in ("a", "b"):
        operation = {"operationId": name, "summary": name, "content": {"json": "text"}}
        described = {"base": "/api", "paths": {"/x": operation}, "schemas": {}}
        file_of(tmp_path, name, yaml.safe_dump(described))
    with pytest.raises(ValueError, match="/api/x"):
        openapi.document(SERVER)


def test_values_of_the_code_fill_the_description(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch)
    text = """
        base: /api
        paths:
          /x/{id}:
            operationId: x
            summary: !text Les {code.DAYS} derniers jours
            parameters:
              id: {description: Lequel, schema: uuid}
              page: {description: La page, schema: !schema {maximum: !code code.LAST}}
            content: {csv: text, json: X}
        schemas:
          X:
            aim: !choices code.Aim or null
            aims: !choices list of code.Aim
            by: !counts_by code.Aim
    """
    file_of(tmp_path, "a", text, code=SimpleNamespace(DAYS=90, LAST=7, Aim=GovernanceAim))
    document = openapi.document(SERVER)
    validate(document)
    operation = document["paths"]["/api/x/{id}"]["get"]
    assert operation["summary"] == "Les 90 derniers jours"
    identifier, page = operation["parameters"]
    assert (identifier["in"], identifier["required"], page["in"]) == ("path", True, "query")
    assert page["schema"] == {"maximum": 7}
    responses = operation["responses"]
    assert set(responses) == {"200", "304", "400", "404", "405", "429"}
    assert set(responses["200"]["content"]) == {"text/csv; charset=utf-8", "application/json"}
    codes = list(GovernanceAim.values)
    properties = document["components"]["schemas"]["X"]["properties"]
    assert properties["aim"] == {"type": ["string", "null"], "enum": [*codes, None]}
    assert properties["aims"] == {"type": "array", "items": {"type": "string", "enum": codes}}
    assert properties["by"]["required"] == codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n\na: !code code.NOTHING", "NOTHING.*\n.*line 3"),
        ("a: 1\nb: 2\na: 3", "« a » is written twice\n.*line 3"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(text)
    with pytest.raises(yaml.MarkedYAMLError, match=words):
        OpenApiFile(path, {"code": SimpleNamespace()}).data  # noqa: B018


@pytest.mark.parametrize(
    ("schema", "words"),
    [("!choices code.Gone", "code.Gone.*line 4"), ("texte", "« texte »")],
)
def test_the_checks_refuse_a_description_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, schema: str, words: str
) -> None:
    assert run_checks(tags=["openapi"]) == []
    only(monkeypatch)
    text = f"base: /api\npaths: {{}}\nschemas:\n  X: {{name: {schema}}}\n"
    file_of(tmp_path, "a", text, code=SimpleNamespace())
    (problem,) = run_checks(tags=["openapi"])
    assert problem.id == "portal.E301"
    assert re.search(words, problem.msg, re.DOTALL)


@pytest.mark.parametrize(
    ("short", "schema"),
    [
        ("text", TEXT),
        ("date or null", {"type": ["string", "null"], "format": "date"}),
        ("list of text", {"type": "array", "items": TEXT}),
        ("Place", {"$ref": "#/components/schemas/Place"}),
        ("Place or null", {"oneOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}),
        ("text — Un nom — court", {**TEXT, "description": "Un nom — court"}),
        (
            [{"nom": "text"}],
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["nom"],
                    "properties": {"nom": TEXT},
                    "additionalProperties": False,
                },
            },
        ),
        (JsonSchema(const=True), {"const": True}),
    ],
)
def test_a_schema_is_written_short(short: Any, schema: dict[str, Any]) -> None:
    assert expand(short) == schema


def test_a_type_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="« texte »"):
        expand("texte")
