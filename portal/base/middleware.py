import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
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
            typed = typed_text(request)
            response = render(request, "errors/disk_refuses.html", {"typed": typed}, status=503)
        response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
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
