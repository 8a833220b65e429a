"""The address of the roadmap to print."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from actions.printing.booklet import roadmap_booklet
from portal.pdf.views import give, site_address


@require_safe
def roadmap(request: HttpRequest) -> HttpResponse:
    """``/feuille-de-route.pdf``"""
    return give(request, roadmap_booklet(site_address(request)))
