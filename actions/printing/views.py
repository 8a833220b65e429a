"""View of the PDF of the roadmap."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from actions.printing.booklet import NAME
from portal.pdf.views import serve_pdf


@require_safe
def roadmap(request: HttpRequest) -> HttpResponseBase:
    """``/feuille-de-route.pdf``"""
    return serve_pdf(request, NAME)
