"""The roadmap: filters that forgive, groups, years, and how far the priorities are."""

from datetime import date
from typing import Any

from django.test import Client

from wagtail.models import Locale

import pytest

from actions.choices import ActionStatus, PartnerRole
from actions.models import ActionPage, ActionPartner, ActionStep, Priority
from actions.progress import ActionProgress
from actions.roadmap.models import ActionIndexPage
from portal.base.choices import Public
from tests.factories.actions import ActionPageFactory, PriorityFactory
from tests.factories.geo import TerritoryFactory


@pytest.fixture
def actions(roadmap: ActionIndexPage) -> dict[str, ActionPage]:
    one, two = PriorityFactory(number=1), PriorityFactory(number=2, plain_title="Se rétablir")
    arles = TerritoryFactory(name="Pays d’Arles", slug="arles")
    TerritoryFactory(name="Marseille", slug="marseille")
    logement = ActionPageFactory(
        parent=roadmap,
        title="Logement d’abord",
        reference="2.1",
        priority=two,
        status=ActionStatus.RUNNING,
        publics=[Public.ADULTES],
        planned_end=date(2020, 1, 1),
    )
    logement.territories.set([arles])
    logement.partners = [ActionPartner(role=PartnerRole.PILOT, name="Association d’essai")]
    logement.steps = [ActionStep(label="Premier groupe", done_on=date(2019, 5, 1))]
    logement.save()
    audit = ActionPageFactory(
        parent=roadmap,
        title="État des lieux",
        reference="1.1",
        priority=one,
        status=ActionStatus.DONE,
        publics=[Public.ENFANTS],
        whole_department=True,
    )
    portail = ActionPageFactory(parent=roadmap, title="Ouvrir un portail", reference="T.1")
    return {"logement": logement, "audit": audit, "portail": portail}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"logement", "audit", "portail"}),
        ("priorite=1", {"audit"}),
        ("priorite=transversale", {"portail"}),
        ("statut=en_cours", {"logement"}),
        ("statut=en_retard", {"logement"}),
        ("territoire=arles", {"logement", "audit"}),
        ("territoire=marseille", {"audit"}),
        ("public=enfants", {"audit"}),
        ("pilote=association-dessai", {"logement"}),
        ("priorite=2&statut=realisee", set()),
    ],
)
@pytest.mark.parametrize("view", ["", "&vue=calendrier"])
def test_the_roadmap_shows_what_is_asked(
    client: Client, roadmap: ActionIndexPage, actions: dict, query: str, view: str, found: set
) -> None:
    page = client.get(f"{roadmap.url}?{query}{view}").content.decode()
    shown = {name for name, action in actions.items() if f'href="{action.url}"' in page}
    assert shown == found


@pytest.mark.parametrize("name", ["priorite", "statut", "territoire", "public", "pilote", "vue"])
@pytest.mark.parametrize("value", ["zzz", "%00", "-1", "1'%22%3Cscript%3E", "9" * 10_000])
def test_a_filter_that_does_not_exist_is_ignored_and_said_so(
    client: Client, roadmap: ActionIndexPage, actions: dict, name: str, value: str
) -> None:
    response = client.get(f"{roadmap.url}?{name}={value}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "il n’est pas appliqué" in page
    assert all(f'href="{action.url}"' in page for action in actions.values())
    assert "<script>" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_a_view_says_itself_in_its_title(
    client: Client, roadmap: ActionIndexPage, actions: dict[str, ActionPage]
) -> None:
    views = ["", "?statut=en_cours", "?statut=realisee", "?statut=en_cours&vue=calendrier"]
    pages = [client.get(f"{roadmap.url}{view}").content.decode() for view in views]
    titles = [page.partition("<title>")[2].partition("</title>")[0] for page in pages]
    assert len(set(titles)) == len(views)
    assert "En cours" in titles[1]


@pytest.mark.parametrize("page", ["abc", "0", "99999999999", "%00"])
def test_a_page_number_that_does_not_exist_still_answers(
    client: Client, roadmap: ActionIndexPage, actions: dict, page: str
) -> None:
    assert client.get(f"{roadmap.url}?page={page}").status_code == 200


def test_a_filter_in_force_can_be_removed_without_losing_the_others(
    client: Client, roadmap: ActionIndexPage, actions: dict
) -> None:
    page = client.get(f"{roadmap.url}?priorite=2&statut=en_cours&vue=calendrier").content.decode()
    assert 'href="?statut=en_cours&amp;vue=calendrier"' in page
    assert 'href="?priorite=2&amp;vue=calendrier"' in page


def test_actions_are_grouped_by_priority_with_their_progress(
    client: Client, roadmap: ActionIndexPage, actions: dict
) -> None:
    page = client.get(roadmap.url).content.decode()
    order = ["Priorité 1 :", "Priorité 2 :", "Pour toutes les priorités"]
    places = [page.index(f"<h2>{words}") for words in order]
    assert places == sorted(places)
    assert "1 action réalisée sur 3" in page
    assert "Association d’essai" in page


def test_the_calendar_lays_dates_along_the_years(
    client: Client, roadmap: ActionIndexPage, actions: dict
) -> None:
    page = client.get(f"{roadmap.url}?vue=calendrier").content.decode()
    assert page.index("<h2>2019</h2>") < page.index("<h2>2020</h2>")
    assert page.index("Dates pas encore publiées") < page.index("Ouvrir un portail")


def test_an_unpublished_action_is_not_counted_nor_shown(
    client: Client, roadmap: ActionIndexPage, actions: dict
) -> None:
    actions["audit"].unpublish()
    assert "État des lieux" not in client.get(roadmap.url).content.decode()
    assert Priority.objects.with_progress().get(number=1).progress.total == 0


def test_a_long_roadmap_is_paged(client: Client, roadmap: ActionIndexPage) -> None:
    for rank in range(101):
        ActionPageFactory(parent=roadmap, reference=f"1.{rank + 1}")
    first = client.get(roadmap.url).content.decode()
    second = client.get(f"{roadmap.url}?page=2").content.decode()
    assert "101 actions" in first
    assert first.count('<li class="card">') == 100
    assert second.count('<li class="card">') == 1


def test_the_progress_of_every_priority_costs_one_query(
    actions: dict, django_assert_num_queries: Any
) -> None:
    locale = Locale.get_default()
    with django_assert_num_queries(1):
        first, second = Priority.objects.with_progress(locale)
        assert (first.progress.done, first.progress.total, first.progress.late) == (1, 1, 0)
        assert (second.progress.done, second.progress.total, second.progress.late) == (0, 1, 1)


def test_the_progress_of_the_roadmap_costs_one_query(
    actions: dict, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        progress = ActionPage.objects.live().progress_summary()
    assert (progress.done, progress.total, progress.late) == (1, 3, 1)
    assert progress.details == "1 réalisée, 1 en cours, 1 proposée"


def test_progress_is_said_in_words() -> None:
    assert ActionProgress().sentence == "Aucune action publiée pour l’instant"
    assert ActionProgress({ActionStatus.PROPOSED: 4}).sentence == "Aucune action réalisée sur 4"
    assert (
        ActionProgress({ActionStatus.DONE: 1, ActionStatus.RUNNING: 1}).sentence
        == "1 action réalisée sur 2"
    )
    assert ActionProgress({ActionStatus.DONE: 3}).sentence == "3 actions réalisées sur 3"
