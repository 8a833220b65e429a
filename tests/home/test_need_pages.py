"""The page of a need: one number that answers, the danger, the doors of a commune."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from home.models import HomePage, NeedPage
from portal.crisis.models import HelpLine
from portal.crisis.needs import need_page_for
from portal.geo.models import Commune
from resources.listing.models import DirectoryPage
from tests.factories.home import HelpLineFactory, NeedPageFactory
from tests.factories.resources import (
    DirectoryPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)

MOST_QUERIES = 12
WEEKDAYS = "Mo-Fr 09:00-18:00"


@pytest.fixture(autouse=True)
def no_other_line(db: None) -> None:
    HelpLine.objects.all().delete()


@pytest.fixture
def directory(home_page: HomePage) -> DirectoryPage:
    return DirectoryPageFactory(parent=home_page)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the hour, on a Tuesday that is no holiday."""

    def set_hour(hour: int) -> None:
        moment = datetime(2026, 11, 24, hour, 30, tzinfo=ZoneInfo("Europe/Paris"))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_hour


def add_page(home: HomePage, **fields: object) -> NeedPage:
    return NeedPageFactory(parent=home, **fields)


def with_doors(page: NeedPage, *types: str, age: int | None = None) -> NeedPage:
    page.doors = [("doors", {"types": list(types), "age": age, "text": ""})]
    page.save_revision().publish()
    return page


def main_of(client: Client, page: NeedPage, **query: str) -> Tag:
    main = BeautifulSoup(client.get(page.url, query).content, "html.parser").main
    assert main is not None
    return main


def first_number(main: Tag) -> str:
    return main.select_one(".first-number .help-number")["href"]


# The one number first


def test_the_number_comes_from_the_help_line(client, home_page):
    line = HelpLineFactory(number="09 72 39 40 50", name="SOS Amitié", hours="24 h/24")
    main = main_of(client, add_page(home_page, line=line))

    assert first_number(main) == "tel:+33972394050"
    assert "SOS Amitié" in main.text
    line.number = "01 02 03 04 05"
    line.save()
    assert first_number(main_of(client, NeedPage.objects.get())) == "tel:+33102030405"


def test_a_closed_line_says_when_it_opens_and_gives_one_that_answers(client, home_page, at):
    line = HelpLineFactory(number="01 42 63 03 03", name="Unafam", opening_hours=WEEKDAYS)
    open_line = HelpLineFactory(number="09 72 39 40 50", opening_hours="24/7")
    page = add_page(home_page, line=line, second_line=open_line)

    at(14)
    assert first_number(main_of(client, page)) == "tel:+33142630303"
    at(7)
    main = main_of(client, page)
    assert first_number(main) == "tel:+33972394050"
    assert "Fermé, ouvre à 9\u00a0h" in main.select_one(".first-number").text
    assert main.find("a", href="tel:+33142630303")


def test_at_night_somebody_still_answers_when_both_lines_are_closed(client, home_page, at):
    HelpLineFactory(number="3114", opening_hours="24/7", is_crisis=True)
    lines = [HelpLineFactory(number=f"01 42 63 03 0{n}", opening_hours=WEEKDAYS) for n in (1, 2)]
    at(3)

    main = main_of(client, add_page(home_page, line=lines[0], second_line=lines[1]))
    assert first_number(main) == "tel:3114"


def test_the_page_in_another_language_gives_the_line_in_that_language(client, home_page):
    line = HelpLineFactory(number="115", name="SAMU social")
    page = add_page(home_page, line=line)
    english = Locale.objects.get_or_create(language_code="en")[0]
    home_page.copy_for_translation(english).save_revision().publish()
    translation = page.copy_for_translation(english)
    translation.save_revision().publish()

    main = main_of(client, translation)
    assert main.select_one(".first-number span")["lang"] == "fr"
    translated = line.copy_for_translation(english)
    translated.name = "Emergency shelter"
    translated.save()
    main = main_of(client, translation)
    assert first_number(main) == "tel:115"
    assert main.select_one(".first-number .help-number span").text == "Emergency shelter"


def test_a_line_whose_hours_nobody_knows_is_given_as_it_is(client, home_page, at):
    at(3)
    line = HelpLineFactory(number="0 800 360 360", opening_hours="")

    main = main_of(client, add_page(home_page, line=line))
    assert first_number(main) == "tel:0800360360"
    assert "Fermé" not in main.text


def test_a_number_that_nobody_checked_is_not_given(client, home_page):
    line = HelpLineFactory(number="0800", verified_on=None)

    main = main_of(client, add_page(home_page, line=line))
    assert main.select_one(".first-number") is None
    assert main.find("a", href="tel:3114")


def test_other_numbers_are_read_from_the_help_lines_too(client, home_page):
    page = add_page(home_page)
    line = HelpLineFactory(number="115", name="SAMU social")
    page.now = [("lines", {"title": "Un toit", "lines": [line]})]
    page.save_revision().publish()

    assert main_of(client, page).find("a", href="tel:115")
    line.live = False
    line.save()
    assert "Un toit" not in main_of(client, page).text


@pytest.mark.parametrize("hours", ["de 9 h à 18 h", "Mo-Fr 9h", "lundi"])
def test_hours_of_a_line_that_no_machine_reads_are_refused(hours):
    line = HelpLineFactory.build(locale=Locale.get_default(), opening_hours=hours)

    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert "ne sont pas compris" in str(refused.value.message_dict["opening_hours"])


# The danger


def test_every_page_says_whom_to_call_when_life_is_in_danger(client, home_page):
    main = main_of(client, add_page(home_page, danger_words="Il ou elle parle de mourir"))

    line = main.select_one(".danger-line")
    assert line.find("a", href="tel:3114")
    assert line.find("a", href="tel:15")
    assert "Il ou elle parle de mourir" in line.text


def test_violence_gives_the_police_and_a_number_to_write_to(client, home_page):
    line = HelpLineFactory(number="3919")
    main = main_of(client, add_page(home_page, danger="violence", line=line))

    block = main.select_one(".danger-block")
    assert [link["href"] for link in block.find_all("a")] == ["tel:17", "sms:114"]
    assert main.select_one(".danger-line")


# The doors of a commune


@pytest.fixture
def page(home_page: HomePage, communes: None, directory: DirectoryPage) -> NeedPage:
    return with_doors(add_page(home_page), "GEM_X", "AIDE")


def add_place(directory: DirectoryPage, commune: str, code: str = "GEM_X", **fields: object):
    return ResourcePageFactory(
        parent=directory,
        type=ResourceTypeFactory(code=code, name=code),
        commune=Commune.objects.get(pk=commune),
        phone="04 65 71 00 00",
        **fields,
    )


def doors_of(main: Tag) -> list[str]:
    return [card.h3.text for card in main.select(".door-card")]


def test_nothing_is_shown_before_a_commune_is_given(client, page, directory):
    add_place(directory, "13005")

    main = main_of(client, page)
    assert doors_of(main) == []
    form = main.find("form")
    assert (form["method"], form.find("input")["name"]) == ("get", "ou")
    assert form.parent.has_attr("open")


def test_the_doors_that_receive_the_commune_come_first(client, page, directory):
    add_place(directory, "13005", title="Dans la ville")
    sure = add_place(directory, "13055", title="Reçoit Aubagne")
    sure.coverage_communes.set([Commune.objects.get(pk="13005")])
    sure.save()

    main = main_of(client, page, ou="Aubagne")
    assert doors_of(main)[0] == "Reçoit Aubagne"
    assert main.select_one(".door-card .button")["href"] == "tel:+33465710000"


def test_there_are_three_doors_at_most_and_one_of_each_type_first(client, page, directory):
    for number in range(4):
        add_place(directory, "13005", title=f"Groupe {number}")
    add_place(directory, "13005", "AIDE", title="Aide")

    found = doors_of(main_of(client, page, ou="13400"))
    assert len(found) == 3
    assert "Aide" in found


def test_an_example_is_never_a_door(client, page, directory):
    add_place(directory, "13005", title="Fiche inventée", is_example=True)

    main = main_of(client, page, ou="Aubagne")
    assert "Fiche inventée" not in main.text
    assert "Aucun lieu de ce genre" in main.text


def test_a_place_that_does_not_receive_the_age_is_no_door(client, home_page, communes, directory):
    page = with_doors(add_page(home_page), "GEM_X", age=8)
    add_place(directory, "13005", title="Pour adultes", age_min=18)
    add_place(directory, "13005", title="Pour enfants", age_max=11)

    assert doors_of(main_of(client, page, ou="Aubagne")) == ["Pour enfants"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("xyzxyz", "Nous ne connaissons pas cette commune"),
        ("Avignon", "autre département"),
        ("Bouches-du-Rhône", "Écrivez une commune"),
        ("Terre de Provence", "Écrivez une commune"),
        ("Provence Verte", "autre département"),
        ("", "Écrivez une commune"),
        ("a" * 10_000, "trop long"),
        ("\0\0", "Écrivez une commune"),
        ("心が苦しい", "Nous ne connaissons pas cette commune"),
        ('"><script>alert(1)</script>', "Nous ne connaissons pas cette commune"),
    ],
)
def test_what_is_no_commune_of_ours_gets_a_clear_answer(client, page, typed, said):
    response = client.get(page.url, {"ou": typed})

    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    error = main.find(id="id_ou_error")
    assert said in error.text
    assert "id_ou_error" in main.find("input", {"name": "ou"})["aria-describedby"]


def test_a_town_asks_for_its_arrondissement(client, page):
    links = main_of(client, page, ou="Marseille").select("#pres-de-chez-vous p a")

    assert len(links) == 16
    assert links[0]["href"].startswith("?ou=")


def test_an_area_asks_for_its_commune(client, page):
    links = main_of(client, page, ou="Terre de Provence").select("#pres-de-chez-vous p a")

    assert links[0]["href"].startswith("?ou=Ch%C3%A2teaurenard")
    assert len(links) == 13


def test_the_commune_travels_into_no_other_page(client, page, directory):
    add_place(directory, "13005", lat=43.29, lon=5.57)

    html = client.get(page.url, {"ou": "Aubagne"}).content.decode()
    links = [link.get("href", "") for link in BeautifulSoup(html, "html.parser").find_all("a")]
    assert [href for href in links if "ubagne" in href or re.search(r"\b(ou|pres)=\w", href)] == []


def test_what_was_typed_is_kept_nowhere(client, page):
    response = client.get(page.url, {"ou": "Aubagne"})

    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()
    assert not response.cookies


def test_its_cost_does_not_grow_with_the_directory(queries_of, page, directory):
    add_place(directory, "13005")
    few = queries_of(f"{page.url}?ou=Aubagne")
    for _ in range(6):
        add_place(directory, "13005")

    assert queries_of(f"{page.url}?ou=Aubagne") == few <= MOST_QUERIES


# Reading in danger


def test_a_page_on_violence_is_left_at_once_and_kept_by_no_browser(client, home_page):
    page = add_page(home_page, has_quick_exit=True)

    response = client.get(page.url)
    html = BeautifulSoup(response.content, "html.parser")
    link = html.select_one(".quick-exit a")
    assert link["href"].startswith("https://")
    assert link["rel"] == ["noreferrer"]
    assert "no-store" in response["Cache-Control"]
    assert "Il n’efface rien" in html.main.text


def test_the_other_pages_have_no_such_button(client, home_page):
    html = client.get(add_page(home_page).url).content.decode()
    assert "quick-exit" not in html


# Editors


def test_only_one_page_answers_a_need(home_page):
    add_page(home_page, title="Je vais mal")
    other = NeedPage(title="Autre", slug="autre", need="distress", locale=home_page.locale)

    with pytest.raises(ValidationError) as refused:
        home_page.add_child(instance=other)
    assert "Je vais mal" in str(refused.value.message_dict["need"])


def test_a_page_that_nobody_read_again_says_so(client, home_page):
    page = add_page(home_page)
    assert "n’ont pas encore été relus" in main_of(client, page).text

    page.proofread_by, page.proofread_on = "une psychiatre et l’Unafam", "2026-12-01"
    page.save_revision().publish()
    main = main_of(client, page)
    assert "1ᵉʳ décembre 2026" in main.text or "1er décembre 2026" in main.text
    assert "n’ont pas encore été relus" not in main.text


# Those that lead here


def test_a_need_and_a_danger_lead_to_the_published_page(home_page):
    page = add_page(home_page, need="violence", title="Violences")
    locale = home_page.locale_id

    assert need_page_for("violence", locale).url == page.url
    assert need_page_for("enfance", locale).url == page.url
    assert need_page_for("relative", locale) is None
    page.unpublish()
    assert need_page_for("violence", locale) is None


def test_people_s_words_find_the_page(home_page):
    page = add_page(home_page, phrases="mon frère va mal\nje craque")

    assert "mon frère va mal" in page.to_search_document().kind_words
