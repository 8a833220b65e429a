"""The page of results: what was understood, what is found beside the places, what to try next."""

from django.test import Client

from wagtail.models import Page

import pytest

from portal.crisis.help_numbers import QUIET_MESSAGES, SUICIDE
from portal.geo.place import Place
from resources.listing import results
from resources.listing.models import DirectoryPage
from search.contracts import QueryPart, QueryPartKind, SearchAnswer, SearchFilters, UnderstoodQuery
from search.models import LexiconEntry
from tests.factories.home import HelpLineFactory, StandardPageFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)

SEARCH_BOX = ['"', 'psy"', "   ", "\0", "é" * 10_000, "(" * 500, '"""((((OR AND NOT', "NEAR(a b)"]
SEARCH_BOX += ["*", "psy AND", "' OR 1=1 --", "%_%", "<script>alert(1)</script>", "🙂", "\u202edcb"]
SEARCH_BOX += ["cmp" * 60, "/annuaire/?q=", "{{ 7*7 }}", "\ud800", "l'", "13003 13003"]


@pytest.fixture
def html_of(reader: Client, directory: DirectoryPage):
    """The HTML for these parameters."""

    def ask(**query: object) -> str:
        response = reader.get(directory.url, query)
        assert response.status_code == 200
        return response.content.decode()

    return ask


@pytest.fixture
def listing(reader: Client, directory: DirectoryPage):
    def ask(**query: object):
        return reader.get(directory.url, query).context["listing"]

    return ask


def links(items) -> dict[str, str]:
    return {link.text: link.url for link in items}


@pytest.mark.parametrize("words", SEARCH_BOX)
def test_whatever_is_typed_gets_a_page_and_is_never_run(
    directory: DirectoryPage, html_of, words: str
) -> None:
    GemPageFactory(parent=directory)
    html = html_of(q=words.encode("utf-8", "surrogatepass"), ou=words.encode("utf-8", "ignore"))
    assert "<script>alert" not in html
    assert ">49<" not in html


def test_a_thousand_parameters_get_a_page(directory: DirectoryPage, html_of) -> None:
    assert "Ce filtre n’existe pas." in html_of(type=[f"t{rank}" for rank in range(1000)])


def test_a_long_text_is_read_and_its_beginning_kept(directory: DirectoryPage, html_of) -> None:
    html = html_of(q="bla " * 100 + "je veux mourir")
    assert f'value="{("bla " * 50).strip()}' in html
    assert 'class="note crisis crisis-alert"' in html


@pytest.mark.parametrize(
    ("words", "first"),
    [("envie de mourir", "3114"), ("surdose", "15"), ("mon mari me frappe", "17")],
)
def test_words_of_danger_put_the_right_number_before_all(
    directory: DirectoryPage, html_of, words: str, first: str
) -> None:
    html = html_of(q=words)
    block = html.split('class="note crisis crisis-alert"', 1)[1].split("</section>", 1)[0]
    assert block.split('<a class="button crisis" href="', 1)[1].startswith(f"tel:{first}")
    assert html.index("crisis crisis-alert") < html.index("<h1")


def test_who_learns_about_danger_gets_pages_under_one_quiet_number(
    directory: DirectoryPage, html_of
) -> None:
    StandardPageFactory(parent=directory.get_parent(), title="Prévention du suicide, formation")
    html = html_of(q="prévention du suicide formation")
    assert "crisis-alert" not in html
    said = html.split('<p class="quiet-help">', 1)[1].split("</p>", 1)[0]
    assert f'href="{SUICIDE.url}"' in said
    assert html.index('class="quiet-help"') < html.index('<li class="page-result">')
    assert "<mark>suicide</mark>" in html


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("je craque", QUIET_MESSAGES["detresse"].title),
        ("mon père s’est suicidé il y a 10 ans", QUIET_MESSAGES["deuil_suicide"].title),
        ("abusée quand j’étais petite", QUIET_MESSAGES["abus_ancien"].title),
    ],
)
def test_distress_is_answered_calmly_with_a_number_before_the_places(
    directory: DirectoryPage, html_of, words: str, title: str
) -> None:
    html = html_of(q=words)
    block = html.split('class="note quiet-help"', 1)[1].split("</section>", 1)[0]
    assert str(title) in block
    assert "tel:" in block
    assert "crisis-alert" not in html


def test_lines_that_listen_are_shown_by_name_once_they_are_checked(
    directory: DirectoryPage, html_of
) -> None:
    HelpLineFactory(name="SOS Amitié", number="09 00 00 00 00")
    HelpLineFactory(name="Fil Santé Jeunes", number="08 00 00 00 00", verified_on=None)
    block = html_of(q="je craque").split('class="note quiet-help"', 1)[1].split("</section>", 1)[0]
    assert "SOS Amitié" in block
    assert "Fil Santé Jeunes" not in block


def test_what_was_understood_is_shown_and_each_part_can_be_undone(
    directory: DirectoryPage, listing
) -> None:
    GemPageFactory(parent=directory)
    CmpPageFactory(parent=directory)
    said = listing(q="cmp gratuit aubagne", pour="adultes").summary
    assert links(said.understood) == {
        "CMP": "/annuaire/?q=gratuit+aubagne&pour=adultes",
        "Gratuit": "/annuaire/?q=cmp+aubagne&pour=adultes",
        "Aubagne": "/annuaire/?q=cmp+gratuit&pour=adultes",
    }


def test_undoing_the_place_of_the_field_empties_it_with_its_distance(
    directory: DirectoryPage, listing
) -> None:
    GemPageFactory(parent=directory)
    said = listing(q="gem", ou="Aubagne", km="5").summary
    assert links(said.understood)["Aubagne"] == "/annuaire/?q=gem"


def test_places_come_before_the_pages_that_hold_the_same_words(
    directory: DirectoryPage, html_of
) -> None:
    StandardPageFactory(parent=directory.get_parent(), title="Comprendre le jardinage")
    ResourcePageFactory(parent=directory, title="Atelier jardinage")
    html = html_of(q="jardinage")
    assert html.index("Atelier jardinage") < html.index("Comprendre le <mark>jardinage</mark>")


def test_a_page_that_the_question_asks_for_comes_before_the_places(
    directory: DirectoryPage, html_of
) -> None:
    right = StandardPageFactory(parent=directory.get_parent(), title="Lire son dossier")
    LexiconEntry.objects.create(
        name="Dossier", phrases="dossier médical", types=["DROITS"], promoted_page=right
    )
    CmpPageFactory(parent=directory, title="CMP Dossier médical")
    for words in ("mon dossier médical", "cmp dossier médical"):
        html = html_of(q=words, ou="Aubagne")
        assert html.index("Lire son") < html.index("CMP Dossier médical")


def test_what_no_place_has_is_said_and_the_others_are_shown(
    directory: DirectoryPage, html_of
) -> None:
    GemPageFactory(parent=directory, title="Le Tremplin", cost="")
    html = html_of(q="gem en anglais")
    assert "Aucun lieu n’est connu pour «\u00a0anglais\u00a0»" in html
    assert "Le Tremplin" in html
    # What is ticked is kept.
    assert "Le Tremplin" not in html_of(q="gem", langue="en")


def test_pages_come_first_when_no_place_answers(directory: DirectoryPage, html_of) -> None:
    StandardPageFactory(parent=directory.get_parent(), title="Comprendre le jardinage")
    html = html_of(q="jardinage")
    assert "1 réponse du portail</h1>" in html
    assert "Aucun lieu" not in html


def test_all_the_pages_can_be_seen_without_the_places(directory: DirectoryPage, html_of) -> None:
    for rank in range(4):
        StandardPageFactory(parent=directory.get_parent(), title=f"Jardinage {rank}")
    ResourcePageFactory(parent=directory, title="Atelier jardinage")
    html = html_of(q="jardinage")
    assert 'href="/annuaire/?q=jardinage&amp;dans=pages"' in html
    alone = html_of(q="jardinage", dans="pages")
    assert alone.count('<li class="page-result">') == 4
    assert "Atelier" not in alone
    assert "Atelier" in html_of(q="jardinage", dans="annuaire")


def test_what_only_places_have_leaves_pages_out(directory: DirectoryPage, html_of) -> None:
    StandardPageFactory(parent=directory.get_parent(), title="Jardinage gratuit")
    ResourcePageFactory(parent=directory, title="Atelier jardinage", cost="free")
    assert '<li class="page-result">' not in html_of(q="jardinage", gratuit="1")


def test_a_type_that_the_directory_has_not_yet_is_explained_with_what_is_near_in_kind(
    directory: DirectoryPage, html_of
) -> None:
    ResourceTypeFactory(
        code="MDA", name="Maison des adolescents", explanation="On y parle de tout, à 11-21 ans."
    )
    ResourcePageFactory(
        parent=directory, title="L’Éveil", type=ResourceTypeFactory(code="PAEJ", name="PAEJ")
    )
    html = html_of(q="maison des adolescents")
    assert "Maison des adolescents\u00a0: pas encore dans l’annuaire." in html
    assert "On y parle de tout" in html
    assert "L’Éveil" in html


def test_each_choice_says_how_many_places_it_gives_and_none_gives_nothing(
    directory: DirectoryPage, listing
) -> None:
    GemPageFactory(parent=directory, cost="free", publics=["adultes"], spoken_languages=["en"])
    ResourcePageFactory(
        parent=directory, cost="free", publics=["enfants"], age_max=17, is_remote=True,
        type=ResourceTypeFactory(code="CMPP", care=True),
    )  # fmt: skip
    ticks = listing().facets
    assert {tick.code: tick.number for tick in ticks.boxes} == {"gratuit": 2, "adistance": 1}
    assert {tick.code: tick.number for tick in ticks.types} == {"gem": 1, "cmpp": 1}
    assert {tick.code: tick.number for tick in ticks.publics} == {"adultes": 1, "enfants": 1}
    assert {tick.code: tick.number for tick in ticks.languages} == {"en": 1}
    assert {tick.code for tick in ticks.ages} >= {"3-11", "26-64"}
    assert {tick.code for tick in listing(type="gem").facets.boxes} == {"gratuit"}


def test_a_choice_already_made_stays_even_when_it_gives_nothing(
    directory: DirectoryPage, listing
) -> None:
    GemPageFactory(parent=directory)
    checked = [tick for tick in listing(pmr="1").facets.boxes if tick.checked]
    assert [(tick.code, tick.number) for tick in checked] == [("pmr", 0)]


def test_ages_languages_and_what_is_remote_narrow_the_list(
    directory: DirectoryPage, listing
) -> None:
    GemPageFactory(parent=directory, title="Grands", age_min=18, spoken_languages=["en"])
    GemPageFactory(parent=directory, title="Petits", age_max=11, is_remote=True)

    def titles(**query: str) -> list[str]:
        return [line.title for line in listing(**query).cards]

    assert titles(age="3-11") == ["Petits"]
    assert titles(langue="en") == ["Grands"]
    assert titles(adistance="1") == ["Petits"]


def test_near_me_orders_by_distance_and_is_kept_to_a_hundred_metres(
    directory: DirectoryPage, listing, html_of
) -> None:
    ResourcePageFactory(parent=directory, title="Loin", lat=43.6, lon=5.0)
    ResourcePageFactory(parent=directory, title="Près", lat=43.30, lon=5.57)
    assert [line.title for line in listing(pres="43.29251,5.56943").cards] == ["Près", "Loin"]
    html = html_of(pres="43.29251,5.56943")
    assert "Autour de vous" in html
    assert '<a class="chip" href="/annuaire/">Près de moi' in html


@pytest.mark.parametrize("point", ["ici", "1", "1,2,3", "nan,1", "91,0", "1e400,1", "inf,inf"])
def test_a_position_that_cannot_be_read_is_said(directory: DirectoryPage, html_of, point) -> None:
    assert "Votre position n’a pas été comprise" in html_of(pres=point)


def test_a_place_elsewhere_is_said_with_whom_to_ask(directory: DirectoryPage, html_of) -> None:
    ResourcePageFactory(parent=directory, title="Ici", lat=43.3, lon=5.57)
    html = html_of(q="association", ou="Lyon")
    assert "Lyon (Rhône)" in html
    assert "3114" in html
    assert ">Ici<" not in html


def test_a_place_beyond_the_border_still_finds_what_is_near(
    directory: DirectoryPage, html_of
) -> None:
    ResourcePageFactory(parent=directory, title="À Aix", lat=43.53, lon=5.45)
    html = html_of(ou="Pertuis")
    assert "Pertuis (Vaucluse)" in html
    assert "À Aix" in html


def test_a_text_too_long_or_a_distance_from_nowhere_is_said(
    directory: DirectoryPage, html_of
) -> None:
    assert "dites d’abord où" in html_of(km="10")
    assert "quelques mots suffisent" in html_of(q="mot " * 60)


def test_a_search_is_not_for_robots_and_the_directory_is(directory: DirectoryPage, html_of) -> None:
    assert '<meta name="robots"' not in html_of()
    assert '<meta name="robots" content="noindex">' in html_of(q="cmp")
    assert "<title>Annuaire des ressources\u00a0: cmp, Aubagne – " in html_of(q="cmp", ou="Aubagne")


def test_the_form_carries_what_it_does_not_show(directory: DirectoryPage, html_of) -> None:
    html = html_of(q="gem", dans="annuaire", pres="43.3,5.5")
    assert '<input type="hidden" name="dans" value="annuaire" form="search-form">' in html
    assert '<input type="hidden" name="pres" value="43.3,5.5" form="search-form">' in html


def test_nobody_is_left_without_a_next_step(directory: DirectoryPage, listing) -> None:
    ResourcePageFactory(parent=directory, title="Loin", lat=43.4, lon=5.4, cost="free")
    tries = links(listing(q="association", ou="Aubagne", km="5").suggestions.links)
    assert tries["Chercher à 20 km (1)"] == "/annuaire/?q=association&ou=Aubagne&km=20"
    assert tries["Chercher dans tout le département"] == "/annuaire/?q=association&ou=Aubagne"
    assert tries["Voir tout l’annuaire"] == "/annuaire/"


def answering(monkeypatch: pytest.MonkeyPatch, answer: SearchAnswer) -> None:
    monkeypatch.setattr(results, "search_understood", lambda query, understood, **_: answer)


def test_a_mended_question_keeps_the_words_that_were_understood(
    directory: DirectoryPage, listing, monkeypatch
) -> None:
    understood = UnderstoodQuery(text="psycholoque", place=Place("13005", "Aubagne"))
    answering(monkeypatch, SearchAnswer(understood, suggestion="psychologue"))
    assert listing(q="psycholoque aubagne").summary.suggestion.url == (
        "/annuaire/?q=psychologue+aubagne"
    )


def test_a_choice_between_places_keeps_the_rest_of_the_question(
    directory: DirectoryPage, listing, monkeypatch
) -> None:
    understood = UnderstoodQuery(
        place=Place("13097", "Saint-Martin-de-Crau"),
        place_choices=(Place("69001", "Saint-Martin", department="Rhône", is_outside=True),),
        parts=(QueryPart(QueryPartKind.PLACE, "13097", "Saint-Martin-de-Crau", "cmp"),),
        filters=SearchFilters(),
    )
    answering(monkeypatch, SearchAnswer(understood))
    assert links(listing(q="cmp saint-martin").summary.other_places) == {
        "Saint-Martin (Rhône)": "/annuaire/?q=cmp&ou=Saint-Martin%2C+Rh%C3%B4ne"
    }


def test_a_search_server_that_is_away_is_said_discreetly(
    directory: DirectoryPage, html_of, monkeypatch
) -> None:
    answering(monkeypatch, SearchAnswer(UnderstoodQuery(), degraded=True))
    assert "en mode simple" in html_of(q="cmp")


def test_what_was_unpublished_since_it_was_indexed_is_not_shown(
    directory: DirectoryPage, reader: Client
) -> None:
    GemPageFactory(parent=directory, title="Le Chêne")
    StandardPageFactory(parent=directory.get_parent(), title="Un chêne")
    assert "Le Chêne" in reader.get(directory.url, {"q": "chêne"}).content.decode()
    Page.objects.filter(title__contains="hêne").update(live=False)
    html = Client().get(directory.url, {"q": "chêne"}).content.decode()
    assert "Le Chêne" not in html
    assert "Un chêne" not in html


def test_the_map_gets_the_places_of_the_page_and_no_secret(
    directory: DirectoryPage, listing
) -> None:
    ResourcePageFactory(parent=directory, title="Ici", lat=43.3, lon=5.57)
    ResourcePageFactory(parent=directory, title="Secret", lat=43.3, lon=5.5, address_is_masked=True)
    points = listing().points
    assert [(point["n"], point["title"]) for point in points] == [(1, "Ici")]


def test_places_open_now_can_be_asked_for(directory: DirectoryPage, listing, monkeypatch) -> None:
    opened = ResourcePageFactory(parent=directory, title="Ouvert")
    ResourcePageFactory(parent=directory, title="Fermé")
    keys = frozenset([f"page:{opened.pk}"])
    monkeypatch.setattr(results, "open_now_keys", lambda: keys)
    monkeypatch.setattr("search.services.searching.open_now_keys", lambda: keys)
    assert {tick.code: tick.number for tick in listing().facets.boxes} == {"ouvert": 1}
    assert [line.title for line in listing(ouvert="1").cards] == ["Ouvert"]


def test_places_whose_hours_nobody_knows_are_told_apart_when_hours_are_asked(
    directory: DirectoryPage, listing, html_of
) -> None:
    titles = {"Samedi": "Sa 09:00-12:00", "Lundi": "Mo 09:00-12:00", "Secret": ""}
    for title, hours in titles.items():
        GemPageFactory(parent=directory, title=title, opening_hours=hours)
    shown = listing(q="gem ouvert le samedi")
    assert [card.title for card in shown.cards] == ["Samedi"]
    assert [[line.title for line in one.lines] for one in shown.folded] == [["Secret"]]
    (part,) = (one for one in shown.summary.understood if "samedi" in one.text)
    assert "samedi" not in part.url
    sunday = html_of(q="gem ouvert le dimanche")
    assert "Aucun lieu dont on sait qu’il est ouvert à ce moment" in sunday
    assert "1 lieu aux horaires inconnus ou variables" in sunday
