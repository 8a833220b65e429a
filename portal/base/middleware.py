from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from csp.constants import SELF, UNSAFE_INLINE

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
