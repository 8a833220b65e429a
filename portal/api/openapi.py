"""The description of the public data, to which each app adds its own: OpenAPI 3.1 and the page.

In the app's ``ready``, or in a module that it imports::

    register_open_api(Described("annuaire", paths, schemas, exports))

The three are functions, called in French at each question: what they say may be translated,
and addresses are known only once all apps are there.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

ETALAB = "Licence Ouverte 2.0"
ETALAB_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"

Schema = dict[str, Any]


def licence() -> str:
    """What may be done with the data; those of a demonstration are nobody's to publish."""
    if getattr(settings, "PORTAL_IS_DEMO", False):
        return _("Démonstration : à ne pas réutiliser")
    return ETALAB


def licence_url() -> str:
    return "" if getattr(settings, "PORTAL_IS_DEMO", False) else ETALAB_URL


class Export(NamedTuple):
    """One set of data as the page for people tells it; ``addresses`` are (« CSV », its path)."""

    title: str
    text: str
    addresses: tuple[tuple[str, str], ...]


def _no_schemas() -> dict[str, Schema]:
    return {}


def _no_exports() -> list[Export]:
    return []


class Described(NamedTuple):
    """What one app publishes: OpenAPI paths, the schemas they name, rows of the page."""

    name: str
    paths: Callable[[], dict[str, Schema]]
    schemas: Callable[[], dict[str, Schema]] = _no_schemas
    exports: Callable[[], list[Export]] = _no_exports


_described: dict[str, Described] = {}


def register_open_api(described: Described) -> None:
    """Known from now on; the same name again takes the place of the first."""
    _described[described.name] = described


def registered() -> list[Described]:
    """In the order of their names: the same for everybody, whoever starts first."""
    return [_described[name] for name in sorted(_described)]


def document(server: str, title: str, version: str, description: str) -> Schema:
    """The whole OpenAPI document; ``server`` is the address of the portal."""
    paths: dict[str, Schema] = {}
    schemas: dict[str, Schema] = {"Error": error_schema()}
    for one in registered():
        _add(paths, one.paths())
        _add(schemas, one.schemas())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": description,
            "license": {"name": licence()} | ({"url": licence_url()} if licence_url() else {}),
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _add(known: dict[str, Schema], more: Mapping[str, Schema]) -> None:
    twice = known.keys() & more.keys()
    if twice:
        raise ValueError(f"Described twice: {', '.join(sorted(twice))}")
    known.update(more)


def exports() -> list[Export]:
    """All that can be taken as a whole, for the page that people read."""
    return [export for one in registered() for export in one.exports()]


def reading(
    operation_id: str,
    summary: str,
    content: Mapping[str, Schema],
    parameters: Iterable[Schema] = (),
    **responses: Schema,
) -> Schema:
    """A path that is only read: its answer by media type, and the refusals that all have.

    ``responses`` adds others, or changes these: ``**{"404": error(_("Inconnu"))}``.
    """
    answers: dict[str, Schema] = {
        "200": {
            "description": _("La réponse"),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {media: {"schema": schema} for media, schema in content.items()},
        },
        "304": {"description": _("Rien n’a changé depuis l’ETag de « If-None-Match »")},
        "400": error(_("Un paramètre n’a pas de sens")),
        "405": error(_("Cette adresse se lit seulement")),
        "429": {
            **error(_("Trop de questions en une minute")),
            "headers": {"Retry-After": {"schema": {"type": "integer"}}},
        },
    }
    operation: Schema = {
        "operationId": operation_id,
        "summary": summary,
        "parameters": list(parameters),
        "responses": answers | responses,
    }
    return {"get": operation}


def error(description: str) -> Schema:
    content = {"application/json": {"schema": ref("Error")}}
    return {"description": description, "content": content}


def error_schema() -> Schema:
    return object_of(error={"type": "string", "description": _("Ce qui ne va pas, en français.")})


def in_query(name: str, text: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def in_path(name: str, text: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": text, "schema": schema}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def object_of(**properties: Any) -> Schema:
    """An object that always has these properties and no other."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def about_properties() -> dict[str, Schema]:
    """What goes with every file; see ``public_data.about``."""
    text = {"type": "string"}
    uri = {"type": "string", "format": "uri"}
    return {
        "source": uri,
        "producteur": text,
        "departement": text,
        "date": {"type": "string", "format": "date"},
        "licence": text,
        "licence_url": text,
        "documentation": uri,
    }
