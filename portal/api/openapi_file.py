"""Reading of a file ``openapi.yaml``, whose notation ``portal.api.openapi`` tells."""

from collections.abc import Callable, Mapping
from enum import EnumType
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import yaml

from portal.api.schemas import JsonSchema, Schema, expand, in_words
from portal.crisis import help_numbers
from portal.exports.streaming import CSV, GEOJSON, JSON
from portal.exports.workbooks import XLSX

FORMATS = {
    "json": JSON,
    "csv": CSV,
    "xlsx": XLSX,
    "geojson": GEOJSON,
    "ndjson": "application/x-ndjson",
    "atom": "application/atom+xml",
}


class DataExport(NamedTuple):
    """One set of data as the page for people tells it; ``addresses`` are (« CSV », its path)."""

    title: str
    text: str
    addresses: tuple[tuple[str, str], ...]


class DataWidget(NamedTuple):
    """A way to show data in another site, and the page where its code is made."""

    title: str
    text: str
    link: str
    address: str


class OpenApiFile:
    """One file ``openapi.yaml``, read when it is first asked for; ``values`` are what it names."""

    def __init__(self, path: Path, values: Mapping[str, object]) -> None:
        self._path = path
        self._values = values

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the file says, with the values of the code in it."""
        with self._path.open(encoding="utf-8") as stream:
            loader = _OpenApiLoader(stream)
            loader.values = SimpleNamespace(**self._values)
            try:
                return loader.get_single_data()
            finally:
                loader.dispose()

    @cached_property
    def paths(self) -> dict[str, Schema]:
        """OpenAPI's operations, by their address below ``base``."""
        paths = self.data["paths"].items()
        return {path: {"get": _operation(path, short)} for path, short in paths}

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        return {name: expand(short) for name, short in self.data["schemas"].items()}

    def fields(self, schema: str, prefix: str = "") -> list[tuple[str, str]]:
        """What an answer says, field by field: (« query.text », its description).

        A field that is another schema, without a description of its own, is told by its fields.
        """
        found: list[tuple[str, str]] = []
        for name, field in self.schemas[schema]["properties"].items():
            if "description" in field:
                found.append((f"{prefix}{name}", field["description"]))
            elif "$ref" in field:
                inner = field["$ref"].rpartition("/")[2]
                found += self.fields(inner, f"{prefix}{name}.")
        return found

    @property
    def exports(self) -> list[DataExport]:
        return [
            DataExport(one["title"], one["text"], tuple(one["addresses"].items()))
            for one in self.data.get("exports", ())
        ]

    @property
    def widgets(self) -> list[DataWidget]:
        return [DataWidget(**one) for one in self.data.get("widgets", ())]


def _operation(path: str, short: dict[str, Any]) -> Schema:
    parameters = short.get("parameters", {})
    content = {
        FORMATS[name]: {"schema": expand(schema)} for name, schema in short["content"].items()
    }
    responses = {
        status: response
        for status, response in COMMON.data["responses"].items()
        if status != "404" or "{" in path
    }
    return {
        "operationId": short["operationId"],
        "summary": short["summary"],
        "parameters": [_parameter(path, name, one) for name, one in parameters.items()],
        "responses": {**responses, "200": {**responses["200"], "content": content}},
    }


def _parameter(path: str, name: str, short: Any) -> Schema:
    """OpenAPI's own, or only its schema with the description in it."""
    where = {"in": "path", "required": True} if f"{{{name}}}" in path else {"in": "query"}
    if not isinstance(short, str):
        return {"name": name, **where, **short, "schema": expand(short["schema"])}
    schema = expand(short)
    description = schema.pop("description")
    return {"name": name, **where, "description": description, "schema": schema}


class _OpenApiLoader(yaml.SafeLoader):
    """YAML in which ``values`` of the code may be named."""

    values: SimpleNamespace

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """Refuse a key that is written twice, of which YAML would keep the last."""
        node = super().compose_mapping_node(anchor)
        keys = [key.value for key, _value in node.value]
        twice = [key for key, _value in node.value if keys.count(key.value) > 1]
        if twice:
            message = f"« {twice[-1].value} » is written twice"
            raise yaml.composer.ComposerError(None, None, message, twice[-1].start_mark)
        return node

    def value_of(self, name: str, node: yaml.Node) -> Any:
        try:
            return attrgetter(name)(self.values)
        except AttributeError as error:
            raise yaml.constructor.ConstructorError(
                None, None, f"« {name} »: {error}", node.start_mark
            ) from None


def _code(loader: _OpenApiLoader, node: yaml.ScalarNode) -> Any:
    value = loader.value_of(node.value, node)
    if isinstance(value, EnumType):
        return [choice.value for choice in value]
    return list(value) if isinstance(value, tuple) else value


def _choices(loader: _OpenApiLoader, node: yaml.ScalarNode) -> JsonSchema:
    def one_of(name: str) -> Schema:
        codes = [choice.value for choice in loader.value_of(name, node)]
        return {"type": "string", "enum": codes}

    return JsonSchema(in_words(node.value, one_of))


def _counts_by(loader: _OpenApiLoader, node: yaml.ScalarNode) -> dict[str, str]:
    return {choice.value: "count" for choice in loader.value_of(node.value, node)}


def _text(loader: _OpenApiLoader, node: yaml.ScalarNode) -> str:
    return node.value.format(**vars(loader.values))


def _schema(loader: _OpenApiLoader, node: yaml.MappingNode) -> JsonSchema:
    return JsonSchema(loader.construct_mapping(node, deep=True))


def _about(loader: _OpenApiLoader, node: yaml.MappingNode) -> dict[str, Any]:
    return {**COMMON.data["about"], **loader.construct_mapping(node, deep=True)}


_TAGS: dict[str, Callable[[Any, Any], Any]] = {
    "!code": _code,
    "!choices": _choices,
    "!counts_by": _counts_by,
    "!text": _text,
    "!schema": _schema,
    "!about": _about,
}
for _tag, _constructor in _TAGS.items():
    _OpenApiLoader.add_constructor(_tag, _constructor)

#: What all of them share: the title of the whole, what each address answers, ``about``.
COMMON = OpenApiFile(Path(__file__).with_name("openapi.yaml"), {"crisis": help_numbers})
