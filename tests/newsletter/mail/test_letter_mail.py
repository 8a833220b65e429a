"""An issue as a message, in HTML and in text."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from home.models import HomePage
from home.services import open_language
from newsletter.mail import issue as issue_module
from newsletter.mail.issue import TOO_HEAVY, render_issue, size_of, why_too_heavy
from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
from newsletter.models import IssuePage, LetterSettings
from portal.base.models import PortalSettings
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory
from tests.newsletter.whole_issue import make_told, raw_body, whole_issue

BASE = "https://portail.example"


@pytest.fixture(autouse=True)
def _address(settings, tmp_path) -> None:
    settings.WAGTAILADMIN_BASE_URL = BASE
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def issue(home_page: HomePage) -> IssuePage:
    return whole_issue(home_page)


@pytest.fixture
def html(issue: IssuePage) -> BeautifulSoup:
    return BeautifulSoup(render_issue(issue).html, "html.parser")


@pytest.fixture
def text(issue: IssuePage) -> str:
    return render_issue(issue).text


def test_the_message_opens_with_whose_letter_it_is(html: BeautifulSoup) -> None:
    portal = PortalSettings.load()
    assert html.find(class_="brand").text.startswith(portal.site_name)
    assert "La lettre du PTSM, n° 12 · novembre 2026" in html.text
    online = html.find("a", string="Lire en ligne")
    assert online["href"] == f"{BASE}/lettre/numero-12/"
    assert [title.text for title in html.find_all("h1")] == [
        "Bonjour, voici ce qui change près de chez vous"
    ]


def test_what_a_mailbox_shows_beside_the_subject_is_hidden_in_the_message(
    issue: IssuePage,
) -> None:
    issue.preheader = "Un annuaire & deux dates."
    hidden = BeautifulSoup(render_issue(issue).html, "html.parser").body.div
    assert hidden.text == "Un annuaire & deux dates."
    assert "display:none" in hidden["style"]


def test_every_block_is_told(html: BeautifulSoup) -> None:
    assert [title.text for title in html.find_all("h2")] == [
        "Enfin à jour",
        "Le portail ouvre",
        "Signer la charte du logement",
        "Dans l’annuaire",
        "Ils racontent",
        "Deux dates",
        "Aide maintenant",
    ]
    words = " ".join(html.text.split())
    for told in (
        "une fiche",
        "La coordination du PTSM",
        "Ce qui change, en une phrase.",
        "Action 3.2 · En cours",
        "La charte est signée.",
        "ASSOCIATION · Aubagne",
        "Fiche d’exemple, données fictives",
        "Ouvre le samedi",
        "J’ai bu un café.",
        "Crédit : Ville",
        "Mardi 1er décembre 2026, de 14 h à 16 h",
        "Salle des fêtes, Aubagne",
    ):
        assert told in words


def test_a_title_takes_what_follows_and_a_button_what_stands_above(html: BeautifulSoup) -> None:
    cards = [" ".join(card.text.split()) for card in html.find_all("div", class_="card")]
    assert len(cards) == 6
    assert cards[4].startswith("Ils racontent")
    assert "J’ai bu un café." in cards[4]
    assert cards[5].startswith("Deux dates")
    assert cards[5].endswith("Voir tout l’agenda")


def test_every_address_is_whole_and_none_is_rewritten(html: BeautifulSoup) -> None:
    addresses = [link["href"] for link in html.find_all("a")]
    assert {address.split(":")[0] for address in addresses} <= {"https", "tel", "sms"}
    web = [address for address in addresses if address.startswith("https")]
    assert all(address.startswith(f"{BASE}/") for address in web)
    assert f"{BASE}/annuaire/?type=gem&ou=13" in web
    assert f"{BASE}/agenda/" in web
    assert f"{BASE}/actualites/ouverture/" in web


def test_nothing_tells_who_opens_or_clicks(html: BeautifulSoup) -> None:
    assert [image["alt"] for image in html.find_all("img")] == ["Le port"]
    assert not html.find_all(["script", "link", "iframe", "form"])
    assert not re.search(r"@import|@font-face|url\(", str(html))


def test_a_picture_is_sharp_readable_everywhere_and_at_a_whole_address(
    html: BeautifulSoup,
) -> None:
    image = html.find("img")
    assert image["src"].startswith(f"{BASE}/media/")
    assert image["src"].endswith(".png")
    assert "width-1072" in image["src"]
    assert image["width"] == "534"


def test_a_decorative_picture_says_nothing(home_page: HomePage) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    decorative = {"image": told.image.pk, "alt_text": "", "decorative": True}
    issue.body = [{"type": "picture", "value": {"image": decorative, "caption": ""}}]
    rendered = render_issue(issue)
    assert BeautifulSoup(rendered.html, "html.parser").img["alt"] == ""
    assert "Image" not in rendered.text


def test_the_numbers_to_call_are_there_even_in_an_empty_issue(home_page: HomePage) -> None:
    letter = LetterIndexPageFactory(parent=home_page)
    rendered = render_issue(IssuePageFactory(parent=letter))
    message = BeautifulSoup(rendered.html, "html.parser")
    for address in ("tel:3114", "tel:15", "sms:114"):
        assert message.find("a", href=address)
    assert "- 3114\xa0: idées suicidaires" in rendered.text


def test_the_foot_says_why_one_receives_it_and_how_to_leave(html: BeautifulSoup) -> None:
    foot = html.find(attrs={"role": "contentinfo"})
    words = " ".join(foot.text.split())
    assert f"car vous l’avez demandée le {SINCE_HERE}." in words
    assert "Nous ne mesurons ni ouverture ni clic." in words
    links = {link.text: link["href"] for link in foot.find_all("a")}
    assert links == {
        "Me désinscrire": f"{BASE}/lettre/desinscription/{TOKEN_HERE}/",
        "Choisir mes sujets": f"{BASE}/lettre/preferences/{TOKEN_HERE}/",
    }


def test_who_answers_is_named_once_it_is_known(issue: IssuePage) -> None:
    letter = LetterSettings.load()
    letter.reply_to, letter.controller = "ptsm@exemple.example", "Équipe du PTSM (exemple)"
    letter.save()
    rendered = render_issue(issue)
    assert 'href="mailto:ptsm@exemple.example"' in rendered.html
    assert "Équipe du PTSM (exemple)" in rendered.html
    assert "Nous écrire\xa0: ptsm@exemple.example" in rendered.text
    assert rendered.text.endswith("Équipe du PTSM (exemple)\n")


def test_dark_colours_stay_in_the_message(issue: IssuePage) -> None:
    html = render_issue(issue).html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "[data-ogsc]" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    for name in ("page", "card", "text", "muted", "button", "crisis-text", "crisis"):
        assert re.search(rf'class="(?:[^"]* )?{name}[ "]', html), name


def test_styles_are_set_inline_for_mailboxes_that_read_no_others(html: BeautifulSoup) -> None:
    assert "color: #0a4f58" in html.find("a", string="Lire en ligne")["style"]
    assert "Georgia" in html.h1["style"]
    assert "background: #0a4f58" in html.find("a", class_="button")["style"]


def test_tables_are_for_layout_and_parts_are_known(html: BeautifulSoup) -> None:
    assert html.html["lang"] == "fr"
    assert {table.get("role") for table in html.find_all("table")} == {"presentation"}
    assert len(html.find_all("main")) == 1
    assert html.find("main").find("h1")
    assert len(html.find_all(attrs={"role": "contentinfo"})) == 1


class Balance(HTMLParser):
    """Whether each tag is closed; what MJML writes is checked as it is, not mended."""

    VOID = {"meta", "br", "img", "hr"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_message_is_well_formed_whatever_its_words(issue: IssuePage) -> None:
    issue.title = 'L’« annuaire » <b>&amp; "vous" </h1>'
    issue.preheader = "</mj-preview> & <script>"
    issue.body = [
        {"type": "heading", "value": "</mj-text><mj-raw>"},
        {
            "type": "quote",
            "value": {"text": "a < b && c\nd", "who": "<i>", "source": "{{ x }}"},
        },
        {"type": "button", "value": {"label": 'a "b" <c>', "address": '/a?b=1&c="2"'}},
    ]
    rendered = render_issue(issue)
    checked = Balance()
    checked.feed(rendered.html)
    assert checked.open == []
    message = BeautifulSoup(rendered.html, "html.parser")
    assert message.h1.text == 'L’« annuaire » <b>&amp; "vous" </h1>'
    assert message.h2.text == "</mj-text><mj-raw>"
    assert message.find("a", class_="button")["href"] == f'{BASE}/a?b=1&c="2"'
    assert not message.find("script")
    assert 'L’« annuaire » <b>&amp; "vous" </h1>\n' in rendered.text


def test_the_text_part_keeps_titles_lists_and_links(text: str) -> None:
    assert text.startswith(PortalSettings.load().site_name)
    assert "près de chez vous\n====" in text
    assert "\nEnfin à jour\n------------\n" in text
    assert "Chaque lieu a une fiche. Lisez l’annuaire." in text
    assert f"Lisez l’annuaire\xa0: {BASE}/annuaire/?type=gem&ou=13" in text
    assert "\n- une date ;\n- une personne.\n" in text
    assert f"Lire l’actualité\xa0: {BASE}/actualites/ouverture/" in text
    assert "Action 3.2 · En cours" in text
    assert "- Mardi 1er décembre 2026, de 14\xa0h à 16\xa0h\n  Rencontre 1, Salle" in text
    assert "Image\xa0: Le port\nDevant le port Crédit\xa0: Ville" in text
    assert f"Voir tout l’agenda\xa0: {BASE}/agenda/" in text
    assert f"Me désinscrire\xa0:\n{BASE}/lettre/desinscription/{TOKEN_HERE}/" in text


def test_the_text_part_is_narrow_and_holds_no_markup(text: str) -> None:
    assert not re.search(r"[<>]|&\w+;", text)
    assert "\n\n\n" not in text
    long = [line for line in text.splitlines() if len(line) > 72]
    assert all(" " not in line.strip() for line in long)


@pytest.mark.parametrize("gone", ["unpublished", "deleted", "private"])
def test_a_page_that_nobody_can_open_any_more_is_left_out(home_page: HomePage, gone: str) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    for page in (told.news, told.entries[0], told.events[0]):
        take_away(page, gone)
    issue = IssuePage.objects.get(pk=issue.pk)
    rendered = render_issue(issue)
    for words in (rendered.html, rendered.text):
        assert "Le portail ouvre" not in words
        assert "Maison Exemple" not in words
        assert not re.search(r"Rencontre 1\b", words)
        assert "GEM Exemple" in words
        assert "Rencontre 10" in words


def take_away(page, gone: str) -> None:
    if gone == "unpublished":
        page.unpublish()
    elif gone == "deleted":
        page.delete()
    else:
        page.view_restrictions.create(restriction_type="login")


def test_an_issue_of_many_pages_asks_no_more_questions_than_one_of_few(
    home_page: HomePage,
) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    queries_of(issue)  # settings and addresses of sites are kept from now on
    few = queries_of(issue)
    issue.body = raw_body(told) * 4
    issue.save()
    assert queries_of(issue) == few
    assert few <= 10


def queries_of(issue: IssuePage) -> int:
    issue = IssuePage.objects.select_related("locale").get(pk=issue.pk)
    render_issue(issue)  # renditions are made once
    issue = IssuePage.objects.select_related("locale").get(pk=issue.pk)
    with CaptureQueriesContext(connection) as queries:
        render_issue(issue)
    return len(queries)


def test_the_message_is_in_the_language_of_its_issue(home_page: HomePage) -> None:
    issue = whole_issue(home_page)
    english_home = open_language(home_page, "en", title="Home")
    english = Locale.objects.get(language_code="en")
    letter = issue.get_parent().specific.copy_for_translation(english)
    letter.save_revision().publish()
    translated = issue.copy_for_translation(english)
    assert english_home.pk == letter.get_parent().pk
    with translation.override("fr"):
        rendered = render_issue(translated)
        assert translation.get_language() == "fr"
    assert '<html lang="en"' in rendered.html
    assert "November 2026" in rendered.html
    assert "November 2026" in rendered.text


def test_an_issue_that_mailboxes_would_cut_is_refused_with_its_weight(
    issue: IssuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = render_issue(issue)
    assert size_of(rendered) < TOO_HEAVY
    assert why_too_heavy(rendered) == ""
    monkeypatch.setattr(issue_module, "TOO_HEAVY", 20_000)
    assert f"pèse {-(-size_of(rendered) // 1000)} ko" in why_too_heavy(rendered)


def test_a_letter_with_all_that_it_may_hold_stays_under_the_limit(home_page: HomePage) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    issue.body = raw_body(told) * 2
    assert size_of(render_issue(issue)) < TOO_HEAVY


def test_the_same_page_twice_gives_the_same_message(issue: IssuePage) -> None:
    assert render_issue(issue) == render_issue(issue)
