"""``/api/``: a question by address, an answer in JSON. No cookie, nothing kept, nothing logged."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.base.client import is_over_limit
from portal.base.vocabulary import Public
from search.api.answers import as_data
from search.api.openapi import describe, fields, parameters
from search.api.parameters import BadParameter, read_question
from search.services import search_widely

METHODS = ("GET", "HEAD", "OPTIONS")
#: A network is often a whole hospital, or the server of a partner's site.
QUESTIONS_A_MINUTE = 300
_MINUTE = 60
_HOUR = 3600

View = Callable[..., HttpResponseBase]


def public_data(seconds: int) -> Callable[[View], View]:
    """A view that anybody may read from anywhere, in French, and keep for some time."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase
            with translation.override("fr"):
                if request.method not in METHODS:
                    response = _error(_("Cette adresse se lit seulement (GET)."), 405)
                elif request.method == "OPTIONS":
                    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
                else:
                    response = view(request, *args, **kwargs)
            if response.status_code in (204, 405):
                response["Allow"] = ", ".join(METHODS)
            if response.status_code == HTTPStatus.OK:
                patch_cache_control(response, public=True, max_age=seconds)
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        return csrf_exempt(wrapped)  # it writes nothing, and says 405 by itself

    return decorate


@public_data(_MINUTE)
def find(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/recherche``: the same answer as the search page."""
    if is_over_limit(request, "api", QUESTIONS_A_MINUTE, _MINUTE):
        response = _error(_("Trop de questions : réessayez dans une minute."), 429)
        response["Retry-After"] = str(_MINUTE)
        return response
    try:
        question = read_question(request.GET)
    except SuspiciousOperation:  # more parameters than any question has
        return _error(_("Trop de paramètres."), 400)
    except BadParameter as mistake:
        return _error(str(mistake), 400)
    return _json(as_data(search_widely(question), request.build_absolute_uri))


@public_data(_HOUR)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/openapi.json``: the description that programs read."""
    return _json(describe(request.build_absolute_uri("/")))


@public_data(_HOUR)
def page(request: HttpRequest) -> HttpResponseBase:
    """``GET /api/``: the description that people read."""
    example = request.build_absolute_uri(f"{reverse('api_search')}?q=cmp&lieu=Aubagne")
    context = {
        "example": example,
        "openapi_url": reverse("api_openapi"),
        "limit": QUESTIONS_A_MINUTE,
        "head": [_("Nom"), _("Ce qu’il dit"), _("Exemple")],
        "rows": [(one.name, one.text, one.example) for one in parameters()],
        "facts": fields(),
        "publics": Public.choices,
    }
    return render(request, "search/api.html", context)


@public_data(_MINUTE)
def not_found(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    return _error(_("Cette adresse n’existe pas. La documentation est sur /api/."), 404)


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _error(message: str, status: int) -> JsonResponse:
    response = _json({"error": message})
    response.status_code = status
    return response
