"""« Où en est-on ? »: who is asked, what a link opens, what becomes of an answer."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from actions.choices import ActionStatus
from actions.editor_choices import UpdateState
from actions.models import (
    ActionNote,
    ActionPage,
    ActionStep,
    Indicator,
    IndicatorValue,
    Pilot,
    PilotRequest,
    PilotUpdate,
    RoadmapSettings,
)
from actions.pilots import services
from actions.pilots.links import get_link
from actions.pilots.reminders import ask_now, send_due_requests
from home.digest_sources import notes
from home.models import HomePage
from portal.jobs.registry import jobs
from portal.mail.models import OutgoingMessage
from portal.privacy.registry import erase_person, find_person
from portal.reminders.choices import RequestState
from portal.reminders.links import LinkSigner
from tests.clock import Clock, set_clock
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory, PilotFactory
from tests.factories.users import UserFactory, member_of

SENTENCE = "Deux locaux sont visités, la mairie répond en décembre."
DIFFICULTY = "Le bailleur ne répond plus."
LIST = reverse("pilot_updates")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def action(db: None) -> ActionPage:
    """Under way, published, with a step, a share and no news."""
    index = ActionIndexPageFactory(parent=HomePage.objects.get())
    page = ActionPageFactory(
        parent=index, reference="2.3", title="Ouvrir un GEM", status=ActionStatus.RUNNING
    )
    page.steps = [ActionStep(label="Local trouvé", due_on=timezone.localdate() + timedelta(30))]
    page.indicators = [Indicator(label="Part des inscrits", unit="%")]
    page.save_revision().publish()
    return ActionPage.objects.get(pk=page.pk)


@pytest.fixture
def pilot(action: ActionPage) -> Pilot:
    pilot: Pilot = PilotFactory(actions=[action], name="Sophie Exemple")
    return pilot


@pytest.fixture
def request_(pilot: Pilot) -> PilotRequest:
    assert ask_now(pilot) == 1
    return PilotRequest.objects.get()


@pytest.fixture
def link(request_: PilotRequest) -> str:
    return f"/{get_link(request_).split('/', 3)[3]}"


@pytest.fixture
def reader() -> Client:
    return Client()


def heading(response: Any) -> str:
    return str(response.content.decode().partition("<h1>")[2].partition("</h1>")[0])


def filled(action: ActionPage, **typed: Any) -> dict[str, Any]:
    return {"etape": "envoi", "status": action.status, "difficulties": "", **typed}


def state_of_the_world() -> tuple[Any, ...]:
    return (
        list(PilotRequest.objects.values_list("state", "reminders", "address")),
        PilotUpdate.objects.count(),
        OutgoingMessage.objects.count(),
        list(ActionPage.objects.values_list("status", "latest_revision")),
    )


def test_nobody_is_written_to_before_the_coordinator_says_so(pilot: Pilot) -> None:
    job = next(job for job in jobs() if job.name == "pilots")
    assert job.run() is None
    RoadmapSettings.objects.update_or_create(defaults={"asks_pilots": True})
    assert job.run() == "1 pilote interrogé."
    assert [one.address for one in OutgoingMessage.objects.all()] == [pilot.email]
    assert send_due_requests() is None


def test_a_question_is_reminded_twice_then_expires(pilot: Pilot, clock: Clock) -> None:
    send_due_requests()
    for reminders in (1, 2, 2):
        clock.wait(days=10)
        send_due_requests()
        assert PilotRequest.objects.get().reminders == reminders
    assert OutgoingMessage.objects.count() == 3
    assert PilotRequest.objects.get().state == RequestState.EXPIRED


@pytest.mark.parametrize("news", ["note", "step", "asked elsewhere"])
def test_an_action_of_which_something_was_told_is_left_alone(
    action: ActionPage, pilot: Pilot, news: str
) -> None:
    today = timezone.localdate()
    if news == "note":
        ActionNote.objects.create(page=action, date=today, title="Bail signé")
    elif news == "step":
        ActionStep.objects.filter(page=action).update(done_on=today)
    else:
        PilotUpdate.objects.create(action=action, status=action.status)
    assert send_due_requests() is None


def test_opening_the_link_and_pressing_its_first_button_change_nothing(
    reader: Client, link: str, pilot: Pilot
) -> None:
    before = state_of_the_world()
    for send in (reader.get, reader.head, reader.options):
        send(link)
    page = reader.get(link).content.decode()
    assert "Ouvrir un GEM" in page
    assert pilot.name in page
    assert pilot.email not in page
    form = reader.post(link, {"etape": "formulaire"})
    assert 'name="sentence"' in form.content.decode()
    assert "Local trouvé – prévu" in form.content.decode()
    assert state_of_the_world() == before


def test_an_answer_waits_then_becomes_a_note_and_matter_for_the_letter(
    reader: Client, link: str, action: ActionPage, client: Client
) -> None:
    step, share = action.steps.get(), action.indicators.get()
    answer = filled(
        action,
        steps=[str(step.translation_key)],
        value_0="42,5",
        sentence=SENTENCE,
        difficulties=DIFFICULTY,
    )
    assert heading(reader.post(link, answer)) == "Merci, c’est fait"
    assert SENTENCE not in reader.get(action.url).content.decode()
    client.force_login(member_of("Coordination"))
    assert "Ouvrir un GEM" in client.get(LIST).content.decode()
    screen = reverse("pilot_update", args=[PilotUpdate.objects.get().pk])
    html = client.get(screen).content.decode()
    for words in (SENTENCE, DIFFICULTY, "42,5", "Local trouvé", "pas faite"):
        assert words in html
    client.post(screen, {"sentence": SENTENCE, "publish": "1"})
    page = reader.get(action.url).content.decode()
    assert SENTENCE in page
    assert DIFFICULTY not in page
    action = ActionPage.objects.get(pk=action.pk)
    assert action.steps.get().done_on == timezone.localdate()
    assert [str(one.value) for one in share.values.all()] == ["42.50"]
    since = timezone.now() - timedelta(days=1)
    assert SENTENCE in [change.title for change in notes(since)]
    assert PilotUpdate.objects.get().state == UpdateState.PUBLISHED
    # Sent again from an old page, it changes nothing more.
    client.post(screen, {"sentence": "Autre chose", "publish": "1"})
    assert "Autre chose" not in reader.get(action.url).content.decode()


def test_what_is_refused_is_never_public(reader: Client, link: str, action: ActionPage) -> None:
    reader.post(link, filled(action, sentence=SENTENCE, status=ActionStatus.DONE))
    services.refuse_update(PilotUpdate.objects.get(), UserFactory())
    assert SENTENCE not in reader.get(action.url).content.decode()
    assert ActionPage.objects.get(pk=action.pk).status == ActionStatus.RUNNING


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value_0": "101", "sentence": SENTENCE}, "Un pourcentage va de 0 à 100."),
        ({"value_0": "-1", "sentence": SENTENCE}, "Un pourcentage va de 0 à 100."),
        ({"value_0": "beaucoup", "sentence": SENTENCE}, "Écrivez un nombre"),
        ({"status": "en_pause", "sentence": SENTENCE}, "Dites pourquoi l’action est en pause."),
        ({"status": "abandonnee", "sentence": SENTENCE}, "abandonnee"),
        ({"sentence": "x" * 241}, "240"),
        ({"steps": ["autre"], "sentence": SENTENCE}, "autre"),
        ({}, "Vous n’avez rien changé."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    reader: Client, link: str, action: ActionPage, typed: dict[str, Any], words: str
) -> None:
    answer = reader.post(link, filled(action, **typed))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert typed.get("sentence", "") in html
    assert not PilotUpdate.objects.exists()


def test_nothing_changed_is_said_in_one_press(reader: Client, link: str, client: Client) -> None:
    assert heading(reader.post(link, {"etape": "rien"})) == "Merci, c’est fait"
    update = PilotUpdate.objects.get()
    assert update.nothing_changed
    client.force_login(member_of("Coordination"))
    revision = update.action.latest_revision_id
    client.post(reverse("pilot_update", args=[update.pk]), {"sentence": ""})
    update.refresh_from_db()
    assert update.state == UpdateState.PUBLISHED
    assert ActionPage.objects.get().latest_revision_id == revision


def test_a_link_serves_once(reader: Client, link: str, action: ActionPage) -> None:
    reader.post(link, filled(action, sentence=SENTENCE))
    assert heading(reader.get(link)) == "C’est déjà fait, merci"
    again = reader.post(link, filled(action, sentence="Une autre phrase"))
    assert heading(again) == "C’est déjà fait, merci"
    assert PilotUpdate.objects.get().sentence == SENTENCE


@pytest.mark.parametrize(
    ("spoil", "status", "title"),
    [
        ("archived", 410, "Ce lien n’est plus valable"),
        ("done", 410, "Ce lien n’est plus valable"),
        ("left", 410, "Ce lien n’est plus valable"),
        ("moved", 410, "Ce lien n’est plus valable"),
        ("old", 410, "Ce lien est trop ancien"),
        ("cut", 404, "Ce lien n’est pas complet"),
        ("of another kind", 404, "Ce lien n’est pas complet"),
        ("erased", 410, "Ce lien n’est plus valable"),
    ],
)
def test_a_link_that_is_good_for_nothing_says_why(
    reader: Client,
    link: str,
    request_: PilotRequest,
    action: ActionPage,
    clock: Clock,
    spoil: str,
    status: int,
    title: str,
) -> None:
    pilot = request_.pilot
    other = LinkSigner("resources.verification").sign(request_.key)
    {
        "archived": action.unpublish,
        "done": lambda: ActionPage.objects.update(status=ActionStatus.DONE),
        "left": pilot.actions.clear,
        "moved": lambda: Pilot.objects.update(email="ailleurs@exemple.example"),
        "old": lambda: clock.wait(days=31),
        "erased": lambda: erase_person(pilot.email),
    }.get(spoil, lambda: None)()
    if spoil == "cut":
        link = f"{link[:-5]}/"
    if spoil == "of another kind":
        link = reverse("actions:where_we_are", args=[other])
    for answer in (reader.get(link), reader.post(link, filled(action, sentence=SENTENCE))):
        assert (answer.status_code, heading(answer)) == (status, title)
    assert not PilotUpdate.objects.exists()


def test_an_old_link_brings_another_to_the_same_address(
    reader: Client, link: str, clock: Clock, pilot: Pilot
) -> None:
    clock.wait(days=31)
    assert heading(reader.post(link, {"etape": "lien"})) == "Votre demande est notée"
    assert [one.address for one in OutgoingMessage.objects.all()] == [pilot.email] * 2


def test_who_no_longer_leads_is_asked_nothing_more(
    reader: Client, link: str, pilot: Pilot, clock: Clock
) -> None:
    reader.post(link, {"etape": "plus"})
    assert not pilot.actions.exists()
    assert "ne pilote plus" in PilotUpdate.objects.get().difficulties
    clock.wait(days=120)
    assert send_due_requests() is None


def test_a_pilot_is_found_and_erased_on_request(
    reader: Client, link: str, action: ActionPage, pilot: Pilot
) -> None:
    reader.post(link, filled(action, sentence=SENTENCE, difficulties=DIFFICULTY))
    found = {source.name: items for source, items in find_person(pilot.email).items() if items}
    assert DIFFICULTY in str(found["pilots"])
    assert erase_person(pilot.email).counts["pilots"] == 1
    assert not PilotRequest.objects.exists()
    update = PilotUpdate.objects.get()
    assert (update.pilot, update.difficulties, update.sentence) == (None, "", SENTENCE)


def test_a_pilot_who_is_deleted_leaves_no_name_in_the_journal_of_the_editor(
    client: Client, reader: Client, action: ActionPage
) -> None:
    client.force_login(member_of("Coordination"))
    typed = {"name": "Sophie Secrète", "email": "sophie@exemple.example", "is_active": "on"}
    client.post(reverse("pilots:add"), typed | {"actions": [action.pk]})
    pilot = Pilot.objects.get(actions=action)
    client.post(reverse("pilots:edit", args=[pilot.pk]), typed | {"actions": [action.pk]})
    ask_now(pilot)
    link = get_link(PilotRequest.objects.get())
    reader.post(link, filled(action, sentence=SENTENCE, difficulties=DIFFICULTY))
    client.post(reverse("pilots:delete", args=[pilot.pk]))
    assert not Pilot.objects.exists()
    assert PilotUpdate.objects.get().difficulties == ""
    assert pilot.name not in str(list(ModelLogEntry.objects.values()))


def test_two_pilots_do_not_share_an_address(client: Client, pilot: Pilot) -> None:
    client.force_login(member_of("Coordination"))
    typed = {"name": "Autre", "email": pilot.email.upper(), "is_active": "on"}
    answer = client.post(reverse("pilots:add"), typed)
    assert "déjà celle d’un pilote" in answer.content.decode()
    assert Pilot.objects.count() == 1


def test_asking_from_the_list_sends_one_message(client: Client, pilot: Pilot) -> None:
    client.force_login(member_of("Coordination"))
    address = reverse("pilots:ask", args=[pilot.pk])
    assert "2.3" in client.get(address).content.decode()
    assert not OutgoingMessage.objects.exists()
    assert "pour 1 action" in client.post(address, follow=True).content.decode()
    assert "Rien n’est parti" in client.post(address, follow=True).content.decode()
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents", ""])
def test_pilots_and_what_they_tell_are_for_the_coordination_only(
    client: Client, reader: Client, link: str, action: ActionPage, pilot: Pilot, group: str
) -> None:
    reader.post(link, filled(action, sentence=SENTENCE, difficulties=DIFFICULTY))
    update = PilotUpdate.objects.get()
    if group:
        client.force_login(member_of(group))
    addresses = [
        LIST,
        reverse("pilot_updates_results"),
        reverse("pilot_update", args=[update.pk]),
        reverse("pilots:index"),
        reverse("pilots:add"),
        *(reverse(f"pilots:{name}", args=[pilot.pk]) for name in ("edit", "delete", "ask")),
    ]
    for address in addresses:
        assert client.get(address).status_code in (302, 403), address
        client.post(address, {"publish": "1", "sentence": "", "name": "x"})
    update.refresh_from_db()
    assert update.state == UpdateState.WAITING
    assert Pilot.objects.get().name == pilot.name
    public = reader.get(action.url).content
    public += reader.get(reverse("actions:roadmap_json")).getvalue()
    for secret in (pilot.name, pilot.email, DIFFICULTY):
        assert secret not in public.decode()


@pytest.mark.parametrize(
    ("unit", "value", "is_kept"),
    [("%", 100, True), ("%", 101, False), ("pourcentage", -1, False), ("jours", 101, True)],
)
def test_a_share_stays_between_0_and_100_in_the_editor(
    unit: str, value: int, is_kept: bool
) -> None:
    reading = IndicatorValue(indicator=Indicator(label="Part", unit=unit), value=value)
    reading.date = timezone.localdate()
    if is_kept:
        reading.clean()
        return
    with pytest.raises(Exception, match="0 à 100"):
        reading.clean()
