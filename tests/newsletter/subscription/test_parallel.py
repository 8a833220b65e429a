"""What twenty processes do to the same person at the same instant is done once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from newsletter.models import Movement, Subscriber

State = Subscriber.State
Play = Callable[[str], dict[str, Any]]


pytestmark = pytest.mark.django_db


@pytest.fixture
def play(database_apart: dict[str, str]) -> Play:
    """Play a scene of ``same_instant`` in processes of its own; what is kept then."""

    def play(scene: str) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.newsletter.subscription.same_instant", scene, "20"],
            env={
                **os.environ,
                **database_apart,
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return play


def test_30_the_same_form_twenty_times_at_once_is_one_subscriber_and_one_message(
    play: Play,
) -> None:
    end = play("ask")
    assert end["answers"] == {"3": 20}
    assert end["states"] == [State.PENDING]
    assert end["messages"] == 1


def test_the_form_of_a_known_person_twenty_times_at_once_is_one_message(play: Play) -> None:
    end = play("ask_known")
    assert end["answers"] == {"3": 20}
    assert end["states"] == [State.ACTIVE]
    assert end["messages"] == 1


def test_the_same_link_pressed_twenty_times_at_once_is_one_arrival(play: Play) -> None:
    end = play("confirm")
    assert end["answers"] == {"2": 20}
    assert end["states"] == [State.ACTIVE]
    assert end["movements"][Movement.Kind.JOINED] == 1


def test_twenty_mail_programs_that_unsubscribe_at_once_are_one_departure(play: Play) -> None:
    end = play("leave")
    assert end["answers"] == {"2": 20}
    assert end["states"] == [State.UNSUBSCRIBED]
    assert end["movements"][Movement.Kind.LEFT] == 1
