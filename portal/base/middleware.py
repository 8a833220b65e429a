import logging
import traceback
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from csp.constants import SELF, UNSAFE_INLINE

from portal.files.disk import is_disk_refusal

logger = logging.getLogger(__name__)
_NOT_GIVEN_BACK = ("password", "csrf", "token", "code", "moment", "nickname", "seen")

# Wagtail's editor writes a few scripts and styles in its pages and shows picked files
# before they are sent; readers never see these paths.
EDITOR_CSP = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
PERMISSIONS = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"


class SecurityHeadersMiddleware:
    """Headers that neither Django nor django-csp sets, and the editor's CSP exceptions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/"):
            response._csp_replace = EDITOR_CSP  # type: ignore[attr-defined]
        return response


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


class DiskRefusalMiddleware:
    """A disk that is full or read-only: whoever sends something reads a sentence, with their text.

    What they typed is given back in the page; passwords, files and tokens are not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.method in ("GET", "HEAD") or not is_disk_refusal(error):
            return None
        logger.error("The disk refuses what is written: %s.", type(error).__name__)
        if not request.accepts("text/html"):
            sentence = _("Rien ne peut être enregistré : le disque du portail n’accepte plus rien.")
            response: HttpResponse = JsonResponse(
                {"success": False, "error_message": sentence}, status=503
            )
        else:
            typed = _typed_text(request)
            response = render(request, "errors/disk_refuses.html", {"typed": typed}, status=503)
        response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response


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
        typed = _typed_text(request)
        return render(request, "errors/incomplete_form.html", {"typed": typed}, status=400)


def _comes_from_reading_a_form(error: Exception) -> bool:
    """Whether a widget or a block failed as it took its value from what was posted."""
    if not isinstance(error, (LookupError, TypeError, ValueError)):
        return False
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code.co_name == "value_from_datadict" for frame, _line in frames)


def _typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed, field by field; nothing that is secret or hidden from them."""
    return [
        (name, text)
        for name, text in request.POST.items()
        if isinstance(text, str)
        and text.strip()
        and not any(word in name.lower() for word in _NOT_GIVEN_BACK)
    ]


class AddressLocaleMiddleware(LocaleMiddleware):
    """The address alone says the language: no answer depends on what the browser prefers.

    Django says so of prefixed addresses only; of French ones, it would have each cache keep as many
    copies as there are lists of preferred languages.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        before = response.get("Vary", "")
        answer = super().process_response(request, response)
        if answer is response:
            del response.headers["Vary"]
            if before:
                patch_vary_headers(response, [before])
        return answer
