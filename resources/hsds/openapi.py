"""The description of the API: its own document, and its place among the other open data."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api import openapi
from portal.api.openapi import (
    ETALAB,
    ETALAB_URL,
    Described,
    Export,
    Schema,
    error,
    in_path,
    in_query,
    reading,
    register_open_api,
)
from resources.hsds.parameters import (
    FARTHEST_METRES,
    LAST_PAGE,
    LONGEST_SEARCH,
    MOST_FOUND,
    MOST_MINIMAL,
    MOST_PER_PAGE,
    NDJSON,
    PER_PAGE,
)

VERSION = "3.1.1"
LINES = "application/x-ndjson"
#: Where the standard keeps its schemas; nobody here reads them, a reader's tools do.
_SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema"
_UUID: Schema = {"type": "string", "format": "uuid"}
_TRUE: Schema = {"type": "boolean", "default": False}


def describe(server: str) -> Schema:
    """The OpenAPI document of this API alone; ``server`` is its whole address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Annuaire de santé mentale au format HSDS"),
            "version": VERSION,
            "description": _(
                "Lecture seule, sans clé. Les filtres se cumulent. Une fiche dont l’adresse est "
                "tenue secrète n’a ni lieu ni coordonnées ; aucune personne n’est nommée."
            ),
            "license": {"name": ETALAB, "url": ETALAB_URL},
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths(),
        "components": {"schemas": {"Error": openapi.error_schema()} | schemas()},
    }


def paths(prefix: str = "") -> dict[str, Schema]:
    """Each address with its parameters, below ``prefix``."""
    return {
        f"{prefix}{path}": operation
        for path, operation in {
            "/": reading("hsdsRoot", _("La version du standard"), _json(_root())),
            **_pair("services", "service_list", "compiled/service", _service_parameters()),
            **_pair(
                "organizations",
                "organization_list",
                "compiled/organization",
                _organization_parameters(),
                [_full_service()],
            ),
            **_pair(
                "service_at_locations",
                "service_at_location_list",
                "compiled/service_at_location",
                _at_location_parameters(),
            ),
            **_pair("taxonomies", "", "taxonomy", _paging()),
            **_pair("taxonomy_terms", "", "taxonomy_term", _term_parameters()),
        }.items()
    }


def schemas() -> dict[str, Schema]:
    whole, truth = {"type": "integer", "minimum": 0}, {"type": "boolean"}
    properties = {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), whole),
        **dict.fromkeys(("first_page", "last_page", "empty"), truth),
    }
    page = {"type": "object", "required": list(properties), "properties": properties}
    return {"HsdsPage": page}


def exports() -> list[Export]:
    base = reverse("resources:hsds")
    return [
        Export(
            _("Annuaire au format HSDS 3.1"),
            _(
                "Le standard international des annuaires de services, pour les logiciels "
                "d’orientation : services, organismes, lieux, page par page ou d’un seul coup."
            ),
            (
                (_("Départ"), base),
                (_("Services"), f"{base}services"),
                (_("Description"), f"{base}openapi.json"),
            ),
        )
    ]


def _pair(
    name: str,
    in_list: str,
    alone: str,
    parameters: list[Schema],
    one_parameters: list[Schema] | None = None,
) -> dict[str, Schema]:
    """A list, and one of its objects."""
    listed = _schema(f"compiled/{in_list}" if in_list else alone)
    page = {
        "allOf": [openapi.ref("HsdsPage")],
        "properties": {"contents": openapi.list_of(listed)},
    }
    identifier = in_path("id", _("L’identifiant de l’objet."), _UUID)
    words = {"name": name}
    return {
        f"/{name}": reading(
            f"hsds_{name}",
            _("La liste « %(name)s », page par page") % words,
            {"application/json": page, LINES: listed},
            parameters,
        ),
        f"/{name}/{{id}}": reading(
            f"hsds_{name}_one",
            _("Un objet de « %(name)s »") % words,
            _json(_schema(alone)),
            [identifier, *(one_parameters or [])],
            **{"404": error(_("Rien n’a cet identifiant"))},
        ),
    }


def _json(schema: Schema) -> dict[str, Schema]:
    return {"application/json": schema}


def _schema(name: str) -> Schema:
    """Named, not referred to: whoever validates the description asks nobody else."""
    return {"type": "object", "externalDocs": {"url": f"{_SCHEMAS}/{name}.json"}}


def _root() -> Schema:
    uri = {"type": "string", "format": "uri"}
    return openapi.object_of(version={"type": "string"}, profile=uri, openapi_url=uri)


def _paging(most: int = MOST_PER_PAGE) -> list[Schema]:
    return [
        in_query(
            "search",
            _(
                "Des mots, compris comme ceux de la recherche du portail ; un lieu parmi eux "
                "restreint à 10 km. Les %(count)s meilleures fiches au plus."
            )
            % {"count": MOST_FOUND},
            {"type": "string", "maxLength": LONGEST_SEARCH},
        ),
        in_query(
            "page",
            _("Le numéro de la page ; après la dernière, la page est vide."),
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        ),
        in_query(
            "per_page",
            _("Combien d’objets par page, %(count)s au plus.") % {"count": MOST_PER_PAGE},
            {"type": "integer", "minimum": 1, "maximum": most, "default": PER_PAGE},
        ),
        in_query(
            "format",
            _("« ndjson » : tout d’un coup, un objet par ligne, sans pages."),
            {"type": "string", "enum": ["json", NDJSON], "default": "json"},
        ),
    ]


def _classified() -> list[Schema]:
    return [
        *_paging(),
        in_query("taxonomy_term_id", _("Un terme : un type, une famille, un public."), _UUID),
        in_query("taxonomy_id", _("Un terme, n’importe lequel, de cette taxonomie."), _UUID),
        in_query("full", _("Vrai : chaque objet avec tout ce qui s’y rattache."), _TRUE),
    ]


def _offer_parameters() -> list[Schema]:
    return [
        *_classified(),
        in_query("organization_id", _("Ce que propose cet organisme."), _UUID),
        in_query(
            "modified_after",
            _("Ce qui a changé ce jour ou après : une date ou un moment ISO 8601."),
            {"type": "string"},
        ),
    ]


def _service_parameters() -> list[Schema]:
    words = {"count": MOST_MINIMAL}
    text = _(
        "Vrai : l’identifiant et la date de changement seulement, %(count)s par page. Ce qui "
        "n’y est plus a quitté l’annuaire."
    )
    return [*_offer_parameters(), in_query("minimal", text % words, _TRUE)]


def _at_location_parameters() -> list[Schema]:
    return [
        *_offer_parameters(),
        in_query(
            "postcode",
            _(
                "Ce qui sert ce code postal : par la zone que la fiche annonce, ou, quand elle "
                "n’en annonce pas, parce qu’elle s’y trouve."
            ),
            {"type": "string", "pattern": "^[0-9]{5}$"},
        ),
        in_query(
            "proximity",
            _(
                "Avec « postcode » : à tant de mètres au plus du centre de ses communes. Une "
                "fiche qui annonce une zone sans ce code postal n’y est pas."
            ),
            {"type": "number", "minimum": 1, "maximum": FARTHEST_METRES},
        ),
    ]


def _organization_parameters() -> list[Schema]:
    return [*_classified(), _full_service()]


def _full_service() -> Schema:
    return in_query("full_service", _("Vrai : ses services en entier."), _TRUE)


def _term_parameters() -> list[Schema]:
    return [
        *_paging(),
        in_query("taxonomy_id", _("Les termes de cette taxonomie."), _UUID),
        in_query("parent_id", _("Les termes sous celui-ci."), _UUID),
        in_query("top_only", _("Vrai : les termes qui ne sont sous aucun autre."), _TRUE),
    ]


def _portal_paths() -> dict[str, Any]:
    return paths(reverse("resources:hsds").rstrip("/"))


register_open_api(Described("hsds", _portal_paths, schemas, exports))
