"""No English, and none of Wagtail's jargon, on the screens of a coordinator's day."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

import wagtail
import wagtail_localize
from wagtail.models import Collection, Page

import polib
import pytest

from home.models import HomePage
from portal.translations.catalogues import CatalogueMessage, messages_of
from portal.users.groups import ensure_groups
from tests.editor.test_menu import links
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.newsletter import (
    LetterIndexPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.users import member_of

UPSTREAM = (Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent)
OURS = settings.BASE_DIR / "portal" / "editor" / "locale" / "fr" / "LC_MESSAGES"
#: The same word in both languages, or a name.
SAME_IN_FRENCH = {
    *("action", "actions", "alias", "application", "code", "collection", "collections", "date"),
    *(
        "description",
        "document",
        "documents",
        "format",
        "image",
        "images",
        "maximum",
        "minimum",
        "email",
    ),
    *("notifications", "page", "pages", "pagination", "permanent", "permission", "port", "public"),
    *("section", "site", "sites", "source", "type", "parent", "id", "url", "0 minutes", "1 page"),
    "admin",
    *("monospace (code)", "app", "wagtail api v2", "wagtail api v3"),
}
#: Parts of Wagtail that the portal does not use.
NOT_INSTALLED = re.compile(
    r"/tests?/|/project_template|/management/|wagtail/locales/"
    r"|/contrib/(forms|search_promotions|simple_translation|styleguide)/"
)
#: Words of the trade of Wagtail, which mean nothing to who writes, and both genders at once.
JARGON = re.compile(
    r"\b(workflows?|fragments?|snippets?|slugs?|items?|root|status|locales?)\b|\((e|s|te|tte|la)\)",
    re.IGNORECASE,
)


@cache
def upstream_messages() -> dict[CatalogueMessage, str]:
    """The messages of the code of Wagtail and wagtail-localize, with the file of each."""
    found: dict[CatalogueMessage, str] = {}
    for root in UPSTREAM:
        for file in root.rglob("*"):
            name = file.relative_to(root.parent).as_posix()
            if file.suffix not in (".py", ".html", ".txt") or NOT_INSTALLED.search(name):
                continue
            text = file.read_text(encoding="utf-8")
            if "trans" in text or "gettext" in text:
                # The name says to the reader of catalogues where it is in a project.
                where = f"templates/{file.name}" if file.suffix != ".py" else file.name
                found |= dict.fromkeys(messages_of(where, text), name)
    return found


def in_french(message: CatalogueMessage) -> str:
    """What people read in the place of a message; for several things when it counts some."""
    with translation.override("fr"):
        if message.msgid_plural:
            return ngettext(message.msgid, message.msgid_plural, 2)
        if message.msgctxt:
            return pgettext(message.msgctxt, message.msgid)
        return gettext(message.msgid)


def is_english(message: CatalogueMessage) -> bool:
    """Whether what people read is the English sentence itself."""
    said = in_french(message)
    words = re.sub(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>", "", said).strip(" -:").lower()
    return said == (message.msgid_plural or message.msgid) and words not in {"", *SAME_IN_FRENCH}


VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class VisibleText(HTMLParser):
    """What a person reads or hears of a page, piece by piece."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        #: The elements that are open, each with whether it is hidden.
        self.open: list[tuple[str, bool]] = []
        self.feed(html)

    @property
    def is_hidden(self) -> bool:
        return any(hidden for _tag, hidden in self.open)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            hidden = tag in ("script", "style") or "hidden" in dict(attrs)
            self.open.append((tag, hidden))
        named = ("aria-label", "title", "placeholder", "alt")
        if not self.is_hidden:
            self.pieces += [value for name, value in attrs if name in named and value]

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in {name for name, _hidden in self.open}:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.is_hidden:
            self.pieces.append(" ".join(data.split()))


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_compiled_catalogue_is_that_of_the_sentences(name: str) -> None:
    catalogue = polib.pofile(str(OURS / f"{name}.po"))
    assert (OURS / f"{name}.mo").read_bytes() == catalogue.to_binary()
    assert not catalogue.untranslated_entries()


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_a_sentence_keeps_the_places_that_it_fills(name: str) -> None:
    for entry in polib.pofile(str(OURS / f"{name}.po")):
        known = set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%s", entry.msgid + entry.msgid_plural))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%s", said)) <= known, entry.msgid


def test_the_editor_has_no_word_of_jargon_nor_both_genders_at_once() -> None:
    for entry in polib.pofile(str(OURS / "django.po")):
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            shown = re.sub(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>|\[my-slug\]", "", said)
            assert not JARGON.search(shown), (entry.msgid, said)


def test_every_sentence_of_wagtail_is_said_in_french() -> None:
    left = {
        message.msgid: file for message, file in upstream_messages().items() if is_english(message)
    }
    assert left == {}


def test_the_roots_have_french_names(db: None) -> None:
    ensure_groups()
    assert Page.get_first_root_node().title == "Tout le site"
    assert Collection.get_first_root_node().name == "Tous les fichiers"


def screens(user: Any) -> list[str]:
    """The addresses of a coordinator's day: the menu, and the screens of a page."""
    home = HomePage.objects.get()
    action = ActionPageFactory(parent=ActionIndexPageFactory(parent=home))
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home))
    LetterIndexPageFactory(parent=home)
    news.save_revision(user=user).publish(user=user)
    names = ("edit", "history", "workflow_history", "unpublish", "delete", "move", "copy", "usage")
    pages = [reverse(f"wagtailadmin_pages:{name}", args=[news.pk]) for name in names]
    return [
        *links(user),
        *pages,
        reverse("wagtailadmin_pages:edit", args=[action.pk]),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[home.pk]),
        reverse("wagtail_localize:submit_page_translation", args=[news.pk]),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
        reverse("wagtailadmin_account"),
    ]


def test_a_coordinator_reads_no_english_and_no_jargon(client: Client, communes: None) -> None:
    user = member_of("Coordination")
    client.force_login(user)
    english = {message.msgid.strip().lower() for message in upstream_messages()} - SAME_IN_FRENCH
    found = {}
    for url in screens(user):
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        for piece in VisibleText(answer.content.decode()).pieces:
            if piece.lower() in english or JARGON.search(piece):
                found.setdefault(piece, url)
    assert found == {}
