"""JSON schemas of the values that the open data hold."""

from typing import Any

from resources.entry_fields import ENTRY_FIELDS, FieldKind

JsonSchema = dict[str, Any]

TEXT: JsonSchema = {"type": ["string", "null"]}
REQUIRED_TEXT: JsonSchema = {"type": "string"}
YEARS: JsonSchema = {"type": ["integer", "null"], "minimum": 0}
NULLABLE_DATE: JsonSchema = {"type": ["string", "null"], "format": "date"}
DATE: JsonSchema = {"type": "string", "format": "date"}
UUID: JsonSchema = {"type": "string", "format": "uuid"}
TEXTS: JsonSchema = {"type": "array", "items": {"type": "string"}}
BOOLEAN: JsonSchema = {"type": "boolean"}

_BY_KIND: dict[FieldKind, JsonSchema] = {
    FieldKind.TEXT: TEXT,
    FieldKind.INTEGER: YEARS,
    FieldKind.DECIMAL: {"type": ["number", "null"]},
    FieldKind.DATE: NULLABLE_DATE,
    FieldKind.UUID: UUID,
    FieldKind.BOOLEAN: BOOLEAN,
}


def codes(codes: list[Any]) -> JsonSchema:
    return {"type": "array", "items": {"type": "string", "enum": codes}}


def code(codes: list[Any]) -> JsonSchema:
    return {"type": ["string", "null"], "enum": [*codes, None]}


def rows(**properties: JsonSchema) -> JsonSchema:
    items = {"type": "object", "required": list(properties), "properties": properties}
    return {"type": "array", "items": items}


def schema_of(name: str) -> JsonSchema:
    """The JSON schema of a field of an entry."""
    field = ENTRY_FIELDS[name]
    if field.kind is FieldKind.CODE:
        return code(field.codes)
    return codes(field.codes) if field.kind is FieldKind.CODES else _BY_KIND[field.kind]
