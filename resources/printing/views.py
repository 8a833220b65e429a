"""Addresses of what can be printed, and of the page that lists it."""

from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wagtail.models import Locale

from portal.geo.models import Commune, Territory
from portal.pdf.views import serve_pdf
from resources.listing.models import DirectoryPage
from resources.models import ResourceType
from resources.printing.booklet import booklet_name
from resources.printing.index import document_groups
from resources.printing.poster import poster_name
from resources.printing.querysets import communes_of


@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    """``/annuaire.pdf``, with ``?territoire=`` and ``?type=``."""
    territory, kind = _requested_scope(request)
    slug, code = territory.slug if territory else "", kind.code if kind else ""
    return serve_pdf(request, booklet_name(slug, code))


@require_safe
def help_poster(request: HttpRequest) -> HttpResponseBase:
    """``/affiche.pdf``, with ``?territoire=``."""
    territory, _kind = _requested_scope(request)
    return serve_pdf(request, poster_name(territory.slug if territory else ""))


@require_safe
def near(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """The short address that posters bear: the directory, around the main town of a territory.

    It stays on walls for years: it leads to wherever the directory is now.
    """
    territory = get_object_or_404(Territory, slug=slug)
    page = DirectoryPage.objects.live().filter(locale=Locale.get_default()).first()
    if page is None:
        raise Http404
    towns = Commune.objects.filter(communes_of(territory), parent=None)
    town = towns.order_by("-population", "slug").first()
    asked = f"?{urlencode({'ou': town.name})}" if town else ""
    return HttpResponseRedirect(f"{page.url}{asked}")


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """Everything that can be printed, each document with its weight once it is written."""
    return render(request, "resources/printing/index.html", {"groups": document_groups()})


class DocumentForm(forms.Form):
    """Which document is asked for."""

    territoire = forms.SlugField(required=False, max_length=90)
    type = forms.CharField(required=False, max_length=30)


def _requested_scope(request: HttpRequest) -> tuple[Territory | None, ResourceType | None]:
    """The territory and the type that an address names; 404 for one that is not there."""
    form = DocumentForm(request.GET)
    if not form.is_valid():
        raise Http404
    slug, code = form.cleaned_data["territoire"], form.cleaned_data["type"]
    kinds = ResourceType.objects.in_source_language()
    return (
        get_object_or_404(Territory, slug=slug) if slug else None,
        get_object_or_404(kinds, code=code.upper()) if code else None,
    )
