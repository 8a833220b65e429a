"""A server that fails is left in peace, then tried again."""

from threading import Barrier, Thread

import pytest

from search.contracts import EngineUnavailable
from search.engines.breaker import CircuitBreaker, CircuitOpen


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Server:
    """Counts its calls, and fails when told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.is_well = False

    def __call__(self) -> str:
        self.calls += 1
        if not self.is_well:
            raise EngineUnavailable("away")
        return "answer"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(clock)


def ask(breaker: CircuitBreaker, server: Server, times: int = 1) -> list[str]:
    answers = []
    for _ in range(times):
        try:
            answers.append(breaker.call(server))
        except EngineUnavailable as reason:
            answers.append(type(reason).__name__)
    return answers


def test_three_failures_and_the_server_is_not_asked_any_more(breaker):
    server = Server()
    assert ask(breaker, server, 10) == ["EngineUnavailable"] * 3 + ["CircuitOpen"] * 7
    assert server.calls == 3


def test_an_answer_in_between_begins_the_count_again(breaker):
    server = Server()
    for is_well in (False, False, True, False, False, True):
        server.is_well = is_well
        ask(breaker, server)
    assert server.calls == 6


def test_after_thirty_seconds_one_trial_is_made(breaker, clock):
    server = Server()
    ask(breaker, server, 3)
    clock.now += 29.9
    ask(breaker, server, 5)
    assert server.calls == 3
    clock.now += 0.2
    ask(breaker, server, 5)
    assert server.calls == 4


def test_a_trial_that_fails_means_thirty_seconds_more(breaker, clock):
    server = Server()
    ask(breaker, server, 3)
    for trial in range(4, 8):
        clock.now += 30.1
        ask(breaker, server, 5)
        assert server.calls == trial


def test_a_trial_that_succeeds_brings_the_server_back(breaker, clock):
    server = Server()
    ask(breaker, server, 3)
    server.is_well = True
    clock.now += 30.1
    assert ask(breaker, server, 5) == ["answer"] * 5


def test_others_do_not_wait_for_the_trial(breaker, clock):
    server = Server()
    ask(breaker, server, 3)
    clock.now += 30.1
    meanwhile = []

    def trial() -> str:
        meanwhile.extend(ask(breaker, server, 3))
        return "back"

    assert breaker.call(trial) == "back"
    assert meanwhile == ["CircuitOpen"] * 3


def test_calls_go_on_side_by_side(breaker):
    # Each waits for the other: one at a time, they would wait for ever.
    together = Barrier(2, timeout=10)
    readers = [Thread(target=breaker.call, args=[together.wait]) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not together.broken


def test_an_error_that_is_nobodys_fault_is_shown_and_counts_too(breaker):
    def wrong() -> None:
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            breaker.call(wrong)
    with pytest.raises(CircuitOpen):
        breaker.call(wrong)
