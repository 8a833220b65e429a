"""An invented action shows what a sheet can be, and counts nowhere."""

from collections.abc import Callable

from django.test import Client

import pytest

from actions.choices import ActionStatus
from actions.models import ActionPage
from actions.printing.booklet import make_roadmap
from actions.reports import LateActionsView
from actions.roadmap.models import ActionIndexPage
from actions.snapshot_sources import count_roadmap
from home.roadmap_figures import roadmap_figures
from tests.factories.actions import ActionPageFactory, PriorityFactory


@pytest.fixture
def example(roadmap: ActionIndexPage) -> ActionPage:
    priority = PriorityFactory()
    ActionPageFactory(parent=roadmap, title="Vraie action", reference="1.1", priority=priority)
    return ActionPageFactory(
        parent=roadmap,
        title="Action inventée",
        reference="EX.1",
        priority=priority,
        is_example=True,
        status=ActionStatus.DONE,
        whole_department=True,
    )


@pytest.mark.parametrize(
    "titles",
    [
        lambda client: client.get("/api/actions.csv").getvalue().decode(),
        lambda client: client.get("/api/actions.json").getvalue().decode(),
        lambda client: "".join(make_roadmap("http://portail.test").pages()),
        lambda client: str([page.title for page in ActionPage.to_index()]),
        lambda client: str([page.title for page in LateActionsView().get_base_queryset()]),
    ],
    ids=["csv", "json", "booklet", "search", "late"],
)
def test_it_leaves_the_portal_by_no_door(
    client: Client, example: ActionPage, titles: Callable[[Client], str]
) -> None:
    assert "Action inventée" not in titles(client)


def test_it_is_counted_nowhere(example: ActionPage) -> None:
    figures = roadmap_figures(example.locale_id)
    assert (figures.progress.total, figures.progress.done) == (1, 0)
    assert [(one.progress.total, one.progress.done) for one in figures.priorities] == [(1, 0)]
    counted = {figure.measure: figure.value for figure in count_roadmap()}
    assert counted["actions"] == 1


def test_the_roadmap_leads_to_it_last_and_only_without_filters(
    client: Client, roadmap: ActionIndexPage, example: ActionPage
) -> None:
    page = client.get(roadmap.url).content.decode()
    assert page.index("Vraie action") < page.index(f'href="{example.url}"')
    assert "Aucune action réalisée sur 1" in page
    assert f'href="{example.url}"' not in client.get(f"{roadmap.url}?priorite=1").content.decode()


def test_its_own_page_says_what_it_is_and_has_no_neighbour(
    client: Client, example: ActionPage
) -> None:
    page = client.get(example.url).content.decode()
    assert "Fiche d’exemple, données fictives" in page
    assert 'rel="prev"' not in page
    assert "application/ld+json" not in page or "Action inventée" not in page.split("ld+json")[1]
