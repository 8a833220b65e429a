"""The catalogues: every word a reader sees in another language, and no French page changed."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext

import polib
import pytest

from portal.translations.catalogues import (
    EDITOR_FOLDERS,
    EDITOR_MODULES,
    PACKAGES,
    CatalogueMessage,
    catalogue_path,
    message_of,
    messages_of,
    reader_messages,
    update_catalogue,
)

LANGUAGES = ["en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]+>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(catalogue_path(language)))


def pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each sentence of an entry beside its translation."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    yield entry.msgid, entry.msgstr_plural[0]
    yield entry.msgid_plural, entry.msgstr_plural[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_for_readers_is_translated(language: str) -> None:
    translated = {message_of(entry) for entry in catalogue(language).translated_entries()}
    missing = sorted(message.msgid for message in reader_messages().keys() - translated)
    assert not missing, "run: python manage.py compile_catalogues --update, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_nothing_else(language: str) -> None:
    assert {message_of(entry) for entry in catalogue(language)} <= reader_messages().keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_served_is_what_was_translated(language: str) -> None:
    path = catalogue_path(language)
    assert path.with_suffix(".mo").read_bytes() == catalogue(language).to_binary(), (
        "run: python manage.py compile_catalogues"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders_and_links_of_the_french(language: str) -> None:
    for entry in catalogue(language):
        for french, words in pairs(entry):
            assert Counter(PLACEHOLDER.findall(words)) == Counter(PLACEHOLDER.findall(french))
            assert words.strip(" ") == words or french.strip("\u00a0 ") != french, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_leaves_french_typography_to_french(language: str) -> None:
    for entry in catalogue(language):
        for _french, words in pairs(entry):
            assert not re.search(r"[«»]|[ \u00a0\u202f][:;?!]", words), words


@pytest.mark.parametrize("language", ["fr", "fr-simple"])
def test_no_catalogue_changes_a_french_sentence(language: str) -> None:
    with translation.override(language):
        for message in reader_messages():
            assert gettext(message.msgid) == message.msgid
            if message.msgid_plural:
                one, two = (ngettext(message.msgid, message.msgid_plural, n) for n in (1, 2))
                assert (one, two) == (message.msgid, message.msgid_plural)


def test_an_english_reader_gets_the_singular_and_the_plural() -> None:
    with translation.override("en"):
        words = [ngettext("%(n)s action", "%(n)s actions", n) % {"n": n} for n in (0, 1, 2)]
        assert words == ["0 actions", "1 action", "2 actions"]
        assert gettext("Aller au contenu") == "Skip to content"


def test_the_sentences_of_a_template_are_found() -> None:
    text = """{% load i18n %}
    {% translate "Menu" as menu %}{% include "a.html" with b=_("L’aide") %}
    {% blocktranslate count n=n %}{{ n }} lieu{% plural %}{{ n }} lieux{% endblocktranslate %}
    """
    assert list(messages_of("templates/a.html", text)) == [
        CatalogueMessage("Menu"),
        CatalogueMessage("L’aide"),
        CatalogueMessage("%(n)s lieu", "%(n)s lieux"),
    ]


def test_what_only_editors_see_is_left_out() -> None:
    text = """
class Place(Model):
    name = CharField(_("nom"))
    def title(self):
        return _("Lieu ouvert")
    def clean(self):
        raise ValidationError(_("Donnez un nom."))
"""
    assert list(messages_of("resources/models/place.py", text)) == [CatalogueMessage("Lieu ouvert")]
    assert CatalogueMessage("nom") in list(messages_of("resources/forms.py", text))
    assert list(messages_of("resources/wagtail_hooks.py", text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("home/forms.py", 'from a import b\n\nTRANSLATED = False\nTITLE = _("Menu")\n'),
        ("home/management/commands/new.py", 'TITLE = _("Menu")'),
        ("resources/new/import_types.py", 'TITLE = _("Menu")'),
        ("portal/blocks/new.py", 'TITLE = _("Menu")'),
        ("home/blocks.py", 'TITLE = _("Menu")'),
        ("resources/verification/new.py", 'TITLE = _("Menu")'),
        ("portal/mail/domain/new.py", 'TITLE = _("Menu")'),
        ("templates/resources/verification/new.html", '{% translate "Menu" %}'),
        ("templates/resources/verification/new/new.html", '{% translate "Menu" %}'),
        ("templates/review/new.html", '{% translate "Menu" %}'),
        ("templates/newsletter/admin/new.html", '{% translate "Menu" %}'),
        ("templates/mail/new.txt", '{% translate "Menu" %}'),
        ("templates/home/new.html", '{# Not translated: why. #}{% translate "Menu" %}'),
    ],
)
def test_a_file_is_set_aside_by_its_place_its_package_or_itself(name: str, text: str) -> None:
    assert list(messages_of(name, text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("resources/listing/new.py", 'TITLE = _("Menu")'),
        ("portal/mail/new.py", 'TITLE = _("Menu")'),
        ("templates/resources/listing/new.html", '{# of the list #}{% translate "Menu" %}'),
        ("templates/blocks/home/new.html", '{% translate "Menu" %}'),
        ("templates/home/new.html", '{% translate "Menu" %}{# Not translated: too late #}'),
    ],
)
def test_any_other_file_is_for_readers(name: str, text: str) -> None:
    assert list(messages_of(name, text)) == [CatalogueMessage("Menu")]


def test_the_names_that_are_set_aside_are_in_use() -> None:
    files = [
        path.relative_to(settings.BASE_DIR)
        for package in PACKAGES
        for path in (settings.BASE_DIR / package).rglob("*.py")
    ]
    assert {folder for path in files for folder in path.parts[:-1]} >= EDITOR_FOLDERS
    assert {path.stem for path in files} >= EDITOR_MODULES


def test_a_catalogue_is_brought_up_to_date_with_the_code(tmp_path: Path) -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Plus personne ne dit cela", msgstr="Nobody says that now"))
    old.append(polib.POEntry(msgid="Menu", msgstr="Menu"))
    added, gone = update_catalogue(old)
    assert (added, gone) == (len(reader_messages()) - 1, 1)
    assert old.find("Menu").msgstr == "Menu"
    assert not old.find("Aller au contenu").translated()


def test_the_command_compiles_without_the_gettext_tools(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    source = catalogue_path("en").read_text(encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    path = catalogue_path("en")
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    call_command("compile_catalogues", "--update", verbosity=0)
    assert polib.mofile(str(path.with_suffix(".mo"))).find("Menu principal").msgstr == "Main menu"
    assert path.read_text(encoding="utf-8") == source
