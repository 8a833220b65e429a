"""What the editor says instead of failing: a publication refused, a form that came incomplete."""

import logging
import traceback
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.base.middleware import typed_text

logger = logging.getLogger(__name__)


class RefusedPublicationMiddleware:
    """Whatever screen of the editor publishes (a batch, an approval), a refusal is a sentence.

    A page refuses by raising ``ValidationError``, which Wagtail catches in its forms only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        is_editor = request.path.startswith("/admin/") and request.method == "POST"
        if not (is_editor and isinstance(error, ValidationError)):
            return None
        sentence = " ".join(error.messages)
        if not request.accepts("text/html"):
            return JsonResponse({"success": False, "error_message": sentence}, status=400)
        messages.error(request, sentence)
        back = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if is_ours else reverse("wagtailadmin_home"))


class IncompleteFormMiddleware:
    """A form of the editor that arrives before its script has written it whole is no failure.

    Wagtail reads the blocks of a text from fields that a script adds to the page: without them its
    widgets fail. Nothing is saved; what was typed is given back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        is_editor = request.path.startswith("/admin/") and request.method == "POST"
        if not (is_editor and _comes_from_reading_a_form(error)):
            return None
        logger.warning("A form of the editor arrived incomplete: %s.", type(error).__name__)
        if not request.accepts("text/html"):
            sentence = _("Le formulaire est arrivé incomplet : rien n’a été enregistré.")
            return JsonResponse({"success": False, "error_message": sentence}, status=400)
        typed = typed_text(request)
        return render(request, "errors/incomplete_form.html", {"typed": typed}, status=400)


def _comes_from_reading_a_form(error: Exception) -> bool:
    """Whether a widget or a block failed as it took its value from what was posted."""
    if not isinstance(error, (LookupError, TypeError, ValueError)):
        return False
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code.co_name == "value_from_datadict" for frame, _line in frames)
