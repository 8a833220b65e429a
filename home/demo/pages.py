"""The tree of pages that every portal has, and what a department changes to it."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from wagtail.models import Locale, Page

from actions.models import RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from home.demo.files import REFERENCE, ContentEntry, read_yaml
from home.demo.needs import FIELDS, fill_need_page
from home.demo.seeder import PAGES, DemoSeeder, publish
from home.demo.settings import DepartmentSetup, make_home_the_site_root
from home.demo.text import body_blocks, rich_text, stream
from home.models import (
    ContactPage,
    CrisisPage,
    GlossaryPage,
    HomePage,
    NeedPage,
    PtsmPage,
    RightsPage,
    StandardPage,
    TerritoryIndexPage,
    YouthPage,
)
from newsletter.models import EventIndexPage, NewsIndexPage
from newsletter.subscription.models import LetterIndexPage
from portal.base.models import PortalSettings
from resources.listing.models import DirectoryPage
from resources.sectors.models import SectorFinderPage

PAGE_TYPES: dict[str, type[Page]] = {
    "home": HomePage,
    "crisis": CrisisPage,
    "need": NeedPage,
    "directory": DirectoryPage,
    "sector-finder": SectorFinderPage,
    "ptsm": PtsmPage,
    "recommendations": RecommendationIndexPage,
    "actions": ActionIndexPage,
    "news": NewsIndexPage,
    "agenda": EventIndexPage,
    "letter": LetterIndexPage,
    "glossary": GlossaryPage,
    "contact": ContactPage,
    "standard": StandardPage,
    "territories": TerritoryIndexPage,
    "youth": YouthPage,
    "rights": RightsPage,
}
_BODY_FIELD = {
    "directory": "not_found_help",
    "sector-finder": "unsure_help",
    "glossary": "intro",
}
_REQUIRED = ("key", "type", "slug", "title")
_OPTIONAL = (
    "parent", "publish", "in_menus", "short_title", "summary", "body", "thanks", "advice",
    "sections", "sections_more", "accessibility", "sheet", "sources", "checked_on", *FIELDS,
)  # fmt: skip


def read_pages(department: DepartmentSetup, changes: Path | None = None) -> list[ContentEntry]:
    """The skeleton, with the changes of a department and the pages it adds."""
    pages = {
        entry["key"]: entry
        for name in ("pages.yaml", "needs.yaml", "rights.yaml")
        for entry in read_yaml(REFERENCE / name)
    }
    for change in read_yaml(changes) if changes else []:
        known = pages.get(change.get("key"))
        # A page that a department writes is a page it publishes.
        pages[change["key"]] = known.merged(change | {"publish": True}) if known else change
    return [department.say_all(page).expect(_REQUIRED, _OPTIONAL) for page in pages.values()]


def build_pages(seeder: DemoSeeder, pages: Iterable[ContentEntry], locale: Locale) -> None:
    """Make every page as a draft; their texts come once all of them can be linked."""
    root = Page.get_first_root_node()
    for entry in pages:
        if entry["type"] not in PAGE_TYPES:
            raise entry.error(f"type de page inconnu « {entry['type']} ».")
        is_home = entry["type"] == "home"
        parent = root if is_home else seeder.get(f"page:{entry.get('parent', 'home')}")
        page = seeder.page(
            PAGES,
            f"page:{entry['key']}",
            parent,
            partial(_page, entry, locale),
            entry,
        )
        if is_home and "page:home" in seeder.fresh:
            make_home_the_site_root(page)


def _page(entry: ContentEntry, locale: Locale) -> Page:
    return PAGE_TYPES[entry["type"]](
        title=entry["title"],
        slug=slugify(entry["slug"]),
        short_title=entry.get("short_title", ""),
        summary=entry.get("summary", ""),
        show_in_menus=entry.get("in_menus", False),
        locale=locale,
    )


def fill_pages(seeder: DemoSeeder, pages: Iterable[ContentEntry]) -> None:
    """Write the texts of the pages made by this run, and publish those that are true.

    The home page comes last: it leads to the pages that are published.
    """
    for entry in sorted(pages, key=lambda entry: entry["type"] == "home"):
        key = f"page:{entry['key']}"
        if key not in seeder.fresh:
            continue
        page = seeder.get(key)
        page.refresh_from_db()  # its place in the tree moved while others were made
        if entry["type"] == "need":
            fill_need_page(seeder, page, entry)
        else:
            _fill(seeder, page, entry)
        if entry.get("publish"):
            publish(page)
        else:
            page.save_revision()


def _fill(seeder: DemoSeeder, page: Any, entry: ContentEntry) -> None:
    """Write the texts and sections of a page that is not one of a need."""
    if "body" in entry:
        field = _BODY_FIELD.get(entry["type"], "body")
        written = body_blocks(entry["body"], seeder.get)
        if entry.get("accessibility"):
            written.insert(0, {"type": "accessibility", "value": {}})
        if "sheet" in entry:
            written.append({"type": "sheet", "value": _sheet(entry["sheet"])})
        stream(page, field, written)
    if "sources" in entry:
        page.sources = rich_text(entry["sources"], seeder.get)
        page.checked_on = entry["checked_on"]
    if "thanks" in entry:
        page.thanks = rich_text(entry["thanks"], seeder.get)
    if "advice" in entry:
        stream(page, "advice", [{"type": "advice", "value": one} for one in entry["advice"]])
    sections = [*entry.get("sections", []), *entry.get("sections_more", [])]
    if sections:
        stream(page, "body", [_section(seeder, section) for section in sections])


def _sheet(sheet: ContentEntry) -> dict[str, Any]:
    sheet.expect(["title", "fields", "signatures"])
    fields = [{"hint": "", "lines": 3, **field} for field in sheet["fields"]]
    return {**sheet, "fields": fields}


def _section(seeder: DemoSeeder, section: ContentEntry) -> dict[str, Any]:
    """One section of the home page: ``page`` and ``address`` become links."""
    section.expect([], ["hero", "needs", "ptsm", "latest", "letter"])
    ((kind, value),) = section.items()
    value = dict(value)
    if kind == "needs":
        value.setdefault("title", "De quoi avez-vous besoin ?")
        value["needs"] = [_need(seeder, need) for need in value["needs"]]
    elif kind == "hero":
        value.setdefault("search_what", "Ex. : parler, CMP, GEM…")
    elif kind == "ptsm":
        value = {
            "over": "Le PTSM, projet territorial de santé mentale",
            "title": "Un projet commun, en trois phrases",
            "text": value["text"],
            "link": _link(seeder, section[kind]),
        }
    elif kind == "latest":
        value = {
            "agenda_title": "Agenda",
            "agenda_link": _link(seeder, section[kind], "agenda_"),
            "news_title": "Nouvelles",
            "news_link": _link(seeder, section[kind], "news_"),
        }
    elif kind == "letter":
        value = {
            "title": value["title"],
            "text": value["text"],
            "link": _link(seeder, section[kind]),
        }
    return {"type": kind, "value": value}


def _need(seeder: DemoSeeder, need: ContentEntry) -> dict[str, Any]:
    need.expect(["icon", "label", "text"], ["page", "address", "is_crisis"])
    return {
        "icon": need["icon"],
        "link": _link(seeder, need),
        "text": need["text"],
        "is_crisis": need.get("is_crisis", False),
    }


def _link(seeder: DemoSeeder, entry: ContentEntry, prefix: str = "") -> dict[str, Any]:
    label = entry.get(f"{prefix}label", "")
    address = entry.get(f"{prefix}address", "")
    if key := entry.get(f"{prefix}page"):
        page = seeder.needed(f"page:{key}", entry)
        # With an address too: until the page is published, the address stands in for it.
        if page is None or not address or Page.objects.live().filter(pk=page.pk).exists():
            return {"label": label, "page": page.pk if page else None, "address": ""}
    return {"label": label, "page": None, "address": address}


FOOTER = (
    ("Trouver de l’aide", ("annuaire", "aide", "facile-a-lire", "lexique")),
    ("Comprendre le PTSM", ("ptsm", "recommandations", "actions", "territoires")),
    ("Rester en lien", ("actualites", "agenda", "lettre", "contact")),
    ("Ce site", ("accessibilite", "donnees-personnelles", "mentions-legales", "a-propos")),
)
_FOOTER_LABELS = {
    "aide": "Aide maintenant",
    "annuaire": "L’annuaire des ressources",
    "facile-a-lire": "Version facile à lire",
    "ptsm": "Priorités et gouvernance",
    "recommandations": "Recommandations",
    "accessibilite": "Accessibilité : non conforme, audit à venir",
}


def build_footer(seeder: DemoSeeder) -> None:
    """The columns of links, with the published pages only; left alone once they exist."""
    portal = PortalSettings.load()
    if "settings" not in seeder.fresh or portal.footer:
        return
    live = set(Page.objects.live().values_list("pk", flat=True))
    columns = []
    for title, keys in FOOTER:
        pages = [(key, seeder.get(f"page:{key}")) for key in keys]
        links = [
            {"label": _FOOTER_LABELS.get(key, ""), "page": page.pk, "address": ""}
            for key, page in pages
            if page and page.pk in live
        ]
        if links:
            columns.append({"type": "column", "value": {"title": title, "links": links}})
    block = PortalSettings._meta.get_field("footer").stream_block
    portal.footer = block.clean(block.to_python(columns))
    portal.full_clean()
    portal.save()
