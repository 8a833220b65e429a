"""``/api/recherche``: the search in JSON. No cookie; no query is stored or logged."""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api.decorators import (
    HOUR,
    MINUTE,
    as_json,
    public_data,
    refusal,
    too_many,
)
from portal.api.openapi import (
    document,
    exports,
    licence,
    licence_url,
    registered_file,
    widgets,
)
from portal.base.choices import Public
from portal.base.models import PortalSettings
from search.api.parameters import SearchParameterError, read_question
from search.api.serializers import as_data
from search.services import search_as_page


@public_data(MINUTE)
def find(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/recherche``: the same answer as the search page."""
    if refused := too_many(request, "search_api"):
        return refused
    try:
        question = read_question(request.GET)
    except SuspiciousOperation:  # more parameters than any question has
        return refusal(_("Trop de paramètres."), 400)
    except SearchParameterError as mistake:
        return refusal(str(mistake), 400)
    return as_json(as_data(search_as_page(question), request.build_absolute_uri))


@public_data(HOUR)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/openapi.json``: the description that programs read."""
    return as_json(document(request.build_absolute_uri("/")))


@public_data(HOUR)
def page(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/``: the description that people read."""
    described = registered_file("recherche")
    parameters = described.paths["/recherche"]["get"]["parameters"]
    example = request.build_absolute_uri(f"{reverse('api_search')}?q=cmp&lieu=Aubagne")
    context = {
        "example": example,
        "openapi_url": reverse("api_openapi"),
        "limit": settings.RATE_LIMITS["search_api"].amount,
        "head": [_("Nom"), _("Ce qu’il dit"), _("Exemple")],
        "rows": [
            (one["name"], one["description"], _as_typed(one["example"])) for one in parameters
        ],
        "facts": [{"term": name, "definition": text} for name, text in described.fields("Answer")],
        "publics": Public.choices,
        "exports": exports(),
        "widgets": widgets(),
        "files_limit": settings.RATE_LIMITS["data_files"].amount,
        "licence": licence(),
        "licence_url": licence_url(),
        "publisher": PortalSettings.load().site_name,
    }
    return render(request, "search/api.html", context)


@public_data(MINUTE)
def not_found(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    return refusal(_("Cette adresse n’existe pas. La documentation est sur /api/."), 404)


def _as_typed(example: Any) -> Any:
    """What one types in an address: a parameter that may be repeated, once."""
    return example[0] if isinstance(example, list) else example
