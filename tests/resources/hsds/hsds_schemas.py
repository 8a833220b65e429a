"""The schemas of HSDS 3.0, made strict, with what 3.1 changed.

They stay out of the repository, beside the checkout (``../shared``): they are under CC BY-SA 4.0
(© Open Referral), and weigh 3 MB.
"""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "schemas" / "hsds"
Schema = dict[str, Any]

_UUID = {"type": "string", "format": "uuid"}
_URL = {
    "type": "object",
    "required": ["id", "url"],
    "properties": {
        "id": _UUID,
        "service_id": _UUID,
        "organization_id": _UUID,
        "label": {"type": "string"},
        "url": {"type": "string", "format": "uri"},
    },
}
#: What 3.1 added, by the name of the object.
ADDED = {
    "service": {"additional_urls": {"type": "array", "items": _URL}},
    "organization": {"additional_websites": {"type": "array", "items": _URL}},
    "attribute": {"label": {"type": "string"}},
    "service_area": {"service_at_location_id": _UUID},
}
_FORMATS = FormatChecker()


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    parts = urlsplit(str(value))
    return bool(parts.scheme and parts.netloc)


def validator(name: str) -> Draft202012Validator:
    """« service », « service_list », « taxonomy », « taxonomy_term », « openapi »…"""
    if not FOLDER.is_dir():
        pytest.skip(f"The schemas of HSDS are not here: {FOLDER}")
    return Draft202012Validator(_schema(name), format_checker=_FORMATS)


def page_validator(name: str) -> Draft202012Validator:
    """A page of a list; 3.1.1 made « empty » required, and so do we of the rest."""
    listed = validator(name).schema
    page = json.loads((FOLDER / "openapi.json").read_text())["components"]["schemas"]["Page"]
    page["required"] = [*page["properties"], "contents"]
    page["properties"]["contents"] = {"type": "array", "items": listed}
    page["additionalProperties"] = False
    return Draft202012Validator(page, format_checker=_FORMATS)


@cache
def _schema(name: str) -> Schema:
    inside = {
        "taxonomy_term": ("attributes", "taxonomy_term"),
        "taxonomy": ("attributes", "taxonomy_term", "taxonomy_detail"),
    }
    schema = json.loads((FOLDER / f"{'service' if name in inside else name}.json").read_text())
    for part in inside.get(name, ()):
        schema = schema["properties"][part]
        schema = schema.get("items", schema)
    return _strict(schema)


def _strict(schema: Schema) -> Schema:
    """No property that the standard does not know: the schemas themselves let all pass."""
    if "properties" in schema:
        added = copy.deepcopy(ADDED.get(schema.get("name", ""), {}))
        schema["properties"] = {
            key: _strict(value) for key, value in (schema["properties"] | added).items()
        }
        schema["additionalProperties"] = False
    if "items" in schema:
        schema["items"] = _strict(schema["items"])
    return schema
