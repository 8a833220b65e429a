"""News, and the page of the letter."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from home.models import HomePage
from newsletter.models import NewsIndexPage, NewsPage, NewsRelatedPage
from portal.base.models import PortalSettings
from portal.geo.models import Territory
from tests.factories.newsletter import (
    EventIndexPageFactory,
    LetterIndexPageFactory,
    NewsPageFactory,
)


def test_the_latest_news_comes_first(client: Client, news_index: NewsIndexPage) -> None:
    NewsPageFactory(parent=news_index, title="Ancienne", date=date(2026, 1, 5))
    NewsPageFactory(parent=news_index, title="Récente", date=date(2026, 11, 5))
    page = client.get("/actualites/").content.decode()
    assert page.index("Récente") < page.index("Ancienne")


def test_news_of_a_territory_come_with_those_of_the_whole_department(
    client: Client, news_index: NewsIndexPage
) -> None:
    here = Territory.objects.create(name="Ici", slug="ici")
    there = Territory.objects.create(name="Là-bas", slug="la-bas")
    local = NewsPageFactory(parent=news_index, title="Une nouvelle d’ici")
    local.territories.set([here, there])
    local.save()
    other = NewsPageFactory(parent=news_index, title="Une nouvelle lointaine")
    other.territories.set([there])
    other.save()
    NewsPageFactory(parent=news_index, title="Une nouvelle de partout")
    page = client.get("/actualites/?territoire=ici").content.decode()
    assert page.count("Une nouvelle d’ici") == 1
    assert "Une nouvelle de partout" in page
    assert "Une nouvelle lointaine" not in page
    assert "<title>Actualités, Ici – " in page


def test_pages_of_the_list_keep_the_chosen_territory(
    client: Client, news_index: NewsIndexPage
) -> None:
    Territory.objects.create(name="Ici", slug="ici")
    for _number in range(13):
        NewsPageFactory(parent=news_index)
    page = client.get("/actualites/?territoire=ici").content.decode()
    assert "?territoire=ici&amp;page=2" in page


def test_the_list_costs_the_same_for_two_news_and_for_twelve(
    client: Client, news_index: NewsIndexPage, count_queries: Callable[[str], int]
) -> None:
    here = Territory.objects.create(name="Ici", slug="ici")

    def publish(number: int) -> None:
        for _rank in range(number):
            news = NewsPageFactory(parent=news_index)
            news.territories.set([here])
            news.save()

    publish(2)
    client.get("/actualites/")
    few = count_queries("/actualites/")
    publish(10)
    assert count_queries("/actualites/") <= few
    assert few <= 15
    assert count_queries(NewsPage.objects.first().url) <= 15


def test_news_lead_to_the_pages_they_speak_of_but_not_to_drafts(
    client: Client, news_index: NewsIndexPage
) -> None:
    shown = NewsPageFactory(parent=news_index, title="Le groupe logement")
    draft = NewsPageFactory(parent=news_index, title="Un brouillon", live=False)
    news = NewsPageFactory(parent=news_index)
    news.related_pages = [NewsRelatedPage(target=shown), NewsRelatedPage(target=draft)]
    news.save()
    page = client.get(news.url).content.decode()
    assert "Le groupe logement" in page
    assert "Un brouillon" not in page


def test_the_letter_says_how_to_get_it_and_how_to_follow_otherwise(
    client: Client, home_page: HomePage, news_index: NewsIndexPage
) -> None:
    settings = PortalSettings.load()
    settings.contact_email = "ptsm@exemple.example"
    settings.save()
    EventIndexPageFactory(parent=home_page)
    LetterIndexPageFactory(parent=home_page)
    page = client.get("/lettre/").content.decode()
    assert "M’inscrire" in page
    for address in ("/actualites/", "/agenda/", "/actualites/flux.xml", "ptsm@exemple.example"):
        assert address in page
