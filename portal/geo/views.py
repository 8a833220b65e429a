"""Views of the map: tiles and boundaries; no cookie, nothing of the reader kept or logged."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.api.throttling import consume
from portal.geo.boundaries import contours
from portal.geo.tiles import REST_SECONDS, NoTile, get_tile

_DAY = 86400


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """``GET /tuiles/{z}/{x}/{y}``: an image of the map's background."""
    if seconds := consume("map_tiles", request):
        return _no_tile(HTTPStatus.TOO_MANY_REQUESTS, retry_after=seconds)
    try:
        found = get_tile(z, x, y)
    except NoTile as none:
        if none.for_now:
            return _no_tile(HTTPStatus.SERVICE_UNAVAILABLE, retry_after=REST_SECONDS)
        return _no_tile(HTTPStatus.NOT_FOUND)
    response = HttpResponse(found.body, content_type=found.media_type)
    seconds = REST_SECONDS if found.is_stale else _DAY
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _no_tile(status: HTTPStatus, retry_after: int = 0) -> HttpResponse:
    response = HttpResponse(status=status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    # Django would log its address: where somebody looks at on a map is nobody's business, and
    # a source that is away would fill the log.
    response._has_been_logged = True  # type: ignore[attr-defined]  # Read by log_response.
    return response


@require_safe
@cache_control(public=True, max_age=_DAY)
def contours_file(request: HttpRequest) -> HttpResponse:
    """``GET /contours.geojson``: the borders of the communes of the department."""
    found = contours()
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="application/geo+json")
