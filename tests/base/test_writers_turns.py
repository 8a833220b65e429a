"""Whoever writes to SQLite waits for their turn, and nobody is passed."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from django.db import connections, transaction

import pytest

from portal.sqlite3.base import DatabaseWrapper
from portal.sqlite3.turns import WritersTurn
from tests.faults.processes import fork

LONG = 30


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "db.sqlite3-turn")


@pytest.fixture
def portal_database(db: None, tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A connection as the portal has it, to a file of its own, under the name « queue »."""
    own = connections["default"].settings_dict | {
        "ENGINE": "portal.sqlite3",
        "NAME": str(tmp_path / "db.sqlite3"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": LONG},
    }
    connections["queue"] = DatabaseWrapper(own, "queue")
    yield connections["queue"]
    connections["queue"].close()
    del connections["queue"]


def test_a_turn_comes_when_the_one_before_ends(path: str) -> None:
    first, second, came = WritersTurn(path), WritersTurn(path), Event()

    def wait() -> None:
        if second.take(LONG):
            came.set()

    assert first.take(LONG)
    waiting = Thread(target=wait)
    waiting.start()
    assert not came.is_set()
    first.end()
    waiting.join(LONG)
    assert came.is_set()


def test_a_turn_that_does_not_come_is_not_waited_for_for_ever(path: str) -> None:
    first, second, third = WritersTurn(path), WritersTurn(path), WritersTurn(path)
    assert first.take(LONG)
    assert not second.take(0)
    first.end()
    assert third.take(LONG), "who gave up does not keep the turn"


def test_a_writer_that_is_killed_gives_its_turn(path: str) -> None:
    taken = os.pipe()

    def hold() -> None:
        WritersTurn(path).take(LONG) and os.write(taken[1], b"x")
        os.read(os.pipe()[0], 1)

    child = fork(hold)
    os.read(taken[0], 1)
    mine = WritersTurn(path)
    assert not mine.take(0)
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert mine.take(LONG)


def test_without_a_place_for_the_queue_writers_do_without(tmp_path: Path) -> None:
    assert not WritersTurn(str(tmp_path / "no such folder" / "turn")).take(LONG)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_transaction_holds_its_turn_until_it_ends(
    portal_database: DatabaseWrapper, is_kept: bool
) -> None:
    other = WritersTurn(f"{portal_database.settings_dict['NAME']}-turn")
    with portal_database.cursor() as cursor:
        cursor.execute("CREATE TABLE letters (one text)")
        with transaction.atomic(using="queue"):
            cursor.execute("INSERT INTO letters VALUES ('a')")
            assert not other.take(0)
            transaction.set_rollback(not is_kept, using="queue")
        assert other.take(LONG)
        other.end()
        cursor.execute("SELECT count(*) FROM letters")
        assert cursor.fetchone() == (int(is_kept),)


def test_a_statement_alone_waits_for_its_turn_and_ends_it(
    portal_database: DatabaseWrapper,
) -> None:
    other = WritersTurn(f"{portal_database.settings_dict['NAME']}-turn")
    with portal_database.cursor() as cursor:
        cursor.execute("CREATE TABLE letters (one text)")
        cursor.execute("INSERT INTO letters VALUES ('a')")
    assert other.take(LONG)
    other.end()
