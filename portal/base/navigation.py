"""Navigation of a page: menu, languages, footer.

Each costs one query whatever the number of links, and none until an editor changes them.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from wagtail.models import Page, Site, SiteRootPath

from portal.base.querysets import with_menu_title
from portal.cache.cached import get_or_set
from portal.cache.held import held

HOME_DEPTH = 2  # the home page of each language is a child of the tree's root
CRISIS_ADDRESS = "/aide/"


class MenuItem(NamedTuple):
    """``current`` is the value of ``aria-current``: « page », « true » above it, or empty.

    ``language`` is said when the title is not in the language of the page.
    """

    title: str
    url: str
    current: str = ""
    language: str = ""


class MenuLink(NamedTuple):
    """A page of the menu, and its place in the tree."""

    title: str
    url: str
    path: str


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    current: bool = False


class FooterColumn(NamedTuple):
    title: str
    links: list[MenuItem]
    language: str = ""


def menu_items(request: HttpRequest | None, page: Page | None) -> list[MenuItem]:
    """The pages that editors show in the menu, in the language of the page."""
    home_path = _home_path(request, page)
    if not home_path:
        return []
    links = get_or_set(f"menu:{home_path}", lambda: _menu_links(home_path))
    return [MenuItem(link.title, link.url, _current(link.path, page)) for link in links]


def _menu_links(home_path: str) -> list[MenuLink]:
    children = Page.objects.filter(path__startswith=home_path, depth=HOME_DEPTH + 1)
    return [
        MenuLink(item.menu_title, item.url or "", item.path)
        for item in with_menu_title(children.live().in_menu().order_by("path"))
    ]


def language_links(page: Page, request: HttpRequest | None = None) -> list[LanguageLink]:
    """The languages in which this page can be read, its own included; none when alone.

    An alias that waits for its translation repeats the French words: it does not count.
    """
    versions = (
        Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True)
        .live()
        .select_related("locale")
    )
    order = {code: rank for rank, (code, _name) in enumerate(settings.LANGUAGES)}
    languages = [
        LanguageLink(
            code=version.locale.language_code,
            name=language_name(version.locale.language_code),
            url=version.get_full_url(request) or "",
            current=version.pk == page.pk,
        )
        for version in versions
        if version.locale.language_code in order
    ]
    languages.sort(key=lambda language: order[language.code])
    return languages if len(languages) > 1 else []


def language_name(code: str) -> str:
    """A language's name in its own words: a reader looks for that."""
    if code == "fr-simple":
        # Not the name of the page that gathers the easy texts: one name, one place.
        return "Français facile à lire"
    return get_language_info(code)["name_local"].capitalize()


def build_footer_columns(footer: Any) -> list[FooterColumn]:
    """The footer's columns, each link leading to the page's version in the current language.

    Editors type its words once: those that stay in French say so. A link whose page was
    deleted since is left out.
    """
    return get_or_set(f"footer:{get_language()}", lambda: _read_columns(footer))


def _read_columns(footer: Any) -> list[FooterColumn]:
    columns = [block.value for block in footer]
    links = [link for column in columns for link in column["links"]]
    translations = _translations([link["page"] for link in links if link.get("page")])
    return [
        FooterColumn(
            column["title"],
            [item for link in column["links"] if (item := _footer_link(link, translations)).url],
            typed_language(),
        )
        for column in columns
    ]


def default_footer_columns() -> list[FooterColumn]:
    """What the footer shows until an editor writes it, and on error pages."""
    return [
        FooterColumn(
            _("Trouver de l’aide"),
            [
                MenuItem(_("L’annuaire des ressources"), "/annuaire/"),
                MenuItem(_("Aide maintenant"), "/aide/"),
            ],
        ),
    ]


def _footer_link(link: Any, translations: dict[Any, Page]) -> MenuItem:
    page = link.get("page")
    if page is None:
        return MenuItem(link.text, link.url, language=typed_language())
    version = translations.get(page.translation_key)
    if version is None:
        return MenuItem(link.get("label") or page.title, page.url or "", language=typed_language())
    label = "" if typed_language() else link.get("label")
    return MenuItem(label or version.menu_title, version.url or "")


def _translations(pages: list[Page]) -> dict[Any, Page]:
    language = get_language()
    if not pages or language in (None, settings.LANGUAGE_CODE):
        return {}
    keys = {page.translation_key for page in pages}
    versions = Page.objects.live().filter(
        translation_key__in=keys, locale__language_code=language, alias_of__isnull=True
    )
    return {version.translation_key: version for version in with_menu_title(versions)}


def typed_language() -> str:
    """The language of what editors type once for all, when the page is in another one.

    « Facile à lire » is French too.
    """
    language = get_language() or settings.LANGUAGE_CODE
    is_same = language.split("-")[0] == settings.LANGUAGE_CODE
    return "" if is_same else settings.LANGUAGE_CODE


def crisis_address(page: Page | None) -> str:
    """Address of the page of immediate help, in the language of the page when there is one."""
    if page is None or not page.path or language_of(page) == settings.LANGUAGE_CODE:
        return CRISIS_ADDRESS
    return get_or_set(f"crisis:{page.locale_id}", lambda: _read_crisis_address(page.locale_id))


def _read_crisis_address(locale_id: int) -> str:
    source = Page.objects.filter(
        slug="aide", depth=HOME_DEPTH + 1, locale__language_code=settings.LANGUAGE_CODE
    )
    version = Page.objects.live().filter(
        translation_key__in=source.values("translation_key"),
        locale_id=locale_id,
        alias_of__isnull=True,
    )
    found = version.first()
    return (found.url if found else "") or CRISIS_ADDRESS


def contact_address(locale_id: int) -> str:
    """Address of the contact page in this language; empty while that page is a draft."""
    return get_or_set(f"contact:{locale_id}", lambda: _read_contact_address(locale_id))


def _read_contact_address(locale_id: int) -> str:
    pages = Page.objects.live().filter(slug="contact", depth=HOME_DEPTH + 1)
    page = pages.filter(locale_id=locale_id).first()
    return (page.url or "") if page else ""


def language_of(page: Page) -> str:
    """The language code of a page, from its address: no query."""
    for root in site_root_paths():
        if page.url_path.startswith(root.root_path):
            return root.language_code
    return page.locale.language_code


def site_root_paths() -> list[SiteRootPath]:
    """Where each language of each site begins, as Wagtail keeps it for all processes."""
    return held("site-root-paths", Site.get_site_root_paths)


def _home_path(request: HttpRequest | None, page: Page | None) -> str:
    if page is not None and page.path and page.depth >= HOME_DEPTH:
        return page.path[: HOME_DEPTH * Page.steplen]
    site = Site.find_for_request(request) if request else None
    if site is None:
        return ""
    home = site.root_page
    if get_language() == settings.LANGUAGE_CODE:
        return home.path
    return home.localized.path


def _current(path: str, page: Page | None) -> str:
    if page is None or not page.path:
        return ""
    if path == page.path:
        return "page"
    return "true" if page.path.startswith(path) else ""
