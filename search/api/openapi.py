"""The description of the search's own data, and of the whole that all apps publish."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from portal.api import openapi
from portal.api.openapi import Described, list_of, object_of, ref, register_open_api
from portal.base.choices import Public
from search.api.parameters import (
    AGE_CODE,
    LANGUAGE_CODE,
    LAST_PAGE,
    LONGEST_PLACE,
    LONGEST_TEXT,
    MOST_TYPES,
    PAGE_SIZE,
    PRACTICAL,
    TYPE_CODE,
)
from search.contracts import DISTANCES, SearchScope

VERSION = "1.0"

SCOPES = [scope.value for scope in SearchScope]
TICK = {"type": "string", "enum": ["0", "1"], "default": "0"}


class Parameter(NamedTuple):
    """One parameter: its name, what it means, its schema, an example."""

    name: str
    text: str
    schema: dict[str, Any]
    example: str


def parameters() -> list[Parameter]:
    """What a question may say, in the order in which one would learn it."""
    return [
        Parameter(
            "q",
            _("Ce que l’on cherche, dans les mots de la personne ; le lieu peut y être."),
            {"type": "string", "maxLength": LONGEST_TEXT},
            "cmp aubagne",
        ),
        Parameter(
            "lieu",
            _("Une commune, un arrondissement ou un code postal."),
            {"type": "string", "maxLength": LONGEST_PLACE},
            "13003",
        ),
        Parameter(
            "page",
            _("Le numéro de la page ; une page a %(count)s réponses.") % {"count": PAGE_SIZE},
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
            "1",
        ),
        Parameter(
            "dans",
            _("Où chercher : partout, dans l’annuaire seul, dans les autres pages."),
            {
                "type": "string",
                "enum": [scope.value for scope in SearchScope],
                "default": SearchScope.ALL.value,
            },
            "annuaire",
        ),
        Parameter(
            "type",
            _("Un code de type. Répété : l’un ou l’autre."),
            {
                "type": "array",
                "maxItems": MOST_TYPES,
                "items": {"type": "string", "pattern": f"^{TYPE_CODE}$"},
            },
            "GEM",
        ),
        Parameter(
            "public",
            _("Pour qui ; ce qui est pour tous est donné aussi."),
            {"type": "string", "enum": Public.values},
            "adolescents",
        ),
        Parameter(
            "age",
            _("Un groupe d’âge : 0-2, 3-11, 12-17, 18-25, 26-64 ou 65-."),
            {"type": "string", "pattern": f"^{AGE_CODE}$"},
            "12-17",
        ),
        Parameter(
            "km",
            _("La distance au plus, en kilomètres, quand le lieu est dit."),
            {"type": "integer", "enum": list(DISTANCES)},
            "10",
        ),
        *_ticks(),
        Parameter(
            "langue",
            _("Une langue parlée sur place : son code ISO 639, ou fsl pour la langue des signes."),
            {"type": "string", "pattern": f"^{LANGUAGE_CODE}$"},
            "en",
        ),
    ]


def fields() -> list[dict[str, str]]:
    """What an answer holds, for the « facts » component."""
    said = {
        "query.text": _("Ce qui reste à chercher comme texte, une fois le reste compris."),
        "query.crisis": _("Vrai quand les mots disent peut-être un danger."),
        "query.place": _(
            "Le lieu compris : code INSEE, nom, et « exact », « autour » (avec km) ou "
            "« departement » ; null quand il n’y en a pas."
        ),
        "query.types": _("Les types nommés, puis ceux que les mots laissent penser."),
        "query.filters": _("Ce qui est demandé, dit ou sous-entendu ; vide quand rien ne l’est."),
        "total": _("Combien de réponses, toutes pages comprises."),
        "suggestion": _("La question sans ses fautes, quand elle seule trouve ; sinon null."),
        "hits": _(
            "Les réponses de la page, les meilleures d’abord : type, titre, adresse entière, "
            "distance en kilomètres ou null."
        ),
    }
    return [{"term": term, "definition": definition} for term, definition in said.items()]


def _ticks() -> list[Parameter]:
    words = {
        "gratuit": _("1 : seulement ce qui est gratuit."),
        "sansrdv": _("1 : seulement sans rendez-vous."),
        "pmr": _("1 : seulement ce qui est accessible en fauteuil."),
        "adistance": _("1 : seulement ce qui est possible à distance."),
        "ouvert": _("1 : seulement ce qui est ouvert en ce moment."),
    }
    return [Parameter(name, words[name], TICK, "1") for name in (*PRACTICAL, "ouvert")]


def describe(server: str) -> dict[str, Any]:
    """The OpenAPI document of all the public data; ``server`` is the address of the portal."""
    return openapi.document(
        server,
        title=_("Données ouvertes du portail de santé mentale"),
        version=VERSION,
        description=_(
            "L’annuaire, les actions et la recherche, sans clé. Rien n’est gardé de ce qui est "
            "demandé. Recherche : quand « crisis » est vrai, montrez d’abord le 3114 et le 15."
        ),
    )


def paths() -> dict[str, Any]:
    operation = openapi.reading(
        "search",
        _("Chercher un lieu, un service ou une page"),
        {"application/json": ref("Answer")},
        [openapi.in_query(one.name, one.text, one.schema) for one in parameters()],
    )
    return {"/api/recherche": operation}


def schemas() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "Answer": object_of(
            query=ref("Query"),
            total={"type": "integer", "minimum": 0},
            suggestion={
                "type": ["string", "null"],
                "description": _("La question sans ses fautes, quand elle seule trouve."),
            },
            hits=list_of(ref("Hit")),
        ),
        "Query": object_of(
            text={**text, "description": _("Ce qui reste à chercher comme texte.")},
            crisis={"type": "boolean", "description": _("La personne est peut-être en danger.")},
            place={"oneOf": [ref("Place"), {"type": "null"}]},
            types={
                **list_of(text),
                "description": _("Les types nommés, puis ceux que les mots laissent penser."),
            },
            filters=ref("Filters"),
        ),
        "Place": object_of(
            code={**text, "description": _("Code INSEE de la commune ou du département.")},
            name=text,
            mode={"type": "string", "enum": ["exact", "autour", "departement"]},
            km={"type": ["integer", "null"], "description": _("Avec « autour ».")},
        ),
        "Filters": {"type": "object", "properties": _filters(), "additionalProperties": False},
        "Hit": object_of(
            type=text,
            title=text,
            url={"type": "string", "format": "uri"},
            distance_km={"type": ["number", "null"], "minimum": 0},
        ),
    }


def _filters() -> dict[str, Any]:
    return {
        "public": {"type": "string"},
        "age": {"type": "string"},
        "km": {"type": "integer"},
        "langue": {"type": "string"},
        **{name: {"const": True} for name in (*PRACTICAL, "ouvert")},
    }


register_open_api(Described("recherche", paths, schemas))
