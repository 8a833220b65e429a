"""« À faire »: what waits for each person, in order, put off and taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from home.models import HomePage
from portal.todo import registry
from portal.todo.forms import postponement_days
from portal.todo.listing import get_todo_list
from portal.todo.models import Postponement
from portal.todo.registry import Subject, TodoItem, TodoSource, TodoStep, Urgency
from portal.todo.wording import say_day, say_number, say_since
from portal.users.models import User
from tests.factories.users import member_of

HOME = "/admin/"
TODAY = date(2026, 11, 30)


def item(key: str, urgency: Urgency = Urgency.WEEK, **fields: Any) -> TodoItem:
    return TodoItem(key, f"Titre {key}", "Pourquoi.", TodoStep("Faire", "/la/"), urgency=urgency,
                    **fields)  # fmt: skip


class Given(TodoSource):
    """A source that gives what a test puts in ``held``, to who may read subscribers."""

    name = "given"
    kind = "Essai"
    subject = Subject.CONTENT
    held: list[TodoItem] = []

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("newsletter.change_subscriber"))

    def items(self, user: Any, now: Any) -> Iterator[TodoItem]:
        yield from self.held

    def more_url(self) -> str:
        return "/toutes/"


class Failing(TodoSource):
    name = "failing"
    kind = "Cassée"
    subject = Subject.PORTAL

    def is_for(self, user: Any) -> bool:
        return True

    def items(self, user: Any, now: Any) -> Iterator[TodoItem]:
        raise ZeroDivisionError


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, db: None) -> list[TodoItem]:
    """The only source, whose items the test chooses."""
    held: list[TodoItem] = []
    monkeypatch.setattr(Given, "held", held)
    monkeypatch.setattr(registry, "_sources", {"given": Given()})
    return held


def screen(client: Client, address: str = HOME) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [one.text for one in soup.select(".portal-job__title")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 30), "aujourd’hui"),
        (date(2026, 12, 1), "demain"),
        (date(2026, 11, 29), "hier"),
        (date(2026, 11, 26), "jeudi"),
        (date(2026, 12, 4), "vendredi"),
        (date(2026, 11, 23), "le 23 novembre"),
        (date(2026, 12, 7), "le 7 décembre"),
        (date(2026, 9, 1), "le 1er septembre"),
        (date(2024, 5, 3), "le 3 mai 2024"),
    ],
)
def test_days_are_told_as_people_say_them(day: date, words: str) -> None:
    assert say_day(day, TODAY) == words
    assert say_since(day, TODAY) == f"depuis {words}"


@pytest.mark.parametrize(("number", "words"), [(1, "une"), (12, "douze"), (17, "17"), (0, "0")])
def test_a_small_number_is_a_word(number: int, words: str) -> None:
    assert say_number(number) == words


@pytest.mark.parametrize(
    ("today", "monday"),
    [(TODAY, date(2026, 12, 7)), (date(2026, 12, 6), date(2026, 12, 14)),
     (date(2026, 12, 3), date(2026, 12, 7))],
)  # fmt: skip
def test_the_days_that_are_offered_are_three_different_ones(today: date, monday: date) -> None:
    days = [day for _words, day in postponement_days(today)]
    assert days[0] == today + timedelta(days=1)
    assert days[1] == monday
    assert len(set(days)) == 3


def test_people_come_first_then_dates_then_the_rest(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given += [
        item("rest"),
        item("old", Urgency.TODAY, since=TODAY - timedelta(days=9)),
        item("new", Urgency.TODAY, since=TODAY),
        item("person", Urgency.PEOPLE),
    ]
    soup = screen(client)
    assert titles(soup) == ["Titre person", "Titre old", "Titre new", "Titre rest"]
    assert [one.text for one in soup.select(".portal-todo h2")] == [
        "Des personnes attendent",
        "À faire aujourd’hui",
        "Cette semaine",
    ]
    assert "Quatre choses vous attendent." in soup.text


def test_who_has_nothing_to_do_reads_kind_words(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    soup = screen(client)
    assert "Rien à faire aujourd’hui." in soup.text
    assert titles(soup) == []


def test_a_role_sees_nothing_of_the_others(client: Client, given: list[TodoItem]) -> None:
    given.append(item("secret"))
    for role, seen in (("Coordination", 1), ("Rédaction", 0), ("Modération", 0)):
        assert len(get_todo_list(member_of(role)).lines) == seen


def test_a_referent_has_no_list(client: Client, home_page: HomePage, given: list) -> None:
    given.append(item("secret"))
    client.force_login(member_of("Référents"))
    for name in ("wagtailadmin_home", "todo_mail"):
        assert client.get(reverse(name)).status_code in (302, 403)
    assert client.post(reverse("todo_postpone"), {"key": "secret"}).status_code in (302, 403)
    assert not Postponement.objects.exists()


def test_a_source_that_fails_hides_none_of_the_others(
    client: Client, coordinator: User, given: list[TodoItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    given.append(item("other"))
    monkeypatch.setitem(registry._sources, "failing", Failing())
    said = screen(client).text
    assert "Titre other" in said
    assert "« Cassée » : cette partie de la liste n’a pas pu être lue" in said


def test_many_of_one_kind_are_cut_with_the_way_to_all_of_them(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given += [item(str(number)) for number in range(9)]
    soup = screen(client)
    assert titles(soup) == [*(f"Titre {number}" for number in range(5)), "Et 4 autres"]
    last = soup.select(".portal-job__do a")[-1]["href"]
    assert last.startswith("/toutes/?next=")


def test_the_list_is_narrowed_to_a_subject(
    client: Client, coordinator: User, given: list[TodoItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    given.append(item("letter"))
    other = type("Other", (Given,), {"name": "other", "subject": Subject.ACTIONS})()
    monkeypatch.setitem(registry._sources, "other", other)
    assert len(titles(screen(client))) == 2
    narrowed = screen(client, f"{HOME}?sujet=actions")
    assert len(titles(narrowed)) == 1
    assert narrowed.select_one("input[name=next]")["value"] == f"{HOME}?sujet=actions"
    assert len(titles(screen(client, f"{HOME}?sujet=nimporte"))) == 2


def post(client: Client, form: Any, **more: str) -> Any:
    """Press a button of a form as the screen shows it."""
    sent = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return client.post(form["action"], sent | more, follow=True)


def test_what_is_put_off_comes_back_by_itself_on_its_day(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given.append(item("x"))
    form = screen(client).select_one(".portal-menu--later form")
    tomorrow = form.select_one("button[name=until]")["value"]
    said = post(client, form, until=tomorrow).content.decode()
    assert "revient demain" in said
    assert "Rien à faire aujourd’hui." in said
    assert "La prochaine chose revient demain : Titre x." in said
    assert get_todo_list(member_of("Coordination")).lines  # nobody else's list changes

    assert get_todo_list(coordinator, timezone.now() + timedelta(days=1)).lines


def test_the_forms_of_the_list_are_accepted_as_a_browser_sends_them(
    coordinator: User, given: list[TodoItem]
) -> None:
    given.append(item("x"))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    form = screen(browser).select_one(".portal-menu--later form")
    assert post(browser, form, until="2999-01-01").status_code == 200


def test_what_is_put_off_can_be_taken_back(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given.append(item("x"))
    until = timezone.localdate() + timedelta(days=9)
    Postponement.objects.create(user=coordinator, key="x", until=until)
    soup = screen(client)
    assert "Remis à plus tard : 1" in soup.text
    post(client, soup.select_one(".portal-todo__later form"))
    assert titles(screen(client)) == ["Titre x"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("", "Choisissez un jour."),
        ("n’importe quoi", "Ce jour n’est pas une date."),
        ("2020-01-01", "Choisissez un jour à venir."),
        ("2999-01-01", "Pas plus tard que le"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_nothing_is_put_off(
    client: Client, coordinator: User, given: list[TodoItem], until: str, words: str
) -> None:
    given.append(item("x"))
    form = screen(client).select_one(".portal-menu--later form")
    assert words in post(client, form, until=until).content.decode()
    assert not Postponement.objects.exists()


def test_what_is_urgent_waits_a_month_at_most(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given.append(item("x", longest=timedelta(days=31)))
    form = screen(client).select_one(".portal-menu--later form")
    late = timezone.localdate() + timedelta(days=32)
    assert "Pas plus tard que" in post(client, form, until=late.isoformat()).content.decode()
    month = timezone.localdate() + timedelta(days=31)
    post(client, form, until=month.isoformat())
    assert Postponement.objects.get().until == month


def test_what_has_just_been_done_is_not_put_off(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    given.append(item("x"))
    form = screen(client).select_one(".portal-menu--later form")
    given.clear()
    assert "n’est plus dans votre liste" in post(client, form, until="2999-01-01").content.decode()


def test_a_way_back_to_another_site_is_not_followed(
    client: Client, coordinator: User, given: list[TodoItem]
) -> None:
    sent = {"key": "x", "next": "https://autre.example/"}
    assert client.post(reverse("todo_take_back"), sent)["Location"] == HOME
