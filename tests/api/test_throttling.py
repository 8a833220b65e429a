"""Limits: fixed windows, a wait that is true, nothing that names anybody, no page that breaks."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

import pytest

from portal.api import throttling
from portal.api.models import RateLimitWindow, RateLimitWindowQuerySet
from portal.api.rates import Rate
from portal.api.throttling import consume, consume_all, delete_past_windows, seconds_to_wait
from tests.clock import Clock
from tests.rate_limits import SetLimit

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
HOUR = timedelta(hours=1)


def coming_from(address: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


HERE = coming_from("192.0.2.1")


def subject_of(name: str) -> HttpRequest | str:
    """Somebody whom this limit concerns."""
    return coming_from("192.0.2.1") if settings.RATE_LIMITS[name].per == "network" else "x"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database that counts nothing; the limits that tried."""
    tried = []

    def use(self: Any, key: str, name: str, **_: Any) -> bool:
        tried.append(name)
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(RateLimitWindowQuerySet, "use", use)
    monkeypatch.setattr(throttling, "_paused_until", 0.0)
    return tried


# Windows.


@pytest.mark.parametrize("name", settings.RATE_LIMITS)
def test_as_many_as_may_pass_then_a_refusal_until_the_moment_that_was_told(
    name: str, noon: Clock
) -> None:
    rate = settings.RATE_LIMITS[name]
    who = subject_of(name)
    assert [consume(name, who) for _ in range(rate.amount)] == [0] * rate.amount
    wait = consume(name, who)
    assert wait == rate.period.total_seconds()
    noon.wait(seconds=wait - 1)
    assert consume(name, who) == 1
    noon.wait(seconds=1)
    assert consume(name, who) == 0


def test_asking_while_refused_does_not_lengthen_the_wait(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("contact_messages", 20)
    assert not any(consume("contact_messages", HERE) for _ in range(20))
    waits = []
    for _ in range(60):  # once a minute, as somebody who was told to come back does
        waits.append(consume("contact_messages", HERE))
        noon.wait(seconds=60)
    assert waits == list(range(3600, 0, -60))
    assert not any(consume("contact_messages", HERE) for _ in range(20))
    assert consume("contact_messages", HERE) == 3600


def test_a_window_begins_with_its_first_use(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("contact_messages", 2)
    consume("contact_messages", HERE)
    noon.wait(seconds=3000)
    assert [consume("contact_messages", HERE) for _ in range(2)] == [0, 600]


def test_a_process_that_knows_nothing_of_it_refuses_as_well(
    noon: Clock, set_limit: SetLimit
) -> None:
    set_limit("contact_messages", 1)
    consume("contact_messages", HERE)
    noon.wait(seconds=10)
    for _ in range(3):
        assert consume("contact_messages", HERE) == 3590
        throttling.shares.clear()


def test_a_short_window_ends_at_midnight_and_says_so(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("contact_messages", 1)
    noon.wait(seconds=12 * 3600 - 90)
    assert [consume("contact_messages", HERE) for _ in range(2)] == [0, 90]
    noon.wait(seconds=90)
    assert consume("contact_messages", HERE) == 0


def test_a_refusal_costs_no_query_once_it_is_known(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("search_api", 1)
    request = coming_from("192.0.2.1")
    with CaptureQueriesContext(connection) as passing:
        consume("search_api", request)
    consume("search_api", request)
    with CaptureQueriesContext(connection) as refused:
        assert consume("search_api", request) == 60
    assert (len(passing), len(refused)) == (1, 0)


def test_what_is_counted_by_batches_is_never_exceeded(noon: Clock) -> None:
    rate = settings.RATE_LIMITS["map_tiles"]
    request = coming_from("192.0.2.1")
    with CaptureQueriesContext(connection) as queries:
        passed = sum(not consume("map_tiles", request) for _ in range(rate.amount + 100))
    assert passed == rate.amount
    assert len(queries) <= 2 * rate.amount / rate.batch + 2
    # Several processes: what one did not grant is lost until the window ends, and no more passes.
    noon.wait(seconds=60)
    passed = 0
    for turn in range(rate.amount + 100):
        passed += not consume("map_tiles", request)
        if turn % 100 == 0:
            throttling.shares.clear()
    assert rate.amount - 13 * rate.batch < passed < rate.amount


def test_a_limit_of_networks_counts_no_one_else(noon: Clock) -> None:
    with pytest.raises(TypeError):
        consume("contact_messages")
    with pytest.raises(TypeError):
        consume("letter_messages_to_all", HERE)


def test_a_batch_divides_its_limit() -> None:
    with pytest.raises(ValueError, match="multiple"):
        Rate(100, HOUR, "network", batch=24)


def test_several_limits_are_used_together_or_not_at_all(noon: Clock) -> None:
    both = (("letter_messages_a_day", "x"), ("letter_messages_a_month", "x"))
    assert consume_all(*both) == 0
    for _ in range(5):
        assert consume_all(*both) == 24 * 3600
    noon.wait(days=1)
    assert consume_all(*both) == 0
    noon.wait(days=1)
    assert consume_all(*both) == 0
    noon.wait(days=1)
    assert consume_all(*both) == 27 * 24 * 3600


def test_looking_counts_nothing(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("contact_messages", 1)
    assert [seconds_to_wait("contact_messages", HERE) for _ in range(3)] == [0, 0, 0]
    consume("contact_messages", HERE)
    assert [seconds_to_wait("contact_messages", HERE) for _ in range(2)] == [3600, 3600]


# Whom they are about.


def test_a_network_is_one_and_others_are_not_concerned(noon: Clock, set_limit: SetLimit) -> None:
    set_limit("contact_messages", 2)
    same = [coming_from(f"192.0.2.{host}") for host in (1, 2, 250)]
    assert [consume("contact_messages", one) for one in same] == [0, 0, 3600]
    assert consume("contact_messages", coming_from("192.0.3.1")) == 0
    assert consume("error_reports", same[0]) == 0


def test_what_is_kept_names_nobody_and_two_days_cannot_be_linked(noon: Clock) -> None:
    request = coming_from("192.0.2.77")
    keys = []
    for _day in range(2):
        consume("contact_messages", request)
        consume("error_reports", request)
        keys.append(set(RateLimitWindow.objects.open_at(noon()).values_list("key", flat=True)))
        noon.wait(days=1)
    assert [len(some) for some in keys] == [2, 2]
    assert not keys[0] & keys[1]
    assert "192.0" not in repr(list(RateLimitWindow.objects.values_list()))


def test_windows_that_are_over_are_forgotten(noon: Clock) -> None:
    consume("contact_messages", HERE)
    consume("letter_messages_a_month", "x")
    noon.wait(seconds=3600)
    delete_past_windows()
    assert [one.name for one in RateLimitWindow.objects.all()] == ["letter_messages_a_month"]
    noon.wait(days=30)
    delete_past_windows()
    assert not RateLimitWindow.objects.exists()


def test_each_limit_of_the_settings_is_used_and_each_that_is_used_is_there() -> None:
    packages = ("actions", "home", "newsletter", "portal", "resources", "search")
    files = [path for name in packages for path in (ROOT / name).rglob("*.py")]
    text = "".join(path.read_text() for path in files if path.parent.name != "settings")
    assert {name for name in settings.RATE_LIMITS if f'"{name}"' not in text} == set()
    called = re.findall(r'\b(?:consume|seconds_to_wait|window_of|too_many)\([^")]*"(\w+)"', text)
    assert set(called) <= set(settings.RATE_LIMITS)
    assert len(set(called)) > 10


# A database that cannot count.


@pytest.mark.parametrize("name", settings.RATE_LIMITS)
def test_without_a_count_what_reads_or_is_kept_passes_and_no_message_leaves(
    name: str, broken: list[str]
) -> None:
    assert bool(consume(name, subject_of(name))) is not settings.RATE_LIMITS[name].fails_open
    assert broken == [name]


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "address",
    ["/api/recherche?q=cmp", "/api/annuaire.json", "/api/ptsm.json", "/recherche/suggestions?q=cm"],
)
def test_public_data_are_read_while_nothing_can_be_counted(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_readers_do_not_wait_one_after_the_other_for_a_database_that_is_locked(
    broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(throttling, "monotonic", lambda: clock[0])
    request = coming_from("192.0.2.1")
    for _ in range(10):
        assert consume("search_api", request) == 0
    assert broken == ["search_api"]
    clock[0] += 6
    assert consume("search_api", request) == 0
    assert broken == ["search_api"] * 2


def test_who_sends_a_form_is_counted_even_then(broken: list[str]) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    for _ in range(3):
        assert consume("contact_messages", request) == 0
    assert len(broken) == 3
