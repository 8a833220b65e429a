"""Where a reader's address leads: Wagtail's own view, spared what this process knows already."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language

from wagtail import views
from wagtail.models import Page, Site

from portal.base.untranslated_pages import serve_untranslated, source_page_at
from portal.cache.held import copy_of, held


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page of ``path``, below the home page of the site and of the language asked for."""
    _route(request, path)
    try:
        response: HttpResponseBase = views.serve(request, path)
    except Http404:
        page = source_page_at(request, path)
        if page is None:
            raise
        return serve_untranslated(request, page)
    return response


def _route(request: HttpRequest, path: str) -> None:
    """Write on the request what ``Page.route_for_request`` would find with four queries."""
    host = request.get_host()
    site = held(f"site:{host}", lambda: Site._find_for_request(request))
    if site is None:
        return
    request._wagtail_site = site  # type: ignore[attr-defined]
    home = held(f"home:{site.pk}:{get_language()}", lambda: _home(site))
    components = [component for component in path.split("/") if component]
    try:
        found = copy_of(home).route(request, components)
    except Http404:
        found = None
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]


def _home(site: Site) -> Page:
    """The home page in the language asked for when it has one that is live: one query."""
    root = site.root_page
    kind = root.specific_class or Page
    homes = kind._default_manager.filter(translation_key=root.translation_key)
    known = {home.locale.language_code: home for home in homes.select_related("locale")}
    wanted = known.get(get_language() or "")
    own = next((home for home in known.values() if home.pk == root.pk), root)
    return wanted if wanted is not None and wanted.live else own
