"""The page that a person in distress opens."""

import re
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup
from bs4.element import PageElement

from home.models import CrisisPage, HomePage
from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from portal.text.date_format import format_date
from portal.translations.catalogues import reader_messages
from resources.models import ResourcePage, ResourceType
from tests.factories.geo import TerritoryFactory
from tests.factories.home import CrisisPageFactory, HelpLineFactory
from tests.factories.resources import (
    DirectoryPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)


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


def test_the_oldest_check_is_said_while_it_is_recent(client, crisis_page):
    today = timezone.localdate()
    oldest = HelpLineFactory(verified_on=today - timedelta(days=60))
    HelpLineFactory(verified_on=today)
    assert f"Numéros vérifiés le {format_date(oldest.verified_on)}" in main_of(client).text

    HelpLineFactory(verified_on=today - timedelta(days=400))
    assert "Numéros vérifiés" not in main_of(client).text


def test_three_buttons_come_before_all_else(client, crisis_page):
    for order, number in enumerate(("3114", "15", "112")):
        HelpLineFactory(number=number, is_crisis=True, order=order)
    HelpLineFactory(number="114", channel="sms", is_crisis=True, order=9)
    HelpLineFactory(number="119", order=10)

    main = main_of(client)
    numbers = [link["href"] for link in main.find_all("a", href=re.compile("^(tel|sms):"))]
    assert numbers[:3] == ["tel:3114", "tel:15", "sms:114"]
    assert "tel:112" in numbers


def test_situations_lead_to_what_answers_them(client, crisis_page):
    crisis_page.advice = [("advice", {"situation": "Il veut mourir", "steps": ["Restez là."]})]
    crisis_page.save_revision().publish()
    for rank in range(12):
        HelpLineFactory(situation=f"Situation {rank}", number=f"32{rank:02}", order=rank)

    main = main_of(client)
    links = main.select(".situations a")
    assert [link.text for link in links[:2]] == ["Il veut mourir", "Situation 0"]
    assert len(links) == 13
    for link in links:
        assert link.text in main.find(id=link["href"].removeprefix("#")).text
    # Nine at once, the others in a fold that needs no script.
    assert len(main.select("details .situations a")) == 4


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


@pytest.fixture
def territories(communes) -> None:
    for order, (name, codes) in enumerate(
        [
            ("Marseille Provence", ["13055", "13054", "13028"]),
            ("Pays d’Aubagne", ["13005"]),
            ("Pays de Martigues", ["13056"]),
            ("Terre de Provence", ["13027"]),
        ]
    ):
        territory = TerritoryFactory(name=name, slug=name.lower().replace(" ", "-"), order=order)
        territory.communes.set(codes)


def test_where_to_go_is_told_by_territory(client, crisis_page, home_page, territories):
    emergency = ResourceTypeFactory(code="URGENCES_PSY", care=True)
    hospital = ResourceTypeFactory(code="HOPITAL_PSY", care=True)
    directory = DirectoryPageFactory(parent=home_page)
    timone = ResourcePageFactory(
        parent=directory, type=emergency, title="Urgences de La Timone", phone="04 13 42 93 00",
        commune_id="13205", opening_hours="24/7",
    )  # fmt: skip
    timone.coverage_communes.set(["13055"])
    timone.save_revision().publish()
    ResourcePageFactory(
        parent=directory, type=emergency, title="Accueil d’Aubagne", phone="04 42 84 72 94",
        commune_id="13005",
    )  # fmt: skip
    ResourcePageFactory(
        parent=directory, type=emergency, title="Accueil de La Ciotat", commune_id="13028"
    )
    for title, code in (("Hôpital de Martigues", "13056"), ("Hôpital de La Ciotat", "13028")):
        ResourcePageFactory(parent=directory, type=hospital, title=title, commune_id=code)
    ResourcePageFactory(
        parent=directory, type=emergency, title="Exemple", commune_id="13005", is_example=True
    )

    told = {area.summary.text: area for area in main_of(client).select("#sur-place details")}

    def titles(name: str) -> list[str]:
        return [h3.text.strip() for h3 in told[name].find_all("h3")]

    assert titles("Marseille Provence") == [
        "Urgences de La Timone",
        "Accueil de La Ciotat",
        "Hôpital de La Ciotat",
    ]
    assert "24 h/24, 7 j/7" in plain_spaces(told["Marseille Provence"].text)
    assert "Reçoit les personnes de Marseille." in told["Marseille Provence"].text
    assert "autres communes de ce territoire" in told["Marseille Provence"].text
    assert titles("Pays d’Aubagne") == ["Accueil d’Aubagne"]
    assert "Horaires inconnus : demandez en appelant." in plain_spaces(told["Pays d’Aubagne"].text)
    assert titles("Pays de Martigues") == ["Hôpital de Martigues"]
    assert titles("Terre de Provence") == []
    assert "ni hôpital n’est connu ici" in told["Terre de Provence"].text
    for name, area in told.items():
        assert area.find("a", href="tel:15"), name


def plain_spaces(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


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
