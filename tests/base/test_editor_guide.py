"""The editor's guide names the menus and the buttons as the screens do."""

import re
from pathlib import Path

from django.conf import settings

import wagtail.admin.urls
import wagtail_localize
from wagtail.admin.menu import Menu, admin_menu

import polib
import pytest

GUIDE = (settings.BASE_DIR / "portal" / "docs" / "editor-guide.md").read_text(encoding="utf-8")
MENU_PATHS = sorted(set(re.findall(r"\*\*([^*]+ › [^*]+)\*\*", GUIDE)))
#: Without what is typed (hours, numbers), which has figures.
QUOTED = sorted(one for one in set(re.findall(r"«\s(.+?)\s»", GUIDE)) if not re.search(r"\d", one))
#: What is quoted as an example of what people write, and is on no screen.
EXAMPLES = {
    "l’usager",
    "la liste des GEM",
    "les GEM près de chez vous",
    "je n’ai rien reçu",
    "à revoir",
    "À écrire : …",
}
PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search", "templates")


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("'", "’").lower()


def menu_labels(menu: Menu, above: str = "") -> set[str]:
    found = set()
    for item in menu.registered_menu_items:
        path = f"{above}{item.label}"
        found |= {path}
        if hasattr(item, "menu"):
            found |= menu_labels(item.menu, f"{path} › ")
    return found


@pytest.mark.parametrize("path", MENU_PATHS)
def test_a_menu_is_named_as_on_the_screen(path: str) -> None:
    assert path in menu_labels(admin_menu)


@pytest.fixture(scope="module")
def words_of_screens() -> str:
    """All that our code and templates, Wagtail's and wagtail-localize's catalogues may show."""
    files = (
        file
        for package in PACKAGES
        for ending in ("py", "html", "yaml")
        for file in (settings.BASE_DIR / package).rglob(f"*.{ending}")
    )
    own = "\n".join(file.read_text(encoding="utf-8") for file in files)
    catalogues = (
        file
        for folder in (Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent)
        for file in folder.rglob("locale/fr/LC_MESSAGES/django.po")
    )
    others = [entry.msgstr for file in catalogues for entry in polib.pofile(str(file))]
    # A long sentence of the code is on several lines.
    return plain("\n".join([re.sub(r'"\s*\n\s*"', "", own), *others]))


def is_example(words: str) -> bool:
    return plain(words) in {plain(one) for one in EXAMPLES}


@pytest.mark.parametrize("words", [one for one in QUOTED if not is_example(one)])
def test_a_button_or_a_field_is_named_as_on_the_screen(words: str, words_of_screens: str) -> None:
    assert plain(words) in words_of_screens
