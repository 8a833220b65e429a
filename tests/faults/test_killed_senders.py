"""Whatever happens to its senders, a letter reaches everybody, and hardly anybody twice."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.servers.smtp import Sink

pytestmark = pytest.mark.django_db

SEED = 20_261_127

Play = Callable[..., dict[str, Any]]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink(keeps_messages=False) as sink:
        yield sink


@pytest.fixture
def play(database_apart: dict[str, str], sink: Sink) -> Play:
    """Play a scene of ``letter_world`` in processes of its own; what its ledger says then."""

    def play(scene: str, *numbers: int, **environment: str) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.faults.letter_world", scene, *map(str, numbers)],
            env={
                **os.environ,
                **database_apart,
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PORTAL_TEST_SMTP_PORT": str(sink.port),
                **environment,
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return play


def test_twenty_kills_lose_nobody_and_repeat_one_message_each_at_most(
    play: Play, sink: Sink
) -> None:
    kills, recipients = 20, 5000

    end = play("kills", recipients, kills, SEED)

    assert end == {"states": {"parti": recipients}, "mailing": "fini", "done_early": 0}
    messages = Counter(sink.recipients)
    assert len(messages) == recipients
    repeated = {address for address, number in messages.items() if number > 1}
    assert sum(messages.values()) - recipients <= kills
    for address in repeated:
        names = {one.message_id for one in sink.messages if one.recipients == (address,)}
        assert len(names) == 1


def test_two_senders_at_once_write_to_nobody_twice(play: Play, sink: Sink) -> None:
    end = play("two_senders", 150, 20, SEED)

    assert end == {"states": {"parti": 20 * 150}}
    assert max(Counter(sink.recipients).values()) == 1


def test_a_message_in_flight_at_a_kill_is_not_repeated_when_the_portal_is_set_so(
    play: Play, sink: Sink
) -> None:
    kills, recipients = 10, 1500

    end = play("kills", recipients, kills, SEED, PORTAL_MAIL_IF_UNCERTAIN="stop")

    assert max(Counter(sink.recipients).values()) == 1
    assert sum(end["states"].values()) == recipients
    assert set(end["states"]) <= {"parti", "incertain"}
    assert end["states"].get("incertain", 0) <= kills
    assert end["mailing"] == "fini"


def test_twenty_people_who_press_send_at_once_send_it_once(play: Play, sink: Sink) -> None:
    end = play("many_clicks", 20)

    assert end == {"states": {"parti": 3}, "mailing": "fini"}
    assert sorted(Counter(sink.recipients).values()) == [1, 1, 1]
