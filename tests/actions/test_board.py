"""« Tableau des actions »: what a steering meeting looks at."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.board.groups import Grouping
from actions.choices import ActionDimension, ActionStatus, PartnerRole
from actions.models import ActionPage
from actions.models.action_inlines import ActionFunder, ActionNote, ActionPartner, ActionStep
from home.models import HomePage
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory, PriorityFactory
from tests.factories.geo import TerritoryFactory
from tests.factories.users import member_of

BOARD = reverse("action_board")
ALONE = reverse("action_board_alone")


@pytest.fixture
def late(db: None) -> ActionPage:
    """Under way, six weeks late, led by nobody, for one territory and paid by one funder."""
    index = ActionIndexPageFactory(parent=HomePage.objects.get())
    action = ActionPageFactory(
        parent=index,
        reference="2.3",
        title="Ouvrir un GEM",
        status=ActionStatus.RUNNING,
        priority=PriorityFactory(number=2, plain_title="Se rétablir"),
        dimensions=[ActionDimension.SEVERE],
    )
    action.territories = [TerritoryFactory(name="Pays d’essai")]
    action.save()
    due = timezone.localdate() - timedelta(44)
    ActionStep.objects.create(page=action, label="Local trouvé", due_on=due)
    ActionFunder.objects.create(page=action, name="Financeur d’essai")
    return action


@pytest.fixture
def calm(late: ActionPage) -> ActionPage:
    action = ActionPageFactory(
        parent=late.get_parent(),
        reference="2.10",
        title="Former",
        status=ActionStatus.RUNNING,
        whole_department=True,
    )
    ActionPartner.objects.create(page=action, role=PartnerRole.PILOT, name="Hôpital d’essai")
    ActionNote.objects.create(page=action, title="Vingt personnes formées")
    return action


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def read(client: Client, address: str = BOARD, **asked: str) -> str:
    html = client.get(address, asked).content.decode()
    return html.partition("<main")[2]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("priorite", ["2. Se rétablir", "Toutes les priorités"]),
        ("etat", ["En cours"]),
        ("retard", ["En retard", "Sans retard"]),
        ("pilote", ["Hôpital d’essai", "Pilote à désigner"]),
        ("territoire", ["Tout le département", "Pays d’essai"]),
        ("volet", ["Troubles psychiques sévères", "Volet à préciser"]),
        ("financeur", ["Financeur d’essai", "Aucun financeur écrit"]),
        ("autre chose", ["2. Se rétablir", "Toutes les priorités"]),
    ],
)
def test_the_board_is_grouped_as_the_meeting_asks(
    editor: Client, late: ActionPage, calm: ActionPage, by: str, groups: list[str]
) -> None:
    html = read(editor, par=by)
    heads = [part.partition(" <span")[0] for part in html.split('scope="colgroup">')[1:]]
    assert heads == groups
    assert html.count("Ouvrir un GEM") == html.count("Former") == 1


def test_every_grouping_is_offered_and_each_row_says_what_it_needs(
    editor: Client, late: ActionPage, calm: ActionPage
) -> None:
    html = read(editor)
    for words in (*map(str, Grouping.labels), "Retard : 6 semaines", "À désigner", "Local trouvé"):
        assert words in html
    assert "Vingt personnes formées" in html
    assert reverse("action_listing:update", args=[late.pk]) in html


@pytest.mark.parametrize("care", ["retard", "pilote", "silence"])
def test_the_board_may_keep_what_needs_care(
    editor: Client, late: ActionPage, calm: ActionPage, care: str
) -> None:
    html = read(editor, garde=care)
    assert "Ouvrir un GEM" in html
    assert "Former" not in html


def test_the_board_alone_has_nothing_of_the_editor_around_it(
    editor: Client, late: ActionPage
) -> None:
    html = editor.get(ALONE, {"par": "etat", "garde": "retard"}).content.decode()
    assert "Ouvrir un GEM" in html
    assert "sidebar" not in html
    assert f"{BOARD}?par=etat&amp;garde=retard" in html


def test_an_empty_board_says_so(editor: Client) -> None:
    assert "Aucune action publiée ici." in read(editor)


def test_a_longer_board_asks_no_more_of_the_database(
    editor: Client,
    late: ActionPage,
    calm: ActionPage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    editor.get(ALONE)
    for _n in range(4):
        other = ActionPageFactory(parent=late.get_parent(), status=ActionStatus.RUNNING)
        ActionStep.objects.create(page=other, label="Une étape")
    # Three of them are the session, the account and the address of the site.
    with django_assert_max_num_queries(15):
        editor.get(ALONE)
    with django_assert_max_num_queries(20):  # the menu of the editor asks for its own
        editor.get(BOARD)


@pytest.mark.parametrize(
    ("group", "is_open"),
    [("Coordination", True), ("Rédaction", True), ("Modération", True), ("Référents", False)],
)
def test_the_board_is_for_who_writes_the_roadmap(
    client: Client, late: ActionPage, group: str, is_open: bool
) -> None:
    assert client.get(BOARD).status_code == 302
    client.force_login(member_of(group))
    for address in (BOARD, ALONE):
        answer: Any = client.get(address)
        assert (answer.status_code == 200) is is_open
