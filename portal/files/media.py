from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Documents have their own address, which asks who may read them; the images that people
# sent may say where they were taken, and pages only ever show what was made from them.
NEVER_SERVED = ("documents", "original_images")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file when no web server stands before the portal.

    Headers forbid the browser to run it or to guess its type, whatever the file holds.
    """
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or not parts or parts[0] in NEVER_SERVED:
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # A name that the disk refuses, too long for instance.
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The images of a letter are shown by the page of a webmail, which is another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.setdefault("Cache-Control", "public, max-age=604800")
    return response
