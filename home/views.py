from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.forms import ContactForm
from home.models import ContactPage
from home.services import receive_message
from portal.base.client import comes_from_this_site, is_over_limit

BIGGEST_BODY = 512 * 1024
MESSAGES_AN_HOUR = 10  # a network is often a whole hospital


# No CSRF token: it would put a cookie on a page that people only read. The form acts in
# nobody's name, and the browser says whether it was sent from our page.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, page_id: int) -> HttpResponse:
    """Receive a message; on a mistake show the form again with all that was typed."""
    page = get_object_or_404(ContactPage.objects.live(), pk=page_id)
    with translation.override(page.locale.language_code):
        if request.method != "POST":
            return redirect(page.get_url(request))
        form, status = _read(request)
        if status is None:
            receive_message(page, form.cleaned_data)
            return redirect(reverse("contact_thanks", args=[page.pk]))
        return _show(request, page, status, form=form)


@require_safe
def contact_thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the sender sees once the message is kept; a reload sends nothing twice."""
    page = get_object_or_404(ContactPage.objects.live(), pk=page_id)
    with translation.override(page.locale.language_code):
        return _show(request, page, HTTPStatus.OK, is_sent=True)


def _read(request: HttpRequest) -> tuple[ContactForm, HTTPStatus | None]:
    """The form as it was sent, and the status of a refusal: none when all is well."""
    if not comes_from_this_site(request):
        return _refused(
            _("Ce message vient d’un autre site. Écrivez-le ici."), HTTPStatus.FORBIDDEN
        )
    if _length(request) > BIGGEST_BODY:
        message = _("Votre message est trop long : 5 000 signes au plus.")
        return _refused(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form = ContactForm(_post(request))
    if not form.is_valid():
        return form, HTTPStatus.UNPROCESSABLE_ENTITY
    if is_over_limit(request, "contact", MESSAGES_AN_HOUR, 3600):
        form.add_error(
            None, _("Beaucoup de messages viennent d’être envoyés d’ici. Réessayez dans une heure.")
        )
        return form, HTTPStatus.TOO_MANY_REQUESTS
    return form, None


def _refused(message: str, status: HTTPStatus) -> tuple[ContactForm, HTTPStatus]:
    form = ContactForm(QueryDict())
    form.errors.clear()
    form.add_error(None, message)
    return form, status


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0


def _post(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except (MultiPartParserError, SuspiciousOperation):
        return QueryDict()


def _show(
    request: HttpRequest, page: ContactPage, status: HTTPStatus, **context: Any
) -> HttpResponse:
    request.LANGUAGE_CODE = page.locale.language_code
    response = page.serve(request, **context)
    if isinstance(response, TemplateResponse):
        response.status_code = status
        response.render()
    return response
