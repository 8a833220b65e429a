"""Indicators of the project and of territories: their values, and who reads them."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from actions.models import ProjectIndicator, ProjectIndicatorValue
from actions.models.project_indicator import get_public_indicators
from home.models import HomePage, PtsmPage
from tests.factories.geo import TerritoryFactory
from tests.factories.users import member_of

LIST = reverse("wagtailsnippets_actions_projectindicator:list")
ADD = reverse("wagtailsnippets_actions_projectindicator:add")


def make(*values: int, **facts: Any) -> ProjectIndicator:
    facts = {"label": "Délai d’essai", "unit": "jours", "is_public": True} | facts
    indicator: ProjectIndicator = ProjectIndicator.objects.create(**facts)
    for year, value in enumerate(values, 2024):
        ProjectIndicatorValue.objects.create(
            indicator=indicator, date=date(year, 1, 1), value=value
        )
    return indicator


@pytest.mark.django_db
def test_readers_see_what_is_public_and_has_a_value_where_it_was_measured() -> None:
    here = TerritoryFactory()
    make(40, 35)
    make(label="Sans valeur")
    make(12, label="Gardé", is_public=False)
    make(7, label="D’un territoire", territory=here)
    [whole] = get_public_indicators(None)
    assert whole.label == "Délai d’essai"
    assert [one["value"] for one in whole.points] == [40, 35]
    assert [one.label for one in get_public_indicators(here.pk)] == ["D’un territoire"]


@pytest.mark.django_db
def test_the_page_of_the_project_shows_them_and_nothing_empty(client: Client) -> None:
    ptsm = HomePage.objects.get().add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))
    make(label="Sans valeur")
    assert 'id="indicateurs"' not in client.get(ptsm.url).content.decode()
    make(40, 35, source="Source d’essai")
    html = client.get(ptsm.url).content.decode().partition('id="indicateurs"')[2]
    for words in ("Délai d’essai", "35", "Source d’essai"):
        assert words in html
    assert "Sans valeur" not in html


def typed(**facts: str) -> dict[str, str]:
    sizes = {"TOTAL": "1", "INITIAL": "0", "MIN_NUM": "0", "MAX_NUM": "1000"}
    return {
        "label": "Part d’essai",
        "unit": "%",
        "direction": "hausse",
        "order": "0",
        **{f"values-{name}_FORMS": value for name, value in sizes.items()},
        "values-0-date": "01/10/2026",
        "values-0-value": "60",
        **facts,
    }


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"values-0-value": "101"}, "Un pourcentage va de 0 à 100."),
        ({"target": "120"}, "Un pourcentage va de 0 à 100."),
        ({"values-0-date": ""}, "Champ requis."),
    ],
)
@pytest.mark.django_db
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(
    client: Client, facts: dict[str, str], words: str
) -> None:
    client.force_login(member_of("Coordination"))
    html = client.post(ADD, typed(**facts)).content.decode()
    assert words in html
    assert "Part d’essai" in html
    assert not ProjectIndicator.objects.exists()


@pytest.mark.django_db
def test_the_coordination_writes_an_indicator_with_its_value(client: Client) -> None:
    client.force_login(member_of("Coordination"))
    client.post(ADD, typed())
    assert [str(one.value) for one in ProjectIndicatorValue.objects.all()] == ["60.00"]
    assert "Part d’essai" in client.get(LIST).content.decode()


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents", ""])
@pytest.mark.django_db
def test_indicators_that_are_not_public_are_for_the_coordination_only(
    client: Client, group: str
) -> None:
    indicator = make(3)
    if group:
        client.force_login(member_of(group))
    edit = reverse("wagtailsnippets_actions_projectindicator:edit", args=[indicator.pk])
    for address in (LIST, ADD, edit):
        assert client.get(address).status_code in (302, 403), address
