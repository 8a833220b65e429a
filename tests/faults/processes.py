"""Processes of their own, for what a single one cannot show."""

import os
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any


def fork(work: Callable[[], Any]) -> int:
    """Do ``work`` in a process of its own, with database connections of its own."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException:  # noqa: BLE001 (said, then gone: nothing may go on in a fork)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def at_once(people: int, answer: Callable[[], int], times: int = 1) -> Counter[int]:
    """Have so many people do the same thing at the same instant; how each was answered.

    ``answer`` gives the status of an HTTP response, of which the hundreds are counted. Each
    person does it so many ``times``, one after the other.
    """
    gun, answers = os.pipe(), os.pipe()

    def do() -> None:
        os.read(gun[0], 1)
        for _ in range(times):
            os.write(answers[1], bytes([answer() // 100]))

    children = [fork(do) for _ in range(people)]
    os.write(gun[1], b"x" * people)
    for child in children:
        os.waitpid(child, 0)
    os.set_blocking(answers[0], False)
    return Counter(os.read(answers[0], people * times))
