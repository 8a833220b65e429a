"""How many receive the letter, whether its domain is believed, and what the first screen says."""

from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from home.models import HomePage
from newsletter.models import LetterSettings, Mailing, Movement, Subscriber
from newsletter.services.audience import by_state, growth
from newsletter.subscription.models import LetterIndexPage
from portal.geo.models import Territory
from portal.mail.domain import Finding, NotADomain
from portal.mail.domain import State as DnsState
from tests.factories import letter
from tests.factories.users import member_of

State = Mailing.State
DOMAIN = reverse("letter_domain:index")
pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def move(kind: str, day: date, number: int) -> None:
    Movement.objects.count_one(kind, day, number)


def test_growth_is_told_by_month_and_ends_with_today_s_number() -> None:
    kinds = Movement.Kind
    today = date(2027, 3, 10)
    move(kinds.JOINED, date(2027, 3, 2), 3)
    move(kinds.JOINED, date(2027, 3, 9), 2)
    move(kinds.LEFT, date(2027, 3, 9), 1)
    move(kinds.LOST, date(2027, 2, 28), 2)
    move(kinds.JOINED, date(2026, 4, 1), 7)
    move(kinds.JOINED, date(2026, 3, 31), 100)
    months = growth(10, today)
    assert [month.first_day for month in (months[0], months[-1])] == [
        date(2026, 4, 1),
        date(2027, 3, 1),
    ]
    assert len(months) == 12
    assert (months[-1].joined, months[-1].left, months[-1].total) == (5, 1, 10)
    assert (months[-2].lost, months[-2].total) == (2, 6)
    assert (months[-3].total, months[0].joined, months[0].total) == (8, 7, 8)


def test_a_month_never_shows_less_than_nobody() -> None:
    move(Movement.Kind.JOINED, timezone.localdate(), 9)
    assert growth(1)[-2].total == 0


def test_every_state_is_counted_even_when_nobody_is_in_it() -> None:
    letter.subscriber_of()
    numbers = dict(by_state())
    assert numbers["inscrit"] == 1
    assert numbers["en attente de confirmation"] == 0
    assert len(numbers) == len(Subscriber.State)


def test_the_figures_name_nobody(coordinator: Client) -> None:
    topic = letter.topic("proches", name="Les proches")
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")
    for rank in range(3):
        letter.subscriber_of(f"p{rank}@x.example", topics=[topic], territory=territory)
    letter.subscriber_of("tous@x.example")
    letter.subscriber_of("part@x.example", state=Subscriber.State.UNSUBSCRIBED, topics=[topic])
    move(Movement.Kind.JOINED, timezone.localdate(), 4)
    letter.mailing(
        title="Lettre de mars",
        state=State.DONE,
        started_at=timezone.now(),
        outcomes={"parti": 40, "refuse": 2, "abandon": 1},
    )
    page = html(coordinator, reverse("letter_figures:index"))
    for words in (
        "4 personnes reçoivent la lettre",
        "<td>Les proches</td><td>3</td>",
        "<td>aucun sujet : toutes les lettres</td><td>1</td>",
        "<td>Pays d’Aubagne</td><td>3</td>",
        "<td>Désinscrit</td><td>1</td>",
        "<td>40</td><td>3</td>",
        "Graphique : abonnés à la fin de chaque mois",
    ):
        assert words in page
    assert page.count("<rect") == 12
    assert "@x.example" not in page


def test_the_figures_of_nobody_are_shown_too(coordinator: Client) -> None:
    assert "Aucune lettre n’est encore partie" in html(coordinator, reverse("letter_figures:index"))


def test_figures_cost_as_much_for_few_as_for_many(coordinator: Client) -> None:
    address = reverse("letter_figures:index")

    def cost() -> int:
        html(coordinator, address)
        with CaptureQueriesContext(connection) as queries:
            html(coordinator, address)
        return len(queries)

    def fill(ranks: range) -> None:
        for rank in ranks:
            territory = Territory.objects.create(name=f"Territoire {rank}", slug=f"t-{rank}")
            letter.subscriber_of(
                f"p{rank}@x.example", topics=[letter.topic(f"t{rank}")], territory=territory
            )
            move(Movement.Kind.JOINED, timezone.localdate() - timedelta(days=rank), 1)
            letter.mailing(state=State.DONE, started_at=timezone.now(), outcomes={"parti": 1})

    fill(range(3))
    few = cost()
    fill(range(3, 33))
    assert cost() == few


FINDINGS = [
    Finding("SPF", DnsState.OK, "Le domaine dit qui peut écrire pour lui."),
    Finding("DMARC", DnsState.BAD, "Il manque DMARC.", "Ajoutez un TXT _dmarc <ici>."),
]


def test_the_domain_is_looked_at_when_asked_and_what_was_found_stays(
    coordinator: Client, settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Le PTSM <lettre@ptsm.example>"
    settings.DKIM_SELECTOR = "s1"
    assert "n’a pas encore été vérifié" in html(coordinator, DOMAIN)
    with patch("portal.mail.domain.own_domain.check_domain", return_value=FINDINGS) as check:
        said = coordinator.post(DOMAIN, follow=True).content.decode()
    check.assert_called_once_with("ptsm.example", "s1", server="")
    assert "Le domaine n’est pas prêt" in said
    page = html(coordinator, DOMAIN)
    for words in ("ptsm.example", "Il manque DMARC.", "Ajoutez un TXT _dmarc &lt;ici&gt;."):
        assert words in page
    kept = LetterSettings.load()
    assert not kept.domain_is_ready
    assert kept.domain_checked_at is not None


def test_a_domain_that_is_ready_is_said_to_be(coordinator: Client) -> None:
    with patch("portal.mail.domain.own_domain.check_domain", return_value=FINDINGS[:1]):
        said = coordinator.post(DOMAIN, follow=True).content.decode()
    assert "Le domaine est prêt." in said
    assert LetterSettings.load().domain_is_ready


def test_an_address_without_a_domain_is_no_breakdown(coordinator: Client) -> None:
    with patch(
        "portal.mail.domain.own_domain.check_domain", side_effect=NotADomain("Ce n’est pas un nom.")
    ):
        said = coordinator.post(DOMAIN, follow=True).content.decode()
    assert "Ce n’est pas un nom." in said


def test_looking_at_the_domain_asks_nothing_of_the_dns(coordinator: Client) -> None:
    with patch("portal.mail.domain.own_domain.check_domain") as check:
        html(coordinator, DOMAIN)
    check.assert_not_called()


def test_a_check_does_not_undo_the_other_settings(coordinator: Client) -> None:
    letter_settings = LetterSettings.load()
    letter_settings.sender_name = "Le PTSM"
    letter_settings.save()
    with patch("portal.mail.domain.own_domain.check_domain", return_value=FINDINGS):
        coordinator.post(DOMAIN)
    assert LetterSettings.load().sender_name == "Le PTSM"


@pytest.mark.parametrize(
    ("backend", "fields", "words"),
    [
        ("locmem", {}, "rien ne quitte cette machine"),
        ("smtp", {}, "Aucune lettre ne peut partir"),
        (
            "smtp",
            {"sends_anyway": True, "sends_anyway_because": "l’hébergeur est prévenu"},
            "Raison donnée : l’hébergeur est prévenu",
        ),
    ],
)
def test_the_screen_says_whether_letters_may_leave(
    coordinator: Client, settings, backend: str, fields: dict, words: str
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    LetterSettings.load()
    LetterSettings.objects.update(**fields)
    assert words in html(coordinator, DOMAIN)


def test_the_settings_of_the_letter_show_the_report_and_the_way_to_decide(
    coordinator: Client,
) -> None:
    address = reverse("wagtailsettings:edit", args=["newsletter", "lettersettings"])
    first = coordinator.get(address, follow=True)
    assert "n’a pas encore été vérifié" in first.content.decode()
    with patch("portal.mail.domain.own_domain.check_domain", return_value=FINDINGS):
        coordinator.post(DOMAIN)
    page = coordinator.get(address, follow=True).content.decode()
    for words in ("Il manque DMARC.", "envoyer même si le domaine n’est pas prêt", DOMAIN):
        assert words.lower() in page.lower()


@pytest.mark.usefixtures("home_page")
def test_the_first_screen_says_only_what_the_letter_asks_for(
    coordinator: Client, letter_page: LetterIndexPage
) -> None:
    letter.subscriber_of()
    letter.mailing(title="Lettre de janvier", state=State.DONE)
    assert "Lettre de janvier" not in html(coordinator, reverse("wagtailadmin_home"))
    stopped = letter.mailing(title="Lettre de mars", problem="421 saturé")
    page = html(coordinator, reverse("wagtailadmin_home"))
    assert "« Lettre de mars » n’avance pas" in page
    assert "421 saturé" in page
    assert reverse("letter_mailings:progress", args=[stopped.pk]) in page


def test_without_a_letter_the_first_screen_still_opens(
    coordinator: Client, home_page: HomePage
) -> None:
    page = html(coordinator, reverse("wagtailadmin_home"))
    assert "Rien à faire aujourd’hui" in page
    assert reverse("letter_compose:index") not in page


def test_the_menu_leads_to_each_screen(coordinator: Client) -> None:
    page = html(coordinator, reverse("wagtailadmin_home"))
    for name in ("subscribers", "mailings", "figures", "topics", "consent", "domain"):
        assert reverse(f"letter_{name}:index") in page
