"""Whatever happens to the search server, the reader gets an answer."""

import logging
import time

from django.urls import reverse

import pytest

from search import engines
from search.contracts import EngineQuery, EngineUnavailable, SearchQuery
from search.engines.elasticsearch import ElasticsearchEngine
from search.services import complete, search
from tests.factories.home import make_home
from tests.faults.faulty_server import FAULTS, WELL, faulty_server


@pytest.mark.parametrize("fault", FAULTS)
def test_the_database_answers_in_the_place_of_a_server_that_is(broken, jardin, fault):
    broken(fault)
    answer = search(SearchQuery(text="jardin"))
    assert [hit.title for hit in answer.hits] == ["Le jardin"]
    assert answer.degraded


@pytest.mark.parametrize("fault", FAULTS)
def test_the_first_letters_are_completed_whatever_the_server_is(broken, jardin, fault):
    broken(fault)
    assert [one.text for one in complete("jar")] == ["Le jardin"]


def test_without_a_server_nothing_is_degraded(settings, jardin):
    settings.SEARCH_URL = ""
    assert not search(SearchQuery(text="jardin")).degraded


@pytest.mark.parametrize("fault", ["hung", "endless", "endless headers"])
def test_a_server_that_never_ends_its_answer_is_given_up_after_three_readers(broken, jardin, fault):
    server = broken(fault)
    for _ in range(20):
        assert search(SearchQuery(text="jardin")).hits
        assert complete("jar")
    assert server.connections == 3


def test_two_hundred_requests_are_served_while_the_server_hangs(broken, jardin, client):
    make_home()
    server = broken("hung")
    addresses = ["/", "/healthz", reverse("account_login")]
    statuses = set()
    for number in range(100):
        statuses.add(client.get(addresses[number % len(addresses)]).status_code)
        assert search(SearchQuery(text=f"jardin {number}")).degraded
    assert statuses == {200}
    assert server.connections == 3


def test_a_server_that_comes_back_is_asked_again(broken, jardin):
    server = broken("busy")
    assert search(SearchQuery(text="jardin")).degraded
    server.fault = WELL
    answer = search(SearchQuery(text="jardin"))
    assert (answer.degraded, answer.hits) == (False, ())


def test_a_server_at_rest_is_asked_again_after_thirty_seconds(broken, jardin, monkeypatch):
    server = broken("busy")
    for _ in range(5):
        search(SearchQuery(text="jardin"))
    server.fault = WELL
    assert search(SearchQuery(text="jardin")).degraded
    later = time.monotonic() + 31
    monkeypatch.setattr(engines._guarded().breaker, "_clock", lambda: later)
    assert not search(SearchQuery(text="jardin")).degraded


def test_a_node_of_a_cluster_that_is_away_is_not_noticed(settings, jardin):
    with faulty_server(WELL) as server:
        settings.SEARCH_URL = f"http://127.0.0.1:9,{server.url},http://127.0.0.1:19"
        assert [search(SearchQuery(text="jardin")).degraded for _ in range(10)] == [False] * 10


def test_what_people_look_for_is_not_logged(broken, jardin, caplog):
    broken("malformed")
    with caplog.at_level(logging.INFO):
        search(SearchQuery(text="jardin secret"))
    assert "away" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("fault", FAULTS)
def test_writing_to_a_server_that_fails_says_so(fault, jardin):
    with faulty_server(fault) as server:
        engine = ElasticsearchEngine(server.url, "ptsm", patience=0.3)
        for write in (
            lambda: engine.put([jardin]),
            lambda: engine.rebuild([jardin]),
            lambda: engine.search(EngineQuery(words="jardin")),
        ):
            with pytest.raises(EngineUnavailable) as reason:
                write()
            assert "jardin" not in str(reason.value)
