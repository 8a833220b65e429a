"""What anybody may read by program: no cookie, in French, dated, cheap to ask again, limited.

A view of ``/api/`` reads::

    @public_data(HOUR)
    def entries(request):
        return too_many(request, "data_files") or if_changed(
            request, stamp(...), lambda: as_json(...)
        )
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.api.openapi import licence, licence_url
from portal.api.throttling import consume
from portal.base.models import PortalSettings

METHODS = ("GET", "HEAD", "OPTIONS")
MINUTE = 60
HOUR = 3600

View = Callable[..., HttpResponseBase]


def public_data(seconds: int) -> Callable[[View], View]:
    """A view that anybody may read from anywhere, in French, and keep for some time."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with translation.override("fr"):
                response = _answer(view, request, *args, **kwargs)
            _finish(request, response, seconds)
            return response

        return csrf_exempt(wrapped)  # it writes nothing, and says 405 by itself

    return decorate


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method not in METHODS:
        return refusal(_("Cette adresse se lit seulement (GET)."), 405)
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return view(request, *args, **kwargs)


def _finish(request: HttpRequest, response: Any, seconds: int) -> None:
    if response.status_code in (HTTPStatus.NO_CONTENT, HTTPStatus.METHOD_NOT_ALLOWED):
        response["Allow"] = ", ".join(METHODS)
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        patch_cache_control(response, public=True, max_age=seconds)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.streaming:
        # Whoever asks for the headers alone makes nobody write the file.
        is_read = request.method == "GET"
        response.streaming_content = _in_french(response.streaming_content) if is_read else ()


def _in_french(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, written in French although the view has long returned."""
    rest = iter(pieces)
    while True:
        with translation.override("fr"):
            piece = next(rest, None)
        if piece is None:
            return
        yield piece


def as_json(data: Any) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, safe=False)


def refusal(message: str, status: int) -> JsonResponse:
    """An error as data: one field, in French."""
    response = as_json({"error": message})
    response.status_code = status
    return response


def too_many(request: HttpRequest, limit: str) -> JsonResponse | None:
    """The 429 of a network that asks too much; None for the others, counted once.

    ``limit``: a name in ``settings.RATE_LIMITS``.
    """
    seconds = consume(limit, request)
    if not seconds:
        return None
    response = refusal(_("Trop de questions : réessayez dans une minute."), 429)
    response["Retry-After"] = str(seconds)
    return response


def stamp(*parts: Any) -> str:
    """An ETag made of what would change with the answer, known before the answer is made."""
    text = "|".join(str(part) for part in parts)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def if_changed(
    request: HttpRequest, etag: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What ``make`` gives, marked with ``etag``; 304, without making it, to who has it."""
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged["ETag"] = etag
        return unchanged
    response = make()
    response["ETag"] = etag
    return response


def state_of(pages: QuerySet) -> tuple[Any, ...]:
    """What changes when one of these pages is published or goes: one query, none is read."""
    state = pages.order_by().aggregate(
        number=Count("pk"), which=Sum("pk"), published=Max("last_published_at")
    )
    return tuple(state.values())


def about(request: HttpRequest) -> dict[str, Any]:
    """What must be said with the data: who publishes them, when, under which licence."""
    return about_data(request.build_absolute_uri("/"))


def about_data(address: str) -> dict[str, Any]:
    """The same for a file; ``address``: that of the portal, with its slash."""
    portal = PortalSettings.load()
    return {
        "source": address,
        "producteur": portal.operator or portal.site_name,
        "departement": portal.department_name,
        "date": timezone.localdate(),
        "licence": licence(),
        "licence_url": licence_url(),
        "documentation": f"{address}api/",
    }
