"""A language shows what exists in it, and nothing else."""

from django.utils import translation

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from home.services import UntranslatedStrings, open_language, strings_to_translate, translate
from portal.crisis.models import HelpLine
from tests.factories.home import CrisisPageFactory, HelpLineFactory, StandardPageFactory

WORDS = {
    "Quelqu’un peut vous répondre, maintenant": "Someone can answer you, now",
    "aide": "help",
    "Quelqu’un veut mourir": "Someone wants to die",
    "Restez là.": "Stay there.",
}


@pytest.fixture
def crisis_page(home_page):
    HelpLine.objects.all().delete()
    page = CrisisPageFactory(
        parent=home_page,
        advice=[("advice", {"situation": "Quelqu’un veut mourir", "steps": ["Restez là."]})],
    )
    page.save_revision().publish()
    return page


def soup_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_crisis_page_is_read_in_english(
    client, crisis_page, home_page, django_capture_on_commit_callbacks
):
    open_language(home_page, "en", title="Mental health")
    with django_capture_on_commit_callbacks(execute=True):
        page = translate(crisis_page, "en", WORDS)

    soup = soup_of(client, "/en/help/")
    assert page.url == "/en/help/"
    assert soup.html["lang"] == "en"
    assert soup.h1.text == "Someone can answer you, now"
    assert "Stay there." in soup.main.text
    assert "Restez là" not in soup.main.text


def test_a_translation_that_lacks_words_is_not_published(crisis_page, home_page):
    english = open_language(home_page, "en", title="Mental health")
    with pytest.raises(UntranslatedStrings) as error:
        translate(crisis_page, "en", {"aide": "help"})

    assert "Restez là." in error.value.strings
    assert not english.get_children().exists()


def test_the_strings_to_translate_can_be_listed(crisis_page):
    assert set(WORDS) == set(strings_to_translate(crisis_page))


def test_a_number_without_translation_is_given_in_french_and_says_so(
    client, crisis_page, home_page, django_capture_on_commit_callbacks
):
    line = HelpLineFactory(situation="Idées suicidaires", name="Prévention", is_crisis=True)
    HelpLineFactory(situation="Urgence médicale", name="SAMU", number="15", is_crisis=True)
    open_language(home_page, "en", title="Mental health")
    with django_capture_on_commit_callbacks(execute=True):
        translate(crisis_page, "en", WORDS)
    translate(line, "en", {"Idées suicidaires": "Suicidal thoughts", "Prévention": "Helpline"})

    main = soup_of(client, "/en/help/").main
    assert main.find("h3", string="Suicidal thoughts").get("lang") is None
    assert main.find("h3", string="Urgence médicale")["lang"] == "fr"
    assert main.find("h3", string="Idées suicidaires") is None
    assert main.find("a", href="tel:3114")


def test_translating_twice_changes_nothing_twice(
    crisis_page, home_page, django_capture_on_commit_callbacks
):
    open_language(home_page, "en", title="Mental health")
    with django_capture_on_commit_callbacks(execute=True):
        first = translate(crisis_page, "en", WORDS)
        second = translate(crisis_page, "en", WORDS)

    assert first.pk == second.pk


def test_the_home_page_of_a_language_lists_what_exists_in_it(
    client, crisis_page, home_page, django_capture_on_commit_callbacks
):
    StandardPageFactory(parent=home_page, title="Une page en français")
    open_language(home_page, "en", title="Mental health", summary="Where to find help.")
    with django_capture_on_commit_callbacks(execute=True):
        translate(crisis_page, "en", WORDS)

    main = soup_of(client, "/en/").main
    assert main.h1.text == "Mental health"
    assert main.find("a", href="/en/help/")
    assert "Une page en français" not in main.text
    assert main.find("a", href="/")["lang"] == "fr"


@pytest.mark.parametrize(
    ("address", "real", "words"),
    [
        ("/ar/", "/", "هذه الصفحة متوفرة بالفرنسية فقط"),
        ("/ar/aide/", "/aide/", "لم يراجع أحد هذه الترجمة"),
        ("/en/aide/", "/aide/", "This page exists in French only"),
        ("/fr-simple/aide/", "/aide/", "n’existe pas en « Français facile à lire »"),
    ],
)
def test_french_words_are_never_shown_under_another_flag(client, crisis_page, address, real, words):
    Locale.objects.get_or_create(language_code=address.split("/")[1])
    with translation.override("fr"):
        response = client.get(address)

    assert response.status_code == 404
    main = BeautifulSoup(response.content, "html.parser").main
    assert main.find("a", hreflang="fr")["href"] == real
    assert words in main.text
    assert main.find("a", href="tel:3114")


def test_an_address_of_french_leads_to_the_translation_that_has_another(
    client, crisis_page, home_page, django_capture_on_commit_callbacks
):
    open_language(home_page, "en", title="Mental health", summary="Where to find help.")
    with django_capture_on_commit_callbacks(execute=True):
        translate(crisis_page, "en", WORDS)
    response = client.get("/en/aide/")
    assert (response.status_code, response["Location"]) == (302, "/en/help/")


def test_an_address_that_exists_in_no_language_stays_not_found(client, crisis_page, home_page):
    open_language(home_page, "en", title="Mental health", summary="Where to find help.")
    response = client.get("/en/nowhere/")
    assert response.status_code == 404
    assert b"hreflang" not in response.content.split(b"<main")[1]


def test_the_same_words_lead_to_one_place(client, home_page):
    """The version of a page in easy French is not named as the page that gathers them all."""
    StandardPageFactory(
        parent=home_page, title="Facile à lire", slug="facile-a-lire", show_in_menus=True
    )
    open_language(home_page, "fr-simple", title="Facile à lire")

    soup = soup_of(client, "/")
    links = soup.find(id="menu")("a") + soup.find(id="page-languages")("a")
    names = [link.get_text(" ", strip=True) for link in links]
    assert len(names) == len(set(names))
    assert sum("acile" in name for name in names) == 2
