"""Reading of the forms of public pages, whatever was posted, and rendering of their page.

There is no CSRF token: it would put a cookie on a page that people only read. Such a form acts in
nobody's name, and the browser's headers say whether it was sent from our page.
"""

from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.template.response import TemplateResponse

from wagtail.models import Page

from portal.base.client import comes_from_this_site
from portal.forms.public_forms import GuardedForm

BIGGEST_BODY = 512 * 1024

Form = TypeVar("Form", bound=GuardedForm)


def receive_form(request: HttpRequest, kind: type[Form]) -> tuple[Form, HTTPStatus | None]:
    """Return the bound form, and the status of a refusal (None when the post is acceptable)."""
    if not comes_from_this_site(request):
        return kind.refused("elsewhere"), HTTPStatus.FORBIDDEN
    if is_body_too_large(request):
        return kind.refused("huge"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    form = kind(read_post(request))
    return form, None if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY


def is_body_too_large(request: HttpRequest) -> bool:
    """Whether the announced length exceeds any form of ours; the body is not read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > BIGGEST_BODY


def read_post(request: HttpRequest) -> QueryDict:
    """The posted data; empty when they are malformed."""
    try:
        return request.POST
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return QueryDict()


def render_page(
    request: HttpRequest, page: Page, status: HTTPStatus, template: str = "", **context: Any
) -> HttpResponse:
    """Show a page in its language, with more in its context; ``template``: other than its own."""
    request.LANGUAGE_CODE = page.locale.language_code
    response = page.serve(request, **context)
    if isinstance(response, TemplateResponse):
        response.template_name = template or response.template_name
        response.status_code = status
        response.render()
    return response
