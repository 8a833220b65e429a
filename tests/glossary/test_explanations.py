"""Acronyms are explained where people meet them, and never in their way."""

from django.template import Context, Template
from django.test import RequestFactory

import pytest
from bs4 import BeautifulSoup

from portal.glossary.explanations import ExplainedTerm, GlossaryIndex, explain_terms
from tests.factories.home import GlossaryPageFactory, GlossaryTermFactory, make_home

LEXICON = GlossaryIndex(
    (
        ExplainedTerm("CMP", "Centre médico-psychologique", "cmp"),
        ExplainedTerm("CMPP", "Centre médico-psycho-pédagogique", "cmpp"),
        ExplainedTerm("GEM", "Groupe d’entraide mutuelle", "gem"),
    ),
    "/lexique/",
)


def explained(html: str, seen: set[str] | None = None) -> str:
    return explain_terms(html, LEXICON, set() if seen is None else seen)


def test_the_first_acronym_carries_its_words_and_leads_to_the_lexicon():
    link = BeautifulSoup(explained("<p>Le CMP est gratuit.</p>"), "html.parser").a

    assert link["href"] == "/lexique/#cmp"
    assert link.abbr["title"] == "Centre médico-psychologique"
    assert link.text == "CMP"


def test_an_acronym_is_explained_once_a_page_even_in_several_pieces():
    seen: set[str] = set()
    first = explained("<p>Un CMP, puis un CMP.</p>", seen)
    second = explained("<p>Encore un CMP.</p>", seen)

    assert first.count("<abbr") == 1
    assert second == "<p>Encore un CMP.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Le CMP</h2>",
        '<p><a href="/x/">Le CMP</a></p>',
        "<button>Le CMP</button>",
        "<code>CMP</code>",
        "<p><b><a href='/x/'><i>CMP</i></a></b></p>",
        "<label>CMP</label>",
        "<details><summary>CMP</summary></details>",
        "<!-- CMP -->",
        '<p title="CMP">mot</p>',
        "<p>CMPEA, XCMP et CMP-X</p>",
        "<p>cmp en minuscules</p>",
    ],
)
def test_headings_links_buttons_and_other_words_are_left_alone(html):
    assert explained(html) == html


def test_the_first_one_in_running_text_is_explained_after_a_heading():
    html = explained("<h2>Le CMP</h2><p>Le CMP est gratuit.</p>")

    assert html.startswith("<h2>Le CMP</h2><p>Le <a")


def test_a_longer_acronym_is_not_taken_for_a_shorter_one():
    html = explained("<p>Le CMPP.</p>")

    assert "#cmpp" in html
    assert 'href="/lexique/#cmp"' not in html


def test_a_text_that_spells_the_words_out_needs_no_help():
    html = "<p>Le centre médico-psychologique (CMP) est gratuit. Le CMP est proche.</p>"

    assert explained(html) == html


def test_what_looks_like_code_in_a_text_stays_text():
    html = explained("<p>&lt;script&gt;CMP&lt;/script&gt; &amp; GEM</p>")

    assert "<script>" not in html
    assert "&amp;" in html


def test_without_a_lexicon_page_the_words_are_still_given():
    html = explain_terms("<p>Un GEM.</p>", LEXICON._replace(url=""), set())

    assert "href" not in html
    assert 'title="Groupe d’entraide mutuelle"' in html


def test_a_new_word_of_the_lexicon_is_explained_at_once(db):
    page = GlossaryPageFactory(parent=make_home())
    request = RequestFactory().get("/")
    template = Template(
        "{% load glossary_tags %}{% define_terms %}<p>Le CMP et le GEM.</p>{% end_define_terms %}"
    )
    assert "<abbr" not in template.render(Context({"request": request}))

    GlossaryTermFactory(term="GEM", expansion="Groupe d’entraide mutuelle")
    html = template.render(Context({"request": RequestFactory().get("/")}))
    assert html.count("<abbr") == 1
    assert f"{page.url}#gem" in html


def test_one_request_explains_a_term_once_whatever_the_number_of_blocks(db):
    GlossaryTermFactory()
    template = Template(
        "{% load glossary_tags %}{% define_terms %}<p>CMP</p>{% end_define_terms %}"
        "{% define_terms %}<p>CMP</p>{% end_define_terms %}"
    )
    html = template.render(Context({"request": RequestFactory().get("/")}))

    assert html.count("<abbr") == 1


def test_a_word_that_is_no_acronym_stays_in_the_lexicon(db):
    GlossaryTermFactory(term="Rétablissement", expansion="Aller mieux")
    template = Template(
        "{% load glossary_tags %}{% define_terms %}<p>Rétablissement</p>{% end_define_terms %}"
    )

    assert "<abbr" not in template.render(Context({"request": RequestFactory().get("/")}))
