"""« Chercher dans la région »: one question, asked to the portals of several departments."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.models import RegionalPortal
from home.region.asking import RegionalAnswer, ask_portals, read_answer
from portal.api.throttling import consume
from portal.crisis.help_numbers import danger_message, quiet_message
from search.api.parameters import PAGE_SIZE
from search.api.serializers import as_data
from search.contracts import SearchQuery
from search.services import search_as_page
from search.understanding import understand

LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class _Department:
    portal: RegionalPortal
    answer: RegionalAnswer


@require_safe
def region_search(request: HttpRequest) -> HttpResponse:
    """The form, and the answers of each portal that has some; 404 while none is listed.

    What must be said of a danger is said by this portal, whatever the others do.
    """
    portals = list(RegionalPortal.objects.filter(is_active=True))
    if not portals:
        raise Http404
    question = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION]
    context: dict[str, Any] = {"portals": portals, "question": question}
    status, wait = HTTPStatus.OK, 0
    if question:
        understood = understand(SearchQuery(text=question))
        context["danger"] = danger_message(understood.crisis)
        context["quiet_help"] = quiet_message(understood.quiet)
        if wait := consume("region_questions", request):
            status = HTTPStatus.TOO_MANY_REQUESTS
            context["refusal"] = _(
                "Beaucoup de questions viennent d’être posées d’ici. Réessayez dans une minute."
            )
        else:
            context |= _answers(request, portals, question)
    response = render(request, "home/region/search.html", context, status=status)
    if question:
        add_never_cache_headers(response)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _answers(request: HttpRequest, portals: list[RegionalPortal], question: str) -> dict[str, list]:
    """The departments that found something, those that did not, those that do not answer."""
    found, nothing, silent = [], [], []
    ours = [one for one in portals if _is_ours(request, one.address)]
    others = [one for one in portals if one not in ours]
    answers = dict(zip(others, ask_portals([one.address for one in others], question), strict=True))
    answers |= {one: _own_answer(request, question) for one in ours}
    for portal in portals:
        answer = answers[portal]
        if answer is None:
            silent.append(portal)
        elif answer.hits:
            found.append(_Department(portal, answer))
        else:
            nothing.append(portal)
    return {"found": found, "nothing": nothing, "silent": silent}


def _is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address is this portal's: asked over the network, it would hold two of its places
    for one reader, and all of them for a few."""
    return urlsplit(address).netloc in (
        request.get_host(),
        urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
    )


def _own_answer(request: HttpRequest, question: str) -> RegionalAnswer:
    """What this portal's public data would answer."""
    answer = search_as_page(SearchQuery(text=question, page_size=PAGE_SIZE))
    data = as_data(answer, request.build_absolute_uri)
    return read_answer(data, request.build_absolute_uri("/").rstrip("/"))
