"""The description of the public data: OpenAPI 3.1 for programs, the page ``/api/`` for people.

Data are described once, in the ``openapi.yaml`` of the package that publishes them. The
``openapi.py`` beside it registers the file, with the modules whose values it names::

    register_openapi("recherche", __file__, parameters=parameters, choices=choices)

The file says, in French like the data:

- ``paths``: each address below ``base``, as an OpenAPI operation (``operationId``, ``summary``),
  with ``parameters`` by name (in the address when it has ``{name}``, else in the query) and
  ``content`` by format; what every address answers (ETag, 304, refusals) is added from the
  ``openapi.yaml`` of this package;
- ``schemas``: what the answers hold, by name, in the notation of ``portal.api.schemas``;
- ``exports``: the data sets of the page: ``title``, ``text``, ``addresses``;
- ``widgets``: ways to show them in another site: ``title``, ``text``, ``link``, ``address``;
- ``info``: title, version and description, for a file that is also a document of its own;
- ``shared``: what YAML anchors (``&name``, ``*name``, ``<<: *name``) repeat further down.

What the code knows is not typed again:

- ``!code parameters.LAST_PAGE``: that value; of an enumeration, its codes;
- ``!choices choices.Public``: one of the codes (``… or null``, ``list of …`` as in the notation);
- ``!counts_by choices.Status``: an object with a count for each code;
- ``!text``: a sentence with values in braces, ``{parameters.LAST_PAGE}``;
- ``!about``: an object that begins with what goes with every file.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.api.openapi_file import COMMON, DataExport, DataWidget, OpenApiFile
from portal.api.schemas import Schema

ETALAB = "Licence Ouverte 2.0"
ETALAB_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


def licence() -> str:
    """What may be done with the data; those of a demonstration are nobody's to publish."""
    if getattr(settings, "PORTAL_IS_DEMO", False):
        return _("Démonstration : à ne pas réutiliser")
    return ETALAB


def licence_url() -> str:
    return "" if getattr(settings, "PORTAL_IS_DEMO", False) else ETALAB_URL


_files: dict[str, OpenApiFile] = {}


def register_openapi(name: str, file: str, **values: object) -> None:
    """Describe data by the ``openapi.yaml`` beside ``file``; ``values`` are what it names.

    The order of the names is that of the document and of the page. The same name again takes the
    place of the first.
    """
    _files[name] = OpenApiFile(Path(file).with_name("openapi.yaml"), values)


def registered_file(name: str) -> OpenApiFile:
    """What is registered under this name."""
    return _files[name]


def registered_files() -> list[tuple[str, OpenApiFile]]:
    """All of them, in the order of their names: the same whichever app starts first."""
    return sorted(_files.items())


def exports() -> list[DataExport]:
    """All that can be taken as a whole, for the page that people read."""
    return [export for _name, one in registered_files() for export in one.exports]


def widgets() -> list[DataWidget]:
    """The ways to show data in another site, for the same page."""
    return [widget for _name, one in registered_files() for widget in one.widgets]


def document(server: str) -> Schema:
    """The OpenAPI document of all the public data; ``server`` is the address of the portal."""
    paths: dict[str, Schema] = {}
    schemas: dict[str, Schema] = {}
    for _name, one in registered_files():
        base = one.data["base"]
        _add(paths, {f"{base}{path}": operation for path, operation in one.paths.items()})
        _add(schemas, one.schemas)
    return _document(server, COMMON, paths, schemas)


def document_of(name: str, server: str) -> Schema:
    """The OpenAPI document of one file alone; ``server`` is the whole address of its ``base``."""
    one = _files[name]
    return _document(server, one, one.paths, one.schemas)


def _document(
    server: str, titled: OpenApiFile, paths: dict[str, Schema], schemas: dict[str, Schema]
) -> Schema:
    url = licence_url()
    return {
        "openapi": "3.1.0",
        "info": {
            **titled.data["info"],
            "license": {"name": licence(), "url": url} if url else {"name": licence()},
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {**COMMON.schemas, **schemas}},
    }


def _add(known: dict[str, Schema], more: Mapping[str, Schema]) -> None:
    twice = known.keys() & more.keys()
    if twice:
        raise ValueError(f"Described twice: {', '.join(sorted(twice))}")
    known.update(more)
