"""The coordinator sends a letter, follows it and stops it; nobody sees who opened it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import patch

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from newsletter.admin.progress import format_pace, masked
from newsletter.admin.send_forms import in_paris
from newsletter.backends import Refused, ServiceAway
from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
from newsletter.models import Delivery, IssuePage, LetterSettings, Mailing, Subscriber
from newsletter.services.subscription import unsubscribe_by_token
from newsletter.services.test_send import NOBODY
from newsletter.subscription.models import LetterIndexPage
from portal.geo.models import Territory
from portal.users.models import User
from tests.factories import letter
from tests.factories.newsletter import IssuePageFactory, paris
from tests.factories.users import member_of

State = Mailing.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db: None) -> User:
    return member_of("Coordination")


@pytest.fixture
def coordinator(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def issue(letter_page: LetterIndexPage) -> IssuePage:
    body = [{"type": "edito", "value": {"title": "Bonjour", "text": "<p>Une nouvelle.</p>"}}]
    return IssuePageFactory(
        parent=letter_page, number=12, title="La lettre de mars", summary="En bref.", body=body
    )


def send_url(issue: IssuePage) -> str:
    return reverse("letter_mailings:send", args=[issue.pk])


def progress_url(mailing: Mailing) -> str:
    return reverse("letter_mailings:progress", args=[mailing.pk])


def act(client: Client, mailing: Mailing, name: str) -> str:
    address = reverse("letter_mailings:act", args=[mailing.pk, name])
    return client.post(address, follow=True).content.decode()


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_issue_is_sent_from_its_page(coordinator: Client, issue: IssuePage) -> None:
    for address in (
        reverse("wagtailadmin_pages:edit", args=[issue.pk]),
        reverse("wagtailadmin_explore", args=[issue.get_parent().pk]),
    ):
        assert send_url(issue) in html(coordinator, address)


def test_a_draft_has_no_button_in_the_list(coordinator: Client, issue: IssuePage) -> None:
    issue.unpublish()
    parent = reverse("wagtailadmin_explore", args=[issue.get_parent().pk])
    assert send_url(issue) not in html(coordinator, parent)
    assert send_url(issue) in html(coordinator, reverse("wagtailadmin_pages:edit", args=[issue.pk]))


def test_before_it_leaves_one_sees_what_goes_and_to_whom(
    coordinator: Client, issue: IssuePage
) -> None:
    topic = letter.topic("proches", name="Les proches")
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")
    letter.subscriber_of("ana@x.example", topics=[topic], territory=territory)
    letter.subscriber_of("leo@x.example")
    letter.subscriber_of("zoe@x.example", state=Subscriber.State.UNSUBSCRIBED)
    page = html(coordinator, send_url(issue))
    for words in ("La lettre de mars", "En bref.", " ko, pour 100", "2 personnes la recevront"):
        assert words in page
    assert "<td>Les proches</td><td>1</td>" in page
    assert "<td>aucun sujet : toutes les lettres</td><td>1</td>" in page
    assert "<td>Pays d’Aubagne</td><td>1</td>" in page
    assert "<td>aucun : tous</td><td>1</td>" in page
    assert "@x.example" not in page


def test_only_those_whom_the_issue_is_for_are_counted(
    coordinator: Client, issue: IssuePage
) -> None:
    issue.topics.add(letter.topic("proches"))
    issue.save_revision().publish()
    letter.subscriber_of("ana@x.example", topics=[letter.topic("proches")])
    letter.subscriber_of("leo@x.example", topics=[letter.topic("agenda")])
    assert "Une personne la recevra" in html(coordinator, send_url(issue))


def test_what_is_missing_is_said_and_nothing_can_be_sent(
    coordinator: Client, issue: IssuePage
) -> None:
    issue.unpublish()
    page = html(coordinator, send_url(issue))
    assert "publiez-le d’abord" in page
    assert "Envoyer maintenant" not in page
    said = coordinator.post(send_url(issue), {"now": "1"}, follow=True).content.decode()
    assert "publiez-le d’abord" in said
    assert not Mailing.objects.exists()


def test_a_domain_that_is_not_ready_stops_the_letter(
    coordinator: Client, issue: IssuePage, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "ouvrez « Domaine d’envoi »" in html(coordinator, send_url(issue))
    coordinator.post(send_url(issue), {"now": "1"})
    assert not Mailing.objects.exists()
    letter_settings = LetterSettings.load()
    letter_settings.sends_anyway = True
    letter_settings.save()
    coordinator.post(send_url(issue), {"now": "1"})
    assert Mailing.objects.get().state == State.SCHEDULED


def test_a_letter_is_sent_now(coordinator: Client, issue: IssuePage, user: User) -> None:
    said = coordinator.post(send_url(issue), {"now": "1"}, follow=True).content.decode()
    assert "commence à partir dans la minute" in said
    mailing = Mailing.objects.get()
    assert (mailing.issue, mailing.planned_by, mailing.state) == (issue, user, State.SCHEDULED)
    assert mailing.send_at <= timezone.now()


def test_twenty_clicks_make_one_sending(coordinator: Client, issue: IssuePage) -> None:
    page = [coordinator.post(send_url(issue), {"now": "1"}) for _ in range(20)]
    assert Mailing.objects.count() == 1
    assert {response["Location"] for response in page} == {progress_url(Mailing.objects.get())}


def test_looking_sends_nothing(coordinator: Client, issue: IssuePage) -> None:
    mailing = letter.mailing()
    for address in (send_url(issue), send_url(issue) + "?now=1", progress_url(mailing)):
        coordinator.get(address)
    for name in ("pause", "annuler"):
        address = reverse("letter_mailings:act", args=[mailing.pk, name])
        assert coordinator.get(address).status_code == 405
    assert Mailing.objects.count() == 1
    mailing.refresh_from_db()
    assert mailing.state == State.SENDING


@pytest.fixture
def spring(now_is: Callable[[datetime], None]) -> None:
    now_is(paris(2027, 1, 15, 10))


@pytest.mark.usefixtures("spring")
def test_a_letter_is_sent_later(coordinator: Client, issue: IssuePage) -> None:
    typed = {"later": "1", "day": "2027-02-01", "hour": "09:30"}
    page = coordinator.post(send_url(issue), typed, follow=True).content.decode()
    mailing = Mailing.objects.get()
    assert mailing.send_at == paris(2027, 2, 1, 9, 30)
    assert "départ le lundi 1 février 2027 à 09:30" in page
    assert "Annuler cet envoi prévu" in page


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2027-01-15", "09:59", "Ce moment est passé"),
        ("2026-12-25", "10:00", "Ce moment est passé"),
        ("2027-03-28", "02:30", "on passe à l’heure d’été"),
        ("2029-01-01", "10:00", "plus d’un an"),
        ("31/02/2027", "10:00", "Écrivez une date"),
        ("2027-02-01", "25:00", "Écrivez une heure"),
        ("", "10:00", "Choisissez un jour"),
        ("2027-02-01", "", "Choisissez une heure"),
        ("2027-02-01\x00", "10:00", "Écrivez une date"),
    ],
)
def test_an_hour_that_cannot_be_is_told_and_what_was_typed_is_kept(
    coordinator: Client, issue: IssuePage, day: str, hour: str, words: str
) -> None:
    page = coordinator.post(send_url(issue), {"later": "1", "day": day, "hour": hour})
    assert words in page.content.decode()
    assert not Mailing.objects.exists()
    form = page.context["later"]
    assert (form["day"].value(), form["hour"].value()) == (day, hour)


def test_an_hour_that_comes_twice_is_the_first() -> None:
    twice = in_paris(datetime(2026, 10, 25, 2, 30))
    assert twice is not None
    assert twice.utcoffset() == timedelta(hours=2)
    assert in_paris(datetime(2027, 3, 28, 2, 30)) is None


def test_a_planned_letter_is_called_off_then_planned_again(
    coordinator: Client, issue: IssuePage
) -> None:
    coordinator.post(send_url(issue), {"now": "1"})
    mailing = Mailing.objects.get()
    assert "personne n’a rien reçu" in act(coordinator, mailing, "annuler")
    mailing.refresh_from_db()
    assert mailing.state == State.CANCELLED
    assert "Envoyer maintenant" in html(coordinator, send_url(issue))
    coordinator.post(send_url(issue), {"now": "1"})
    mailing.refresh_from_db()
    assert mailing.state == State.SCHEDULED


def test_a_letter_that_has_left_is_not_sent_again(coordinator: Client, issue: IssuePage) -> None:
    mailing = letter.mailing(issue=issue, state=State.CANCELLED, started_at=timezone.now())
    assert coordinator.get(send_url(issue))["Location"] == progress_url(mailing)
    coordinator.post(send_url(issue), {"now": "1"})
    mailing.refresh_from_db()
    assert mailing.state == State.CANCELLED


def test_a_sending_is_paused_resumed_and_stopped(coordinator: Client) -> None:
    mailing = letter.mailing()
    waiting = letter.delivery(mailing=mailing)
    assert "est en pause" in act(coordinator, mailing, "pause")
    assert "reprend là où" in act(coordinator, mailing, "reprendre")
    act(coordinator, mailing, "pause")
    assert "ne recevront rien" in act(coordinator, mailing, "arreter")
    mailing.refresh_from_db()
    waiting.refresh_from_db()
    assert mailing.state == State.CANCELLED
    assert waiting.state == Delivery.State.CANCELLED


def test_a_button_pressed_too_late_changes_nothing_and_says_so(coordinator: Client) -> None:
    mailing = letter.mailing(state=State.DONE)
    for name in ("pause", "reprendre", "annuler", "arreter"):
        assert "cet envoi est déjà « terminé »" in act(coordinator, mailing, name)
    mailing.refresh_from_db()
    assert mailing.state == State.DONE
    address = reverse("letter_mailings:act", args=[mailing.pk, "autre"])
    assert coordinator.post(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (State.SCHEDULED, ["Annuler cet envoi prévu"]),
        (State.SENDING, ["Mettre en pause"]),
        (State.PAUSED, ["Reprendre", "Arrêter pour de bon"]),
        (State.DONE, []),
        (State.CANCELLED, []),
    ],
)
def test_only_the_buttons_that_do_something_are_shown(
    coordinator: Client, state: str, labels: list[str]
) -> None:
    page = coordinator.get(progress_url(letter.mailing(state=state)))
    assert [str(one["label"]) for one in page.context["acts"]] == labels
    assert ("Actualiser" in page.content.decode()) is (state not in (State.DONE, State.CANCELLED))


def of_each_state() -> Mailing:
    mailing = letter.mailing(
        problem="451 trop de connexions",
        resting_until=timezone.now() + timedelta(minutes=1),
        started_at=timezone.now(),
    )
    states = Delivery.State
    numbers = {
        **{states.SENT: 5, states.WAITING: 4, states.BOUNCED: 3},
        **{states.GIVEN_UP: 2, states.UNCERTAIN: 1, states.CANCELLED: 1},
    }
    for state, number in numbers.items():
        for rank in range(number):
            letter.delivery(
                letter.subscriber_of(f"{state}{rank}@x.example"),
                mailing=mailing,
                state=state,
                answer="550 <b>inconnu</b>" if state == states.BOUNCED else "",
                finished_at=timezone.now(),
            )
    return mailing


def test_the_screen_says_how_far_a_sending_is(coordinator: Client) -> None:
    mailing = of_each_state()
    page = html(coordinator, progress_url(mailing))
    assert "12 sur 16 (75\xa0%)" in page or "12 sur 16 (75 %)" in page
    for label, number in (
        ("Partis", 5),
        ("En attente", 4),
        ("Refusés", 3),
        ("Abandonnés après plusieurs essais", 2),
        ("Incertains : partis ou non, on ne sait pas", 1),
        ("Retirés avant le départ", 1),
    ):
        assert f"<dt>{label}</dt><dd>{number}" in page
    for words in ("451 trop de connexions", "prochain essai à", "6 lettres qui ne sont pas"):
        assert words in page


def test_refusals_are_shown_without_the_whole_address(coordinator: Client) -> None:
    page = html(coordinator, progress_url(of_each_state()))
    assert "550 &lt;b&gt;inconnu&lt;/b&gt;" in page
    assert "r…@x.example" in page
    assert "refuse0@x.example" not in page
    person = Subscriber.objects.get(email="refuse0@x.example")
    assert reverse("letter_subscribers:inspect", args=[person.pk]) in page


def test_a_letter_that_came_back_later_is_among_those_not_received(coordinator: Client) -> None:
    mailing = letter.mailing(state=State.DONE)
    letter.sent_delivery(mailing=mailing, bounce=Delivery.Bounce.HARD, answer="5.1.1")
    page = html(coordinator, progress_url(mailing))
    assert "Une lettre qui n’est pas arrivée" in page
    assert "Adresse qui n’existe pas" in page


def test_the_figures_come_alone_for_the_screen_that_asks_again(coordinator: Client) -> None:
    mailing = of_each_state()
    address = reverse("letter_mailings:figures", args=[mailing.pk])
    page = html(coordinator, progress_url(mailing))
    assert f'data-progress="{address}"' in page
    assert "portal/js/live-progress.js" in page
    alone = html(coordinator, address)
    assert "<html" not in alone
    assert "<dt>Refusés</dt><dd>3" in alone
    assert "<form" not in alone


def test_a_longer_ledger_costs_no_more_queries(coordinator: Client, issue: IssuePage) -> None:
    def cost(address: str) -> int:
        coordinator.get(address)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(address)
        return len(queries)

    mailing = letter.mailing()

    def fill(ranks: range) -> None:
        for rank in ranks:
            subscriber = letter.subscriber_of(f"p{rank}@x.example", topics=[letter.topic()])
            letter.delivery(subscriber, mailing=mailing, state=Delivery.State.BOUNCED, answer="550")
            letter.mailing(state=State.DONE, planned_by=member_of("Coordination"))

    addresses = [progress_url(mailing), reverse("letter_mailings:index"), send_url(issue)]
    fill(range(3))
    few = [cost(address) for address in addresses]
    fill(range(3, 33))
    assert [cost(address) for address in addresses] == few


def test_a_longer_list_of_issues_costs_no_query_for_its_button(
    coordinator: Client, issue: IssuePage
) -> None:
    address = reverse("wagtailadmin_explore", args=[issue.get_parent().pk])

    def queries_about_sendings() -> int:
        coordinator.get(address)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(address)
        return sum("newsletter_mailing" in query["sql"] for query in queries)

    assert queries_about_sendings() == 0


def test_what_was_sent_long_ago_still_shows_its_figures(coordinator: Client) -> None:
    mailing = letter.mailing(
        state=State.DONE, recipients=1204, outcomes={"parti": 1200, "refuse": 4}
    )
    page = html(coordinator, progress_url(mailing))
    assert "<dt>Refusés</dt><dd>4" in page
    assert "1204" in page.replace("\xa0", "").replace("\u202f", "")


def test_the_list_tells_the_history_of_sendings(coordinator: Client) -> None:
    letter.mailing(title="Lettre de mars", state=State.DONE, outcomes={"parti": 4217})
    page = html(coordinator, reverse("letter_mailings:index"))
    for words in ("Lettre de mars", "terminé", "4217"):
        assert words in page


def test_a_trial_goes_to_oneself_alone_and_unsubscribes_nobody(
    coordinator: Client, issue: IssuePage, user: User
) -> None:
    ana = letter.subscriber_of("ana@x.example")
    said = coordinator.post(send_url(issue), {"test": "1"}, follow=True).content.decode()
    assert f"L’essai est parti à {user.email}" in said
    [message] = mail.outbox
    assert message.to == [user.email]
    assert message.subject == "[Essai] La lettre de mars"
    whole = str(message.message())
    for placeholder in (TOKEN_HERE, SINCE_HERE, ana.token):
        assert placeholder not in whole
    assert NOBODY in message.body
    assert len(NOBODY) == len(TOKEN_HERE)
    assert not unsubscribe_by_token(NOBODY)
    assert not Mailing.objects.exists()
    assert not Delivery.objects.exists()


def test_a_trial_shows_the_draft(coordinator: Client, issue: IssuePage) -> None:
    issue.title = "La lettre d’avril"
    issue.save_revision()
    page = html(coordinator, send_url(issue))
    assert "Il montre le brouillon" in page
    assert "Des changements ne sont pas publiés" in page
    coordinator.post(send_url(issue), {"test": "1"})
    assert mail.outbox[0].subject == "[Essai] La lettre d’avril"


@pytest.mark.parametrize("failure", [ServiceAway("421 saturé"), Refused("550 non <x>")])
def test_a_trial_that_fails_says_what_the_server_said(
    coordinator: Client, issue: IssuePage, failure: Exception
) -> None:
    with patch("newsletter.backends.local.LocalMailBackend.send", side_effect=failure):
        page = coordinator.post(send_url(issue), {"test": "1"}, follow=True).content.decode()
    assert "L’essai n’est pas parti" in page
    assert ("421 saturé" in page) or ("550 non &lt;x&gt;" in page)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("ana@x.example", "a…@x.example"), ("b@y.example", "b…@y.example"), ("", "…@")],
)
def test_an_address_is_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (0, ""),
        (9.96, "10 messages par seconde"),
        (3.24, "3,2 messages par seconde"),
        (1, "1 message par seconde"),
        (0.25, "15 messages par minute"),
        (0.01, "0,6 message par minute"),
    ],
)
def test_the_pace_is_said_in_words(pace: float, words: str) -> None:
    assert format_pace(pace) == words
