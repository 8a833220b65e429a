"""What each app puts in « À faire », and what is answered without leaving it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup, Tag

from actions.choices import ActionStatus
from actions.models import ActionPage, PilotUpdate
from home.models import ContactMessage, HomePage
from newsletter.models import IssuePage
from portal.imports.models import ImportRun
from portal.todo.listing import get_todo_list
from portal.users.models import User
from resources.moderation.services import propose_change
from tests.factories.actions import (
    ActionIndexPageFactory,
    ActionPageFactory,
    RecommendationIndexPageFactory,
    RecommendationPageFactory,
)
from tests.factories.corrections import EntryProposalFactory, ErrorReportFactory
from tests.factories.home import HelpLineFactory, StandardPageFactory
from tests.factories.newsletter import (
    EventIndexPageFactory,
    EventPageFactory,
    IssuePageFactory,
    LetterIndexPageFactory,
)
from tests.factories.resources import DirectoryPageFactory
from tests.factories.users import member_of
from tests.factories.verification import live_entry

DAY = timedelta(days=1)
CALLS = 12


def actions_in_trouble(home: HomePage) -> None:
    index = ActionIndexPageFactory(parent=home)
    ended = timezone.localdate() - 21 * DAY
    ActionPageFactory(
        parent=index, title="En retard", status=ActionStatus.RUNNING, planned_end=ended
    )
    ActionPageFactory(parent=index, title="Sans nouvelle", status=ActionStatus.RUNNING)
    ActionPageFactory(parent=index, title="Réalisée", status=ActionStatus.DONE, planned_end=ended)


def calls_to_make(home: HomePage) -> None:
    directory = DirectoryPageFactory(parent=home)
    for number in range(CALLS):
        live_entry(directory, title=f"GEM {number}", phone="04 91 00 00 01")


def recommendation(home: HomePage) -> None:
    index = RecommendationIndexPageFactory(parent=home)
    RecommendationPageFactory(parent=index)


def near_event(home: HomePage) -> None:
    index = EventIndexPageFactory(parent=home)
    now = timezone.now()
    EventPageFactory(parent=index, title="Forum", start=now + 3 * DAY, place="")
    EventPageFactory(parent=index, title="Trop tard", start=now - 3 * DAY)
    EventPageFactory(parent=index, title="Trop tôt", start=now + 30 * DAY)


def unsent_issue(home: HomePage) -> None:
    index = LetterIndexPageFactory(parent=home)
    IssuePageFactory(parent=index, title="Lettre de mars", date=timezone.localdate() - 3 * DAY)


def old_issue(home: HomePage) -> None:
    unsent_issue(home)
    IssuePage.objects.update(date=timezone.localdate() - 90 * DAY)


def message(home: HomePage) -> None:
    ContactMessage.objects.create(subject="autre", message="Bonjour", email="lea@public.example")


def proposal(home: HomePage) -> None:
    EntryProposalFactory(name="Café des aidants")


def pilot_update(home: HomePage) -> None:
    action = ActionPageFactory(
        parent=ActionIndexPageFactory(parent=home), title="Un GEM à Arles", status="proposee"
    )
    PilotUpdate.objects.create(action=action, status="en_cours", difficulties="Secret de Camille")


def help_line(home: HomePage) -> None:
    HelpLineFactory(name="Écoute", verified_on=timezone.localdate() - 40 * DAY)


#: What is there, who reads it, and what the list says.
CASES: list[tuple[Callable[[HomePage], None], str, list[str]]] = [
    (
        actions_in_trouble,
        "Coordination",
        ["En retard", "Retard : 3 semaines", "Sans nouvelle", "Rien n’a changé ?"],
    ),
    (recommendation, "Coordination", ["Une recommandation n’a pas de réponse publiée"]),
    (calls_to_make, "Coordination", ["Dix structures à appeler", "les 12 seront faites le"]),
    (near_event, "Coordination", ["Forum, ", "Le public n’y lit pas : où c’est"]),
    (near_event, "Modération", ["Forum, "]),
    (unsent_issue, "Coordination", ["« Lettre de mars » est publiée, pas envoyée"]),
    (old_issue, "Coordination", ["La prochaine lettre est à composer", "12 semaines"]),
    (message, "Coordination", ["Message reçu", "Attend une réponse depuis aujourd’hui"]),
    (pilot_update, "Coordination", ["Nouvelle d’un pilote", "Un GEM à Arles"]),
    (proposal, "Coordination", ["Un lieu à ajouter : « Café des aidants »"]),
    (help_line, "Coordination", ["Un numéro à vérifier", "Vérifié aujourd’hui : 3114 Écoute"]),
]


@pytest.mark.parametrize(("make", "role", "words"), CASES)
def test_the_list_says_what_is_to_be_done(
    client: Client, home_page: HomePage, make: Any, role: str, words: list[str]
) -> None:
    make(home_page)
    client.force_login(member_of(role))
    said = " ".join(page(client).text.split())
    for some in words:
        assert " ".join(some.split()) in said, some
    for none in ("Réalisée", "Trop tard", "Trop tôt", "lea@public.example", "Camille"):
        assert none not in said


@pytest.mark.parametrize(
    "make",
    dict.fromkeys(make for make, _role, _words in CASES if make is not near_event),
)
def test_who_writes_or_reads_again_sees_nothing_of_the_coordination(
    home_page: HomePage, make: Any
) -> None:
    make(home_page)
    # The numbers of help are read again by who reads again the rest.
    for role in ("Rédaction", "Référents"):
        assert titles(member_of(role)) == []


def test_a_file_is_told_to_who_sent_it_alone(home_page: HomePage) -> None:
    mine, other = member_of("Coordination"), member_of("Coordination")
    ImportRun.objects.create(
        kind="fiches", file_name="mes-lieux.xlsx", user=mine, state="echec", message="Illisible."
    )
    assert titles(mine) == ["mes-lieux.xlsx"]
    assert titles(other) == []


def test_a_draft_that_was_forgotten_is_told_to_who_wrote_it(home_page: HomePage) -> None:
    mine, other = member_of("Rédaction"), member_of("Rédaction")
    draft = StandardPageFactory(parent=home_page, title="Le forum", live=False)
    draft.save_revision(user=mine)
    assert titles(mine) == []
    type(draft).objects.filter(pk=draft.pk).update(
        latest_revision_created_at=timezone.now() - 20 * DAY
    )
    assert titles(mine) == ["« Le forum »"]
    assert titles(other) == []


def test_what_a_colleague_wrote_waits_for_who_reads_again(home_page: HomePage) -> None:
    author, reader = member_of("Rédaction"), member_of("Modération")
    draft = StandardPageFactory(parent=home_page, title="Le forum", live=False)
    draft.save_revision(user=author)
    draft.get_workflow().start(draft, author)
    assert titles(reader) == ["« Le forum »"]
    assert titles(author) == []


def test_a_call_in_vain_counts_in_the_day_and_leads_back(
    client: Client, coordinator: User, home_page: HomePage
) -> None:
    calls_to_make(home_page)
    forms = page(client).select(".portal-job__in form")
    assert len(forms) == 10
    assert press(client, forms[0])["Location"] == "/admin/"
    screen = page(client)
    assert "Neuf structures à appeler" in screen.text
    assert len(screen.select(".portal-job__in form")) == 9


def test_an_action_still_under_way_is_said_in_one_press(
    client: Client, coordinator: User, home_page: HomePage
) -> None:
    actions_in_trouble(home_page)
    (form,) = page(client).select(".portal-job__in form")
    assert press(client, form)["Location"] == "/admin/"
    action = ActionPage.objects.get(title="Sans nouvelle")
    (note,) = action.notes.all()
    assert note.date == timezone.localdate()
    assert not note.is_public
    assert action.live
    assert "Sans nouvelle" not in " ".join(titles(coordinator))


def test_a_draft_of_an_action_is_not_published_by_the_way(
    client: Client, coordinator: User, home_page: HomePage
) -> None:
    actions_in_trouble(home_page)
    action = ActionPage.objects.get(title="Sans nouvelle")
    action.title = "Un autre titre"
    action.save_revision()
    url = reverse("action_listing:still_running", args=[action.pk])
    assert client.post(url)["Location"] == reverse("action_listing:update", args=[action.pk])
    assert ActionPage.objects.get(pk=action.pk).title == "Sans nouvelle"


@pytest.mark.parametrize("role", ["Rédaction", "Référents"])
def test_who_may_not_publish_says_nothing_for_a_pilot(
    client: Client, home_page: HomePage, role: str
) -> None:
    actions_in_trouble(home_page)
    client.force_login(member_of(role))
    action = ActionPage.objects.get(title="Sans nouvelle")
    client.post(reverse("action_listing:still_running", args=[action.pk]))
    assert not action.notes.exists()


def test_a_full_day_is_read_in_few_queries(home_page: HomePage) -> None:
    makers = (actions_in_trouble, recommendation, calls_to_make, unsent_issue, message, proposal)
    for make in (*makers, help_line, near_event):
        make(home_page)
    entry = live_entry(DirectoryPageFactory(parent=home_page, slug="autre"), title="CMP")
    propose_change(entry, lambda page: setattr(page, "phone", "04 91 00 00 02"), user=None, by="x")
    for _time in range(4):
        ErrorReportFactory(entry=entry)
    user = member_of("Coordination")
    get_todo_list(user)  # what a process has at hand
    user = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as few:
        found = get_todo_list(user)
    assert len({one.source.name for one in found.lines}) >= 10
    assert len(few) <= 25

    for number in range(8):
        ErrorReportFactory(entry=entry)
        live_entry(entry.get_parent(), title=f"GEM de plus {number}")
    user = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as more:
        get_todo_list(user)
    assert len(more) == len(few)


def page(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/admin/").content, "html.parser")


def titles(user: User) -> list[str]:
    return [one.item.title for one in get_todo_list(user).lines]


def press(client: Client, form: Tag, **more: str) -> Any:
    sent = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return client.post(form["action"], sent | more)
