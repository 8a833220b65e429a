"""The department as a picture: what the project touches, and the territories by number."""

from django.test import Client

import pytest

from actions.choices import ActionStatus
from home.models import HomePage, PtsmPage, TerritoryIndexPage, TerritoryPage
from portal.geo.boundaries import area_path, static_map
from portal.geo.models import Commune, Territory
from portal.geo.services import load_communes
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def ptsm() -> PtsmPage:
    load_communes("13")
    page: PtsmPage = make_home().add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))
    return page


@pytest.fixture
def salonais(ptsm: PtsmPage) -> Territory:
    territory = Territory.objects.create(name="Pays salonais", slug="pays-salonais")
    territory.communes.set(Commune.objects.filter(name__in=["Salon-de-Provence", "Pélissanne"]))
    return territory


def test_an_area_is_drawn_inside_its_department() -> None:
    assert area_path(frozenset({"13103"}), "13").startswith("M")
    assert len(area_path(frozenset({"13103", "13069"}), "13", 600)) <= 600
    assert area_path(frozenset({"13103"}), "00") == ""
    assert area_path(frozenset(), "13") == ""


@pytest.mark.parametrize(
    ("status", "is_example", "whole", "words"),
    [
        (ActionStatus.RUNNING, False, False, "2 communes sur 119 ont au moins une action"),
        (ActionStatus.RUNNING, False, True, "1 action vaut pour tout le département"),
        (ActionStatus.PROPOSED, False, False, ""),
        (ActionStatus.DROPPED, False, True, ""),
        (ActionStatus.RUNNING, True, True, ""),
    ],
)
def test_the_project_says_which_communes_it_touches(
    client: Client,
    ptsm: PtsmPage,
    salonais: Territory,
    status: ActionStatus,
    is_example: bool,
    whole: bool,
    words: str,
) -> None:
    roadmap = ActionIndexPageFactory(parent=ptsm.get_parent())
    action = ActionPageFactory(
        parent=roadmap,
        status=status,
        status_reason="Faute de moyens.",
        is_example=is_example,
        whole_department=whole,
    )
    if not whole:
        action.territories.add(salonais)
        action.save()
    page = client.get(ptsm.url).content.decode()
    assert words in page
    assert ("Où cela se passe" in page) is bool(words)


def test_a_department_without_borders_has_words_and_no_picture(
    client: Client, ptsm: PtsmPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("home.department_map.static_map", lambda: None)
    roadmap = ActionIndexPageFactory(parent=ptsm.get_parent())
    ActionPageFactory(parent=roadmap, status=ActionStatus.RUNNING, whole_department=True)
    page = client.get(ptsm.url).content.decode()
    assert "1 action vaut pour tout le département" in page
    assert "department-map" not in page


def test_the_territories_are_numbered_on_the_map_as_in_the_list(
    client: Client, ptsm: PtsmPage, salonais: Territory
) -> None:
    home = ptsm.get_parent().specific
    assert isinstance(home, HomePage)
    index = home.add_child(instance=TerritoryIndexPage(title="Près de chez vous", slug="ici"))
    index.add_child(
        instance=TerritoryPage(title="Pays salonais", slug="salonais", territory=salonais)
    )
    page = client.get(index.url).content.decode()
    frame = static_map()
    assert frame is not None
    assert f'viewBox="0 0 {frame.width} {frame.height}"' in page
    assert ">1</text>" in page
    assert "1. <a" in page
