"""A public help number that nobody read at its source for a month raises a red alert."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

import pytest

from home.models import HomePage
from portal.crisis.models import HelpLine
from portal.review.help_line_review import late_lines, verify_at_source
from tests.factories.home import HelpLineFactory, make_home
from tests.factories.users import UserFactory, member_of

LIST = "/admin/reports/numeros/"


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


def line_of(days_ago: int, **facts: object) -> HelpLine:
    day = timezone.localdate() - timedelta(days=days_ago)
    return HelpLineFactory(**({"verified_on": day} | facts))


def test_a_month_and_no_more(home: HomePage) -> None:
    line_of(31, name="Frais")
    late = line_of(32, name="Tard")
    assert list(late_lines(timezone.localdate())) == [late]


def test_crisis_numbers_come_first_then_the_oldest(home: HomePage) -> None:
    line_of(90, name="Écoute")
    line_of(40, name="Crise", is_crisis=True)
    line_of(50, name="Autre crise", is_crisis=True)
    names = [line.name for line in late_lines(timezone.localdate())]
    assert names == ["Autre crise", "Crise", "Écoute"]


def test_the_alert_is_on_the_first_screen_until_the_number_is_read_again(
    client: Client, home: HomePage
) -> None:
    line = line_of(40, name="Ligne de crise", is_crisis=True)
    client.force_login(member_of("Coordination"))
    first = client.get("/admin/").content.decode()
    assert "Un numéro à vérifier" in first
    assert "Ligne de crise" in first
    answer = client.post(f"{LIST}{line.pk}/", {"next": "/admin/?sujet=portail"})
    assert answer["Location"] == "/admin/?sujet=portail"
    line.refresh_from_db()
    assert line.verified_on == timezone.localdate()
    assert "numéro à vérifier" not in client.get("/admin/").content.decode()
    assert "Vérifié aujourd’hui" in client.get(LIST).content.decode()


def test_a_change_that_waits_keeps_the_new_day_and_stays_a_change(home: HomePage) -> None:
    line = line_of(40, number="3114")
    line.number = "3115"
    line.save_revision()
    line.refresh_from_db()
    verify_at_source(line, UserFactory())
    line = HelpLine.objects.get(pk=line.pk)
    assert line.number == "3114"
    waiting = line.get_latest_revision_as_object()
    assert (waiting.number, waiting.verified_on) == ("3115", timezone.localdate())


def test_a_number_that_was_never_verified_is_not_made_public_by_one_person(
    client: Client, home: HomePage
) -> None:
    line = HelpLineFactory(verified_on=None)
    client.force_login(member_of("Coordination"))
    assert client.post(f"{LIST}{line.pk}/").status_code == 404
    assert line not in HelpLine.objects.public()


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents"])
def test_others_do_not_verify_numbers(client: Client, home: HomePage, group: str) -> None:
    line = line_of(40)
    client.force_login(member_of(group))
    client.post(f"{LIST}{line.pk}/")
    assert client.get(LIST).status_code != 200
    assert "numéro à vérifier" not in client.get("/admin/").content.decode()
    assert HelpLine.objects.get(pk=line.pk).verified_on != timezone.localdate()
