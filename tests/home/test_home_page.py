"""The first page."""

from datetime import timedelta

from django.utils import timezone

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from actions.models import ActionPage, Priority
from actions.roadmap.models import ActionIndexPage
from newsletter.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from tests.factories.home import CrisisPageFactory, PtsmPageFactory


@pytest.fixture
def full_home(home_page):
    crisis = CrisisPageFactory(parent=home_page)
    ptsm = PtsmPageFactory(parent=home_page)
    link = {"label": "Tout voir", "address": "/x/"}
    needs = [
        {
            "icon": "life",
            "link": {"label": "Je vais mal", "page": crisis},
            "text": "Parler maintenant.",
            "is_crisis": True,
        },
        {"icon": "heart", "link": {"label": "Un proche", "page": ptsm}, "text": "Qui appeler."},
    ]
    home_page.body = [
        ("hero", {"title": "Trouver de l’aide", "lede": "Près de chez vous."}),
        ("needs", {"title": "De quoi avez-vous besoin ?", "needs": needs}),
        ("ptsm", {"title": "Un projet", "text": "Ensemble.", "link": {"page": ptsm}}),
        (
            "latest",
            {
                "agenda_title": "Agenda",
                "agenda_link": link,
                "news_title": "Nouvelles",
                "news_link": link,
            },
        ),
        ("letter", {"title": "La lettre", "text": "Des nouvelles.", "link": link}),
    ]
    home_page.save_revision().publish()
    return home_page


def main_of(client, address="/"):
    return BeautifulSoup(client.get(address).content, "html.parser").main


def test_the_search_asks_what_and_where_and_leads_to_the_directory(client, full_home):
    form = main_of(client).find("form", role="search")

    assert form["action"] == "/annuaire/"
    assert form.get("method", "get") == "get"
    assert [field["name"] for field in form.find_all("input")] == ["q", "ou"]


def test_who_is_not_well_finds_help_in_the_first_entry(client, full_home):
    first, second = main_of(client).find_all("li", class_="link-card")

    assert "crisis" in first["class"]
    assert first.a["href"] == "/aide/"
    assert "crisis" not in second["class"]


def test_the_progress_of_the_priorities_is_counted(client, full_home):
    Priority.objects.all().delete()
    priority = Priority.objects.create(
        locale=Locale.get_default(), number=1, title="Titre", plain_title="Repérer tôt"
    )
    roadmap = full_home.add_child(instance=ActionIndexPage(title="Les actions", slug="actions"))
    action = ActionPage(title="Une action", reference="1.1", status="en_cours", priority=priority)
    roadmap.add_child(instance=action)

    item = main_of(client).find(id="priorite-1")
    assert item.progress["value"] == "0"
    assert item.a["href"] == "/ptsm/#priorite-1"

    action.status = "realisee"
    action.save_revision().publish()
    item = main_of(client).find(id="priorite-1")
    assert "1 action réalisée sur 1" in item.text
    assert (item.progress["value"], item.progress["max"]) == ("1", "1")


def test_next_dates_and_latest_news_come_by_themselves(client, full_home):
    agenda = full_home.add_child(instance=EventIndexPage(title="Agenda", slug="agenda"))
    news = full_home.add_child(instance=NewsIndexPage(title="Actualités", slug="actualites"))
    now = timezone.now()
    for title, days in [("Passé", -9), ("Demain", 1), ("Plus tard", 30)]:
        agenda.add_child(instance=EventPage(title=title, start=now + timedelta(days=days)))
    for title, days in [("Ancienne", 30), ("Récente", 1), ("Hier", 2)]:
        news.add_child(
            instance=NewsPage(title=title, date=(now - timedelta(days=days)).date(), summary="…")
        )

    titles = [h.text for h in main_of(client).find_all("h3")]
    assert titles[-4:] == ["Demain", "Plus tard", "Récente", "Hier"]


def test_it_says_so_when_nothing_is_announced(client, full_home):
    text = main_of(client).text

    assert "Aucune date n’est annoncée" in text
    assert "Pas encore d’actualité" in text


def test_it_has_one_title_and_skips_no_level(client, full_home):
    main = main_of(client)

    assert [h.text for h in main.find_all("h1")] == ["Trouver de l’aide"]


def test_it_costs_few_queries(queries_of, full_home):
    assert queries_of("/") <= 15


def test_it_can_be_edited_and_previewed_in_french(full_home, admin_client):
    response = admin_client.get(f"/admin/pages/{full_home.pk}/edit/")

    assert response.status_code == 200
    assert "Entr\\u00e9es par besoin" in response.content.decode()
