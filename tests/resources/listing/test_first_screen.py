"""What the page of results says first: the question in one line, the number, the doors by need."""

from typing import Any

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from portal.crisis.help_numbers import DANGERS
from resources.choices import TypeFamily
from resources.listing.models import DirectoryPage
from tests.factories.geo import CommuneFactory
from tests.factories.home import HelpLineFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorFinderPageFactory,
)


@pytest.fixture
def page_of(reader: Client, directory: DirectoryPage):
    """The page of these parameters, to be looked through."""

    def ask(**query: Any) -> BeautifulSoup:
        response = reader.get(directory.url, query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return ask


def test_the_title_says_the_number_and_the_commune_and_the_question_is_folded(
    directory: DirectoryPage, page_of
) -> None:
    commune = CommuneFactory(code="13005", name="Aubagne", slug="aubagne", postcodes="|13400|")
    GemPageFactory(parent=directory, commune=commune)
    page = page_of(q="gem", ou="Aubagne")
    title = page.select_one("h1")
    title.select_one(".visually-hidden").extract()
    assert title.text == "1 lieu pour Aubagne"
    asked = page.select_one("details.asked-question")
    assert "open" not in asked.attrs
    assert "gem · Aubagne" in asked.summary.text
    assert asked.select_one("#q")["value"] == "gem"


def test_a_card_says_its_type_in_plain_words(directory: DirectoryPage, page_of) -> None:
    kind = ResourceTypeFactory(code="GEM", name="GEM", family=TypeFamily.ENTRAIDE)
    kind.plain_words = "lieu d’entraide"
    kind.save()
    GemPageFactory(parent=directory, title="Le Chêne", phone="0465710000", type=kind)
    card = page_of(q="gem").select_one(".door-card")
    assert "mutual-aid" in card["class"]
    assert card.select_one(".kind").text.split("1")[0].strip() == "GEM\u00a0: lieu d’entraide"
    assert card.select_one(".button")["href"] == "tel:+33465710000"
    # All the rest is round, and named.
    assert [link.text.strip() for link in card.select(".round-button")] == [
        "Ajouter à ma sélection\u00a0: Le Chêne"
    ]


def test_before_any_question_types_are_told_by_need(directory: DirectoryPage, page_of) -> None:
    finder = SectorFinderPageFactory(parent=directory)
    ResourceTypeFactory(code="GEM", name="GEM", family=TypeFamily.ENTRAIDE)
    GemPageFactory(parent=directory)
    CmpPageFactory(parent=directory)
    alone = ResourceTypeFactory(code="CSAPA", name="CSAPA", family=TypeFamily.ADDICTIONS)
    ResourcePageFactory(parent=directory, type=alone)
    ResourcePageFactory(parent=directory, title="Factice", type=alone, is_example=True)
    page = page_of()
    groups = {
        group.h3.text.strip(): {link.text: link["href"] for link in group.select(".types a")}
        for group in page.select(".need-groups > li")
    }
    assert groups["Ne pas rester seul"] == {"GEM (1)": "/annuaire/?type=gem"}
    assert groups["Alcool, drogues, jeu, écrans"] == {"CSAPA (1)": "/annuaire/?type=csapa"}
    # No CMP is chosen for the reader: which one depends on where they live.
    assert finder.url in groups["Être soigné, parler à un soignant"].values()
    assert not page.select(".door-card")
    assert "Factice" not in page.text


@pytest.mark.parametrize(
    ("query", "is_empty"),
    [
        ({"q": "", "ou": ""}, True),
        ({"q": "  ", "ou": " "}, True),
        ({"q": "", "ou": "", "pour": "", "km": ""}, True),
        ({}, False),
        ({"q": "", "ou": "Aubagne"}, False),
        ({"q": "", "ou": "", "gratuit": "1"}, False),
        ({"q": "gem"}, False),
    ],
)
def test_a_search_sent_empty_says_so_in_its_field(
    directory: DirectoryPage, page_of, query: dict[str, str], is_empty: bool
) -> None:
    page = page_of(**query)
    field = page.select_one("#q")
    assert (field.get("aria-invalid") == "true") is is_empty
    assert field.has_attr("autofocus") is is_empty
    if is_empty:
        assert (
            "Écrivez ce que vous cherchez" in page.select_one(f"#{field['aria-describedby']}").text
        )


def test_the_lines_under_a_danger_come_by_what_they_help_with_never_by_digits(
    directory: DirectoryPage, page_of
) -> None:
    lines = [
        ("SOS Amitié", "09 72 39 40 50", 40),
        ("Unafam", "01 42 63 03 03", 30),
        ("Numéro national", "3114", 20),
        ("Drogues Info Service", "0 800 23 13 13", 10),
    ]
    for name, number, order in lines:
        HelpLineFactory(name=name, number=number, order=order)
    page = page_of(q="je veux mourir", type="gem", ou="Aubagne")
    heading = page.find("h2", string="Au téléphone, tout de suite")
    assert [line.b.text for line in heading.find_next("ul").select("li")][:2] == [
        "Numéro national", "SOS Amitié",
    ]  # fmt: skip
    assert DANGERS["suicide"].numbers[0].number == "3114"
    found = page_of(q="je veux mourir").select("#results .page-result .button")
    shown = [link["href"] for link in found]
    assert shown == sorted(shown, key=["tel:3114", "tel:+33972394050", "tel:0800231313",
                                       "tel:+33142630303"].index)  # fmt: skip
