"""Give a document that is written, or say that it is being made: no request makes one."""

from datetime import timedelta
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.pdf.models import PdfFile

_FRESH_SECONDS = 300
_DAY = timedelta(days=1)


class DocumentNotice(NamedTuple):
    """Why there is no document now, and after how many seconds to ask again."""

    seconds: int
    title: str | Promise
    words: str | Promise


BEING_MADE = DocumentNotice(
    60,
    _("Votre document se prépare"),
    _("Il sera prêt dans une ou deux minutes : demandez-le de nouveau."),
)
UNAVAILABLE = DocumentNotice(
    3600,
    _("Ce document n’est pas disponible pour le moment"),
    _("Le portail ne peut pas le préparer. Les pages du site, elles, disent la même chose."),
)


def serve_pdf(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of a registered document; 503 with when to come back if there is none yet.

    ``name`` must be that of a ``PdfDocument``: asking for it has the job write it.
    """
    row = _note_wanted(name)
    if not row.path:
        return _not_yet(request, UNAVAILABLE if row.failed_at else BEING_MADE)
    etag = f'"{row.stamp}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or _file_response(row)
    if response is None:
        return _not_yet(request, BEING_MADE)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _note_wanted(name: str) -> PdfFile:
    """Its row, which says to the day when it was last asked for, and never by whom."""
    now = timezone.now()
    row, _is_new = PdfFile.objects.get_or_create(name=name, defaults={"wanted_at": now})
    if row.wanted_at is None or row.wanted_at < now - _DAY:
        PdfFile.objects.filter(pk=row.pk).update(wanted_at=now)
    return row


def _file_response(row: PdfFile) -> FileResponse | None:
    """None when the storage has lost the file: the job then writes it again."""
    try:
        file = default_storage.open(row.path)
    except OSError:
        PdfFile.objects.filter(pk=row.pk, path=row.path).update(path="", failed_at=None)
        return None
    return FileResponse(file, filename=f"{row.name}.pdf", content_type="application/pdf")


def _not_yet(request: HttpRequest, notice: DocumentNotice) -> HttpResponse:
    context = {"notice": notice, "address": request.get_full_path()}
    response = render(request, "errors/pdf_not_ready.html", context, status=503)
    response.headers["Retry-After"] = str(notice.seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
