"""The issues of the letter, read on the portal."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from django.urls import reverse

from wagtail.models import PageViewRestriction

import pytest
from bs4 import BeautifulSoup

from home.models import HomePage
from home.services import open_language, strings_to_translate, translate
from newsletter.mail.issue import render_issue, size_of
from newsletter.models import IssuePage, LetterSettings
from newsletter.subscription.models import LetterIndexPage
from search.models import SearchablePage
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory
from tests.factories.users import member_of
from tests.newsletter.whole_issue import make_told, raw_body, whole_issue


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letter(home_page: HomePage) -> LetterIndexPage:
    return LetterIndexPageFactory(parent=home_page)


def read(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_an_issue_says_which_one_it_is_and_all_that_it_holds(
    client: Client, home_page: HomePage
) -> None:
    whole_issue(home_page)
    main = read(client, "/lettre/numero-12/").main
    assert main.find(class_="overline").text == "La lettre du PTSM, n° 12 · novembre 2026"
    assert main.h1.text == "Bonjour, voici ce qui change près de chez vous"
    article = main.article
    assert [title.text for title in article.find_all("h2")] == [
        "Enfin à jour",
        "Le portail ouvre",
        "Signer la charte du logement",
        "Dans l’annuaire",
        "Ils racontent",
        "Deux dates",
    ]
    assert [link.text for link in article.find_all("h3")] == [
        "Maison Exemple",
        "GEM Exemple",
        "Rencontre 1",
        "Rencontre 10",
    ]
    assert article.find(class_="badge", string="En cours")
    assert article.find(string="Fiche d’exemple, données fictives")
    assert article.find("a", class_="button")["href"] == "/agenda/"


def test_a_page_that_nobody_can_open_any_more_is_left_out(
    client: Client, home_page: HomePage
) -> None:
    told = make_told(home_page)
    whole_issue(home_page, told)
    told.action.unpublish()
    told.entries[1].delete()
    PageViewRestriction.objects.create(page=told.events[0], restriction_type="login")
    article = read(client, "/lettre/numero-12/").main.article
    assert "charte" not in article.text
    assert [link.text for link in article.find_all("h3")] == ["Maison Exemple", "Rencontre 10"]


def test_a_block_without_any_page_left_leaves_no_title_behind(
    client: Client, home_page: HomePage
) -> None:
    told = make_told(home_page)
    whole_issue(home_page, told)
    for event in told.events:
        event.unpublish()
    assert "Deux dates" not in read(client, "/lettre/numero-12/").main.text


def test_an_issue_leads_to_the_ones_beside_it_and_to_the_form(
    client: Client, letter: LetterIndexPage
) -> None:
    for number in (3, 1, 2):
        IssuePageFactory(parent=letter, number=number, slug=f"numero-{number}")
    IssuePageFactory(parent=letter, number=4, slug="numero-4", live=False)
    aside = read(client, "/lettre/numero-2/").main.aside
    links = {link["href"]: " ".join(link.text.split()) for link in aside.find_all("a")}
    assert links == {
        "/lettre/#inscription": "M’inscrire",
        "/lettre/numero-3/": "Numéro suivant, n° 3",
        "/lettre/numero-1/": "Numéro précédent, n° 1",
        "/lettre/": "Toutes les lettres",
    }
    assert not read(client, "/lettre/numero-3/").find("a", rel="next")


def test_the_promised_rhythm_is_said_where_one_subscribes(
    client: Client, letter: LetterIndexPage
) -> None:
    IssuePageFactory(parent=letter, slug="numero")
    settings = LetterSettings.load()
    settings.rhythm = "un e-mail tous les deux mois"
    settings.save()
    assert "Un e-mail tous les deux mois." in read(client, "/lettre/numero/").main.aside.text


def test_a_longer_issue_costs_no_more_queries(
    home_page: HomePage, count_queries: Callable[[str], int]
) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    count_queries("/lettre/numero-12/")
    few = count_queries("/lettre/numero-12/")
    issue.body = [block for block in raw_body(told) * 4 if block["type"] != "picture"]
    issue.save()
    assert count_queries("/lettre/numero-12/") <= few


def test_the_letter_lists_its_issues_the_newest_first(
    client: Client, letter: LetterIndexPage
) -> None:
    for number in range(1, 15):
        IssuePageFactory(parent=letter, number=number)
    IssuePageFactory(parent=letter, number=15, live=False)
    listed = read(client, "/lettre/").main.find_all("li", class_="event")
    assert [item.find(class_="date-tile").b.text for item in listed] == [
        str(n) for n in range(14, 2, -1)
    ]
    assert listed[0].a.text == "Lettre n° 14"
    assert listed[0].find(class_="small").text == "Novembre 2026"
    older = read(client, "/lettre/?page=2").main.find_all("li", class_="event")
    assert [item.find(class_="date-tile").b.text for item in older] == ["2", "1"]


def test_a_letter_without_an_issue_says_so_and_offers_its_form(
    client: Client, letter: LetterIndexPage
) -> None:
    main = read(client, "/lettre/").main
    assert "Aucun numéro n’est encore paru." in main.text
    assert main.find("form", id="inscription")


@pytest.mark.parametrize(
    ("address", "kind", "tag"),
    [
        ("/lettre/flux.xml", "application/rss+xml", "item"),
        ("/lettre/atom.xml", "application/atom+xml", "{http://www.w3.org/2005/Atom}entry"),
    ],
)
def test_the_letter_can_be_followed_without_giving_an_address(
    client: Client, letter: LetterIndexPage, address: str, kind: str, tag: str
) -> None:
    IssuePageFactory(parent=letter, number=2, title="Un <b>annuaire</b> & des lieux")
    IssuePageFactory(parent=letter, number=3, title="Un brouillon", live=False)
    response = client.get(address)
    assert response.headers["Content-Type"].startswith(kind)
    assert not response.cookies
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    entries = list(feed.iter(tag))
    assert len(entries) == 1
    title = next(child.text for child in entries[0] if child.tag.endswith("title"))
    assert title == "n° 2\xa0: Un <b>annuaire</b> & des lieux"
    assert "Un brouillon" not in response.content.decode()


def test_browsers_are_told_where_the_feeds_of_the_letter_are(
    client: Client, letter: LetterIndexPage
) -> None:
    IssuePageFactory(parent=letter, slug="numero")
    for address in ("/lettre/", "/lettre/numero/"):
        head = read(client, address).head
        feeds = [link["href"] for link in head.find_all("link", rel="alternate", type=True)]
        assert feeds == ["/lettre/flux.xml", "/lettre/atom.xml"]


def test_feeds_stand_before_the_letter_does(client: Client, home_page: HomePage) -> None:
    assert client.get("/lettre/flux.xml").status_code == 200


def test_an_issue_is_translated_block_by_block_and_leads_to_what_is_in_its_language(
    client: Client, home_page: HomePage, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    open_language(home_page, "fr-simple", title="Facile à lire")
    for page in (issue.get_parent().specific, told.news.get_parent().specific, told.news, issue):
        words = {text: f"{text} !" for text in strings_to_translate(page)}
        words[page.slug] = page.slug
        with django_capture_on_commit_callbacks(execute=True):
            translate(page, "fr-simple", words)
    page = read(client, "/fr-simple/lettre/numero-12/")
    assert "easy-read" in page.main["class"]
    titles = [title.text for title in page.main.article.find_all("h2")]
    assert titles == [
        "Enfin à jour !",
        "Le portail ouvre !",
        "Signer la charte du logement",
        "Dans l’annuaire !",
        "Ils racontent !",
        "Deux dates !",
    ]
    assert page.main.find("a", href="/fr-simple/actualites/ouverture/")
    languages = read(client, "/lettre/numero-12/").find_all("link", hreflang="fr-simple")
    assert languages[0]["href"].endswith("/fr-simple/lettre/numero-12/")
    assert IssuePage.objects.get(locale__language_code="fr-simple").number == 12


def test_two_issues_of_a_language_have_two_numbers(letter: LetterIndexPage) -> None:
    IssuePageFactory(parent=letter, number=1)
    again = IssuePageFactory.build(number=1, title="Encore", slug="encore")
    again.locale = letter.locale
    with pytest.raises(Exception, match="Ce numéro existe déjà"):
        again.clean()


def test_an_issue_is_found_by_its_words_its_number_and_its_month(home_page: HomePage) -> None:
    issue = whole_issue(home_page)
    document = issue.to_search_document()
    assert issue in list(IssuePage.to_index())
    assert isinstance(issue, SearchablePage)
    assert document.kind == "NEWSLETTER"
    assert "numéro 12 novembre 2026" in document.kind_words
    for words in ("une fiche", "La charte est signée.", "J’ai bu un café.", "Deux dates"):
        assert words in document.body


@pytest.mark.parametrize(
    ("mode", "words"),
    [("", "Toutes les lettres"), ("courriel", "Me désinscrire"), ("texte", "Me désinscrire")],
)
def test_an_editor_sees_the_page_and_both_parts_of_the_message(
    home_page: HomePage, mode: str, words: str
) -> None:
    issue = whole_issue(home_page)
    issue.title = "Un titre que personne n’a enregistré"
    response = issue.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert "Un titre que personne n’a enregistré" in page
    assert "0date0de0la0demande0" not in page


def test_the_preview_of_the_message_may_show_its_styles_and_its_pictures(
    home_page: HomePage, settings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portail.example"
    response = whole_issue(home_page).make_preview_request(preview_mode="courriel")
    policy = response.headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
    image = BeautifulSoup(response.content, "html.parser").img
    assert image["src"].startswith("/media/")


def test_a_new_issue_is_previewed_before_it_is_saved(letter: LetterIndexPage) -> None:
    path = letter._get_children_path_interval(letter.path)[0]
    draft = IssuePage(title="Neuf", number=1, path=path, depth=letter.depth + 1)
    draft.locale = letter.locale
    draft.set_url_path(letter)
    for mode, _name in draft.preview_modes:
        assert draft.make_preview_request(preview_mode=mode).status_code == 200


def test_the_breadcrumb_names_the_number(client: Client, letter: LetterIndexPage) -> None:
    IssuePageFactory(parent=letter, number=7, slug="numero", title="Un long titre de lettre")
    crumb = read(client, "/lettre/numero/").find(class_="breadcrumb")
    assert [item.text for item in crumb.find_all("li")] == [
        "Accueil",
        "La lettre du PTSM",
        "Lettre n° 7",
    ]


def test_the_editor_s_screen_says_how_heavy_the_message_is(
    client: Client, home_page: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = whole_issue(home_page)
    client.force_login(member_of("Coordination"))
    address = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    weight = -(-size_of(render_issue(issue)) // 1000)
    words = f"Poids du message\xa0: {weight} ko, sur 100 ko au plus."
    assert words in client.get(address).content.decode()
    monkeypatch.setattr("newsletter.mail.issue.TOO_HEAVY", 10_000)
    page = client.get(address).content.decode()
    assert f"Ce numéro pèse {weight} ko\xa0: au-delà de 10 ko" in page


def test_a_new_issue_opens_in_the_editor(client: Client, letter: LetterIndexPage) -> None:
    client.force_login(member_of("Coordination"))
    address = reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", letter.pk])
    page = client.get(address).content.decode()
    assert "Poids du message" not in page
    for words in ("Rendez-vous", "Citation", "Bouton"):
        assert words in page
