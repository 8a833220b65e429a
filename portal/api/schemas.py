"""JSON Schemas, written short in the files ``openapi.yaml``.

========================  ========================================================================
``text``, ``date``…       A type of ``TYPES``
``Progress``              The schema of that name, whichever app gives it: names have a capital
``text or null``          The same, or null
``list of text``          A list of them
``text — What it says``   The same, with its description
``{title: text}``         An object that always has these properties and no other
``[{title: text}]``       A list of such objects
``!schema {…}``           JSON Schema as it stands (``JsonSchema`` in Python)
========================  ========================================================================
"""

from collections.abc import Callable, Mapping
from typing import Any

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "binary": {"type": "string", "format": "binary"},
    "date": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "uri": {"type": "string", "format": "uri"},
    "uuid": {"type": "string", "format": "uuid"},
    "boolean": {"type": "boolean"},
    "flag": {"type": "boolean", "default": False},
    "integer": {"type": "integer"},
    "count": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
}
_DESCRIPTION, _LIST, _NULL = " — ", "list of ", " or null"

Schema = dict[str, Any]


class JsonSchema(dict[Any, Any]):
    """A JSON Schema as it stands."""


def expand(short: Any) -> Schema:
    """The JSON Schema that ``short`` stands for. ValueError when it names no type."""
    if isinstance(short, JsonSchema):
        return dict(short)
    if isinstance(short, Mapping):
        return _closed_object({name: expand(value) for name, value in short.items()})
    if isinstance(short, list):
        (item,) = short
        return _list_of(expand(item))
    words, _dash, description = short.partition(_DESCRIPTION)
    schema = in_words(words, _named)
    return {**schema, "description": description} if description else schema


def in_words(words: str, named: Callable[[str], Schema]) -> Schema:
    """The schema of ``words``; ``named`` gives that of the name in them."""
    if words.startswith(_LIST):
        return _list_of(in_words(words.removeprefix(_LIST), named))
    if words.endswith(_NULL):
        return _or_null(named(words.removesuffix(_NULL)))
    return named(words)


def _named(name: str) -> Schema:
    if name[:1].isupper():
        return {"$ref": f"#/components/schemas/{name}"}
    if name not in TYPES:
        raise ValueError(f"No type is named « {name} »: {', '.join(TYPES)}")
    return dict(TYPES[name])


def _closed_object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    nullable = {**schema, "type": [schema["type"], "null"]}
    return {**nullable, "enum": [*schema["enum"], None]} if "enum" in schema else nullable
