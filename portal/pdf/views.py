"""Give a document to who asks for it, or say when to come back."""

from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from portal.base.client import is_over_limit
from portal.pdf import cache
from portal.pdf.render import CannotPrint, Paper

#: How many documents the same network may have made; those that are ready are not counted.
MOST_MADE, MOST_MADE_SECONDS = 30, 600
_FRESH_SECONDS = 300


class Excuse(NamedTuple):
    """Why there is no document now, and after how many seconds to ask again."""

    status: HTTPStatus
    seconds: int
    title: str | Promise
    words: str | Promise


BUSY = Excuse(
    HTTPStatus.SERVICE_UNAVAILABLE,
    20,
    _("Votre document se prépare"),
    _("D’autres documents se font en ce moment, un à la fois. Réessayez dans une minute."),
)
NONE = Excuse(
    HTTPStatus.SERVICE_UNAVAILABLE,
    3600,
    _("Ce document n’est pas disponible pour le moment"),
    _("Le portail ne peut pas le préparer. Les pages du site, elles, disent la même chose."),
)
TOO_MANY = Excuse(
    HTTPStatus.TOO_MANY_REQUESTS,
    MOST_MADE_SECONDS,
    _("Trop de documents demandés en peu de temps"),
    _("Pour servir tout le monde, le portail attend un moment. Réessayez dans quelques minutes."),
)


def give(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The document as a PDF, or a page that says when to come back."""
    body = cache.find(paper)
    if body is None:
        if is_over_limit(request, "paper", MOST_MADE, MOST_MADE_SECONDS):
            return _excuse(request, TOO_MANY)
        try:
            body = cache.make(paper)
        except cache.Busy:
            return _excuse(request, BUSY)
        except CannotPrint:
            return _excuse(request, NONE)
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{paper.name}.pdf"'
    response.headers["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def site_address(request: HttpRequest) -> str:
    """Where the portal is for the world, whatever name this request called it by."""
    site = Site.find_for_request(request)
    return f"{site.root_url}/" if site else request.build_absolute_uri("/")


def _excuse(request: HttpRequest, excuse: Excuse) -> HttpResponse:
    context = {"excuse": excuse, "address": request.get_full_path()}
    response = render(request, "errors/document_later.html", context, status=excuse.status)
    response.headers["Retry-After"] = str(excuse.seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
