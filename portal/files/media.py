import errno
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Documents have their own address, which asks who may read them; the images that people
# sent may say where they were taken, and pages only ever show what was made from them.
NEVER_SERVED = ("documents", "original_images")


class StoreAway(OSError):
    """The store of the media does not answer, or refuses: what can be read is read, as from a
    disk that lets nothing be written."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EROFS, f"the store of the media: {why}")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file when no web server can read it: none is there, or it is in a bucket.

    Headers forbid the browser to run it or to guess its type, whatever the file holds.
    """
    parts = PurePosixPath(path).parts
    if path.startswith(("/", ".")) or ".." in parts or not parts or parts[0] in NEVER_SERVED:
        raise Http404
    is_folder = not hasattr(default_storage, "bucket")
    response = _from_folder(request, path) if is_folder else _from_store(path)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The images of a letter are shown by the page of a webmail, which is another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.setdefault("Cache-Control", "public, max-age=604800")
    return response


def _from_folder(request: HttpRequest, path: str) -> HttpResponseBase:
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # A name that the disk refuses, too long for instance.
        raise Http404 from error


def _from_store(path: str) -> HttpResponseBase:
    """The store's file; 503 when the store is away, which no web server should remember."""
    try:
        return FileResponse(default_storage.open(path), filename=PurePosixPath(path).name)
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError:
        headers = {"Retry-After": "30", "Cache-Control": "no-store"}
        return HttpResponse(status=503, headers=headers)
