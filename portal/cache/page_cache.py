"""Whole public pages, kept for readers who are nobody in particular.

Kept: what a view or a page type says to be public (``keep_for_readers``, every page of the site),
answered 200 to who sends no cookie, without a question in the address (a page number is none),
without a form that sends, without a cookie, and without a header that forbids it.

A page holds until what readers may see changes (``content_version``), or until its minute ends:
« ouvert maintenant » and « aujourd’hui » are then told anew. When it no longer holds, the first who
asks makes it anew; who asks in that instant gets the one before. A web server in front may keep it
for a second more (``X-Accel-Expires``). Bodies are kept compressed, with their ``ETag``: who has
the page already gets 304, and nothing is made.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from portal.cache.content_version import content_version

#: Sent with ``request``, ``model`` (its label) and ``pk`` when a kept page was read.
page_read = Signal()

NEARBY, SHARED = "nearby", "pages"
_MINUTE = 60
#: How long a page that holds no longer may still be given, while another reader has it made.
_MAKING_SECONDS = 5
_STALE_SECONDS = 10 * _MINUTE
_PAGE_NUMBER = re.compile(r"page=[0-9]{1,2}")
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))")
_SENDS = re.compile(rb"""<form[^>]*\bmethod=["']?post""", re.IGNORECASE)
_ASKED = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING"}
_LEFT_OUT = {"content-length", "content-encoding", "etag", "date", "vary"}

View = Callable[..., HttpResponseBase]


def keep_for_readers(view: View) -> View:
    """A view whose answer is the same for all who read it without a cookie."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mark_public(request)
        return view(request, *args, **kwargs)

    return wrapped


def mark_public(request: HttpRequest, page: tuple[str, int] | None = None) -> None:
    """Say that the answer may be kept; ``page``: the label of its model, and its key.

    It is then made whole and uncompressed: what this reader has and takes is looked at afterwards.
    """
    if not hasattr(request, "asked"):
        return  # not for a page that is kept: signed in, with a question…
    request.public_page = page or ("", 0)  # type: ignore[attr-defined]
    for name in _ASKED & request.META.keys():
        request.asked[name] = request.META.pop(name)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer with its body compressed, and what it was made from."""

    version: int
    made_at: float
    etag: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    page: tuple[str, int] = ("", 0)

    def holds(self, version: int, now: float) -> bool:
        """Whether nothing was published since, and its minute has not ended."""
        return self.version == version and self.made_at // _MINUTE == now // _MINUTE


class PageCacheMiddleware:
    """Answers from what was kept, and keeps what may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._gzip = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (settings.PORTAL_PAGE_CACHE and _may_be_kept(request)):
            return self.get_response(request)
        key = hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()
        version, now = content_version(), time.time()
        kept = self._find(key, version, now)
        if kept and kept.holds(version, now):
            return _answer(request, kept)
        if request.method == "HEAD":
            return self.get_response(request)
        if kept is None:
            return self._make(request, key, version, now)
        is_maker = caches[SHARED].add(f"making:{key}", 1, _MAKING_SECONDS)
        if not is_maker and now - kept.made_at < _STALE_SECONDS:
            return _answer(request, kept)
        try:
            response = self._make(request, key, version, now)
            if not hasattr(request, "is_kept"):
                self._forget(key)
            return response
        finally:
            caches[SHARED].delete(f"making:{key}")

    def _find(self, key: str, version: int, now: float) -> KeptPage | None:
        """From this process, else from what all of them share."""
        nearby: KeptPage | None = caches[NEARBY].get(key)
        if nearby and nearby.holds(version, now):
            return nearby
        shared: KeptPage | None = caches[SHARED].get(key)
        if shared:
            caches[NEARBY].set(key, shared, _MINUTE)
        return shared

    def _make(self, request: HttpRequest, key: str, version: int, now: float) -> HttpResponse:
        request.asked = {}  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not hasattr(request, "public_page"):
            return response
        request.META.update(request.asked)  # type: ignore[attr-defined]
        if not _may_keep(request, response):
            packed = self._gzip.process_response(request, response)
            conditional = get_conditional_response(request, packed.get("ETag"), None, packed)  # type: ignore[arg-type]
            return conditional or packed  # type: ignore[return-value]
        request.is_kept = True  # type: ignore[attr-defined]
        kept = _kept(request, response, version, now)
        caches[SHARED].set(key, kept, _STALE_SECONDS)
        caches[NEARBY].set(key, kept, _MINUTE)
        return _answer(request, kept, is_counted=False)

    def _forget(self, key: str) -> None:
        """What is no longer public is given to nobody, not even for a while."""
        for alias in (NEARBY, SHARED):
            caches[alias].delete(key)


def _may_be_kept(request: HttpRequest) -> bool:
    """Asked without any cookie, and without a question."""
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request.META:
        return False
    if getattr(request, "is_dummy", False):  # the editor's preview asks for a draft
        return False
    query = request.META.get("QUERY_STRING", "")
    return not request.COOKIES and (not query or _PAGE_NUMBER.fullmatch(query) is not None)


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """A public page that was found, without anything of one reader's own."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if getattr(request, "is_preview", False) or not hasattr(request, "public_page"):
        return False
    control = response.get("Cache-Control", "").lower()
    if any(word in control for word in ("private", "no-store", "no-cache")):
        return False
    if "cookie" in response.get("Vary", "").lower():
        return False
    return not (response.has_header("Content-Encoding") or _SENDS.search(response.content))


def _kept(request: HttpRequest, response: HttpResponse, version: int, now: float) -> KeptPage:
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    return KeptPage(
        version=version,
        made_at=now,
        # Weak: the same text, compressed or not.
        etag=f'W/"{digest}"',
        body=gzip.compress(response.content, compresslevel=6, mtime=0),
        headers={name: value for name, value in response.items() if name.lower() not in _LEFT_OUT},
        page=request.public_page,  # type: ignore[attr-defined]
    )


def _answer(request: HttpRequest, kept: KeptPage, *, is_counted: bool = True) -> HttpResponse:
    """The page as this reader can take it, or 304; a reading of it is told to who counts them."""
    is_packed = bool(_ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    response = HttpResponse(kept.body if is_packed else gzip.decompress(kept.body))
    for name, value in kept.headers.items():
        response.headers[name] = value
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = kept.etag
    response.headers["X-Accel-Expires"] = "1"
    patch_vary_headers(response, ["Accept-Encoding"])
    if is_counted and kept.page[0]:
        model, pk = kept.page
        page_read.send(sender=None, request=request, model=model, pk=pk)
    changed = parse_http_date_safe(kept.headers.get("Last-Modified", ""))
    return get_conditional_response(request, kept.etag, changed, response) or response
