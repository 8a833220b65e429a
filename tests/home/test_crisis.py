"""The page that a person in distress opens."""

from datetime import date

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from home.models import CrisisPage, HomePage
from portal.base.models import HelpLine
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
    assert "help" in main.find("a", href="tel:3114")["class"]
    assert "help" not in main.find("a", href="tel:119")["class"]


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
