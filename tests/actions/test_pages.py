"""What a reader sees of an action, of the roadmap and of a recommendation."""

from datetime import date, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest

from actions.choices import ActionStatus, ParticipationLevel, PartnerRole
from actions.models import (
    ActionFunder,
    ActionNote,
    ActionPage,
    ActionPartner,
    ActionStep,
    Indicator,
    IndicatorValue,
)
from actions.roadmap.models import ActionIndexPage
from portal.base.choices import Public
from tests.factories.actions import (
    ActionPageFactory,
    PriorityFactory,
)


def rich_action(roadmap: ActionIndexPage, **fields: Any) -> ActionPage:
    """An action with something in each of its parts."""
    action = ActionPageFactory(
        parent=roadmap,
        title="Former aux premiers secours",
        reference="1.2",
        priority=PriorityFactory(),
        status=ActionStatus.RUNNING,
        start=date(2026, 1, 15),
        participation=ParticipationLevel.CONCERTATION,
        publics=[Public.ADULTES, Public.PROCHES],
        **fields,
    )
    action.partners = [
        ActionPartner(role=PartnerRole.PILOT, name="Association d’essai"),
        ActionPartner(role=PartnerRole.PARTNER, name="CLSM d’essai"),
    ]
    action.funders = [ActionFunder(name="Financeur d’essai", amount="48000", year=2026)]
    action.steps = [
        ActionStep(label="Premières sessions", done_on=date(2026, 3, 1)),
        ActionStep(label="Bilan public", period="printemps 2030"),
    ]
    action.notes = [
        ActionNote(title="Quatre-centième personne", text="Une session.", is_public=True),
        ActionNote(title="Désaccord interne", text="À ne pas publier.", is_public=False),
    ]
    indicator = Indicator(label="Personnes formées", unit="personnes", target="600")
    indicator.values = [
        IndicatorValue(date=date(2024, 12, 31), value="180"),
        IndicatorValue(date=date(2025, 12, 31), value="310", comment="Reprise"),
    ]
    action.indicators = [indicator]
    action.save()
    return action


def test_an_action_tells_who_what_when_and_how_far(
    client: Client, roadmap: ActionIndexPage
) -> None:
    page = client.get(rich_action(roadmap).url).content.decode()
    for words in (
        "Priorité 1 · Repérer tôt et bien soigner",
        "Action 1.2 – Former aux premiers secours",
        "En cours",
        "Association d’essai",
        "CLSM d’essai",
        "Financeur d’essai",
        "48 000 €",
        "Mars 2026",
        "printemps 2030",
        "1 étape faite sur 2",
        "Concertation",
        '<b class="large">310</b> personnes',
        "pour un objectif de 600",
        "Reprise",
        "Quatre-centième personne",
        "Adultes, Familles et proches",
    ):
        assert words in page.replace("\u202f", " ").replace("\xa0", " "), words


def test_an_internal_note_is_never_shown(client: Client, roadmap: ActionIndexPage) -> None:
    action = rich_action(roadmap)
    assert "Désaccord interne" not in client.get(action.url).content.decode()
    assert "À ne pas publier" not in str(action.to_search_document())
    assert "À ne pas publier" not in str(action.structured_data())


def test_what_is_not_known_is_said_so_rather_than_invented(
    client: Client, roadmap: ActionIndexPage
) -> None:
    page = client.get(ActionPageFactory(parent=roadmap).url).content.decode()
    assert "Pas encore publié" in page
    assert "Territoire à préciser" in page


def test_a_paused_action_shows_its_public_reason(client: Client, roadmap: ActionIndexPage) -> None:
    action = ActionPageFactory(
        parent=roadmap, status=ActionStatus.PAUSED, status_reason="Le financement est attendu."
    )
    assert "Le financement est attendu." in client.get(action.url).content.decode()


def test_an_action_costs_few_queries_however_rich(
    client: Client, roadmap: ActionIndexPage, django_assert_max_num_queries: Any
) -> None:
    action = rich_action(roadmap)
    client.get(action.url)
    with django_assert_max_num_queries(15):
        client.get(action.url)


@pytest.mark.parametrize("query", ["", "?vue=calendrier"])
def test_the_roadmap_costs_the_same_for_two_actions_or_thirty(
    client: Client, roadmap: ActionIndexPage, django_assert_max_num_queries: Any, query: str
) -> None:
    rich_action(roadmap)
    for _ in range(29):
        ActionPageFactory(parent=roadmap, priority=PriorityFactory(number=2))
    client.get(roadmap.url + query)
    with django_assert_max_num_queries(15):
        assert client.get(roadmap.url + query).status_code == 200


def test_a_state_that_changed_says_since_when(
    roadmap: ActionIndexPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = ActionPageFactory(parent=roadmap, status=ActionStatus.PROPOSED)
    action.save_revision().publish()
    assert "depuis" not in client.get(action.url).content.decode()

    moment = timezone.make_aware(datetime(2027, 3, 4))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    action.status = ActionStatus.RUNNING
    action.save_revision().publish()
    action.save_revision().publish()
    assert "depuis mars 2027" in client.get(action.url).content.decode()

    action.status = ActionStatus.DONE
    action.save_revision()  # a draft
    assert "depuis mars 2027" in client.get(action.url).content.decode()
    assert action.status_changes.count() == 2
