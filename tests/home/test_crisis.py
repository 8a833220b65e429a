"""The page that a person in distress opens."""

import re
from datetime import date

from django.utils import translation
from django.utils.translation import gettext

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup
from bs4.element import PageElement

from home.models import CrisisPage, HomePage
from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from portal.translations.catalogues import reader_messages
from resources.models import ResourcePage, ResourceType
from tests.factories.home import CrisisPageFactory, HelpLineFactory


@pytest.fixture
def crisis_page(home_page: HomePage) -> CrisisPage:
    HelpLine.objects.all().delete()
    return CrisisPageFactory(parent=home_page)


def main_of(client, address="/aide/"):
    return BeautifulSoup(client.get(address).content, "html.parser").main


def test_each_situation_has_its_number_and_crises_come_first(client, crisis_page):
    HelpLineFactory(situation="Un enfant est en danger", number="119", order=1)
    HelpLineFactory(situation="J’ai des idées suicidaires", number="3114", is_crisis=True, order=9)

    main = main_of(client)
    assert [h.text for h in main.find_all("h3")] == [
        "J’ai des idées suicidaires",
        "Un enfant est en danger",
    ]
    assert main.find("a", href="tel:3114")
    assert main.find("a", href="tel:119")


def test_only_crisis_numbers_wear_the_colour_of_immediate_help(client, crisis_page):
    HelpLineFactory(number="119")
    HelpLineFactory(number="3114", is_crisis=True)

    main = main_of(client)
    assert "crisis" in main.find("a", href="tel:3114")["class"]
    assert "crisis" not in main.find("a", href="tel:119")["class"]


def test_a_number_that_nobody_checked_is_not_shown(client, crisis_page):
    HelpLineFactory(number="0800", verified_on=None)

    assert main_of(client).find("a", href="tel:0800") is None


def test_a_number_for_texting_opens_a_text(client, crisis_page):
    HelpLineFactory(number="114", channel="sms", is_crisis=True)

    assert main_of(client).find("a", href="sms:114")


def test_the_oldest_check_is_said(client, crisis_page):
    HelpLineFactory(verified_on=date(2026, 11, 3))
    HelpLineFactory(verified_on=date(2026, 5, 7))

    assert "7 mai 2026" in main_of(client).text


def test_the_national_numbers_stand_without_any_help_line(client, crisis_page):
    assert main_of(client).find("a", href="tel:3114")


def test_the_emergency_doors_of_the_directory_are_shown(client, crisis_page, home_page):
    kind = ResourceType.objects.create(
        locale=Locale.get_default(), code="URGENCES_PSY", name="Urgences psychiatriques"
    )
    other = ResourceType.objects.create(locale=Locale.get_default(), code="GEM_X", name="Autre")
    for title, type_, is_emergency in [
        ("Urgences de l’hôpital", kind, False),
        ("Accueil de crise", other, True),
        ("Un lieu tranquille", other, False),
    ]:
        home_page.add_child(
            instance=ResourcePage(
                title=title, type=type_, is_emergency=is_emergency, phone="04 65 71 00 00"
            )
        )

    section = main_of(client).find(id="sur-place")
    assert [h.text for h in section.find_all("h3")] == ["Accueil de crise", "Urgences de l’hôpital"]
    assert section.find("a", href="tel:+33465710000")


def test_what_to_do_is_told_step_by_step(client, crisis_page):
    crisis_page.advice = [
        ("advice", {"situation": "Quelqu’un veut mourir", "steps": ["Restez là.", "Appelez."]})
    ]
    crisis_page.save_revision().publish()

    section = main_of(client).find(id="que-faire")
    assert section.h3.text == "Quelqu’un veut mourir"
    assert [li.text.strip() for li in section.ol.find_all("li")] == ["Restez là.", "Appelez."]


def test_its_cost_does_not_grow_with_the_number_of_lines(queries_of, crisis_page):
    HelpLineFactory.create_batch(2)
    few = queries_of("/aide/")
    HelpLineFactory.create_batch(20)

    assert queries_of("/aide/") == few <= 15


@pytest.fixture
def english_crisis_page(crisis_page: CrisisPage, home_page: HomePage) -> CrisisPage:
    """The page in English, with a sentence that only its editor wrote in French."""
    portal = PortalSettings.load()
    portal.site_name, portal.tagline = "Santé mentale 13", "le portail du PTSM"
    portal.demo_notice = "Ce site est une démonstration."
    portal.save()
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = home_page.copy_for_translation(english)
    home.title = "Mental health"
    home.save_revision().publish()
    page = crisis_page.copy_for_translation(english)
    page.title = "Someone can answer you, now"
    page.save_revision().publish()
    HelpLineFactory(situation="Un accident ou un feu", number="18")
    return page


def _language_of(node: PageElement) -> str:
    return next(parent["lang"] for parent in node.parents if parent.get("lang"))


def test_an_english_page_speaks_no_french_of_ours(client, english_crisis_page):
    page = BeautifulSoup(client.get(english_crisis_page.url).content, "html.parser")
    assert page.html["lang"] == "en"
    assert page.find("a", class_="skip-link").text == "Skip to content"
    french = {message.msgid for message in reader_messages()}
    texts = [text.strip() for text in page.find_all(string=True) if _said_in_english(text)]
    labels = [tag["aria-label"] for tag in page.find_all(attrs={"aria-label": True})]
    with translation.override("en"):
        kept = {words for words in french if gettext(words) == words}
    assert not french.difference(kept).intersection([*texts, *labels])
    assert not re.search(r"\b(le|la|les|de|du|des|un|une|est|vous)\b", " ".join(texts))


def _said_in_english(text: PageElement) -> bool:
    hidden = ("html", "script", "[document]", "title")
    return text.parent.name not in hidden and bool(text.strip()) and _language_of(text) == "en"


def test_french_words_of_an_english_page_are_marked_as_french(client, english_crisis_page):
    page = BeautifulSoup(client.get(english_crisis_page.url).content, "html.parser")
    for words in ("Santé mentale 13", "le portail du PTSM", "démonstration", "Un accident"):
        assert _language_of(page.body.find(string=re.compile(words))) == "fr", words
    assert _language_of(page.find("a", href="tel:18").find(string=re.compile("Call"))) == "en"


def test_all_the_numbers_are_reached_in_the_language_of_the_page(
    client, english_crisis_page, crisis_page
):
    def strip_of(address):
        return BeautifulSoup(client.get(address).content, "html.parser").find(class_="crisis-strip")

    home_url = english_crisis_page.get_parent().url
    assert strip_of(home_url).find("a", href=english_crisis_page.url)
    assert not strip_of(home_url).find("a", href=crisis_page.url)
    english_crisis_page.refresh_from_db()
    english_crisis_page.unpublish()
    assert strip_of(home_url).find("a", href=crisis_page.url)
