"""Pages of text, easy-to-read pages, and the lexicon."""

from datetime import date

from django.core.exceptions import ValidationError

import pytest
from bs4 import BeautifulSoup

from home.services import open_language
from tests.factories.home import GlossaryPageFactory, GlossaryTermFactory, StandardPageFactory


def main_of(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser").main


def test_an_easy_to_read_page_says_that_nobody_proofread_it(client, home_page):
    StandardPageFactory(
        parent=home_page,
        slug="cmp",
        is_easy_read=True,
        body=[("easy_idea", {"icon": "home", "text": "<p>Le CMP est un lieu de soins.</p>"})],
    )

    main = main_of(client, "/cmp/")
    assert "easy-read" in main["class"]
    assert "pas encore été relue" in main.text
    assert main.find(class_="easy-read-idea").find(class_="pictogram")


def test_a_proofread_page_names_the_group(client, home_page):
    StandardPageFactory(
        parent=home_page,
        slug="cmp",
        is_easy_read=True,
        proofread_by="le groupe de relecture",
        proofread_on=date(2026, 11, 3),
    )

    text = main_of(client, "/cmp/").text
    assert "relu par le groupe de relecture, le 3 novembre 2026" in text


def test_a_proofreader_without_a_day_is_refused(home_page):
    page = StandardPageFactory.build(proofread_by="un groupe")
    with pytest.raises(ValidationError):
        page.clean()


def test_every_page_of_the_easy_language_wears_the_easy_layout(client, home_page):
    easy_home = open_language(home_page, "fr-simple", title="Facile à lire")
    StandardPageFactory(parent=easy_home, slug="cmp", locale=easy_home.locale)

    assert "easy-read" in main_of(client, "/fr-simple/cmp/")["class"]


def test_an_ordinary_page_explains_its_acronyms_once(client, home_page):
    GlossaryPageFactory(parent=home_page)
    GlossaryTermFactory()
    StandardPageFactory(
        parent=home_page,
        slug="page",
        body=[
            ("paragraph", "<p>Le CMP est gratuit.</p>"),
            ("paragraph", "<p>Le CMP est proche.</p>"),
        ],
    )

    main = main_of(client, "/page/")
    assert [link["href"] for link in main.find_all("a", class_="glossary-term")] == [
        "/lexique/#cmp"
    ]


def test_a_text_costs_few_queries(queries_of, home_page):
    StandardPageFactory(parent=home_page, slug="page")

    assert queries_of("/page/") <= 15


def test_the_lexicon_is_alphabetical_and_each_word_has_its_place(client, home_page):
    GlossaryPageFactory(parent=home_page)
    GlossaryTermFactory(term="Équipe mobile", expansion="", synonyms="équipe ; EMPP")
    GlossaryTermFactory(term="CMP")
    GlossaryTermFactory(term="3114", expansion="")

    main = main_of(client, "/lexique/")
    assert [h.text for h in main.find_all("h2")] == ["0-9", "C", "E"]
    assert main.find(id="equipe-mobile").dfn.text == "Équipe mobile"
    assert "équipe, EMPP" in main.find(id="equipe-mobile").text
    assert {link["href"] for link in main.nav.find_all("a")} == {
        f"#{heading['id']}" for heading in main.find_all("h2")
    }


def test_the_lexicon_costs_the_same_for_many_words(queries_of, home_page):
    GlossaryPageFactory(parent=home_page)
    few = queries_of("/lexique/")
    for n in range(40):
        GlossaryTermFactory(term=f"MOT{n}")

    assert queries_of("/lexique/") == few <= 15
