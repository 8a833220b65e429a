"""One process at a time: the others know at once, and a dead one holds nothing."""

from threading import Thread

from django.db import connection
from django.test import SimpleTestCase

import pytest

from portal.jobs.locks import exclusive_lock
from tests.jobs import another_process

pytestmark = pytest.mark.django_db


def test_who_asks_second_in_the_same_process_is_told_no() -> None:
    with exclusive_lock("essai") as first, exclusive_lock("essai") as second:
        assert (first, second) == (True, False)


def test_another_thread_is_told_no() -> None:
    answers = []

    def ask() -> None:
        with exclusive_lock("essai") as is_ours:
            answers.append(is_ours)

    with exclusive_lock("essai"):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    ask()
    assert answers == [False, True]


def test_another_name_is_another_lock() -> None:
    with exclusive_lock("essai") as first, exclusive_lock("autre essai") as second:
        assert (first, second) == (True, True)


def test_what_fails_lets_go() -> None:
    with pytest.raises(ZeroDivisionError), exclusive_lock("essai"):
        raise ZeroDivisionError
    with exclusive_lock("essai") as is_ours:
        assert is_ours


def test_who_is_told_no_lets_nobody_else_in() -> None:
    with exclusive_lock("essai"):
        with exclusive_lock("essai") as second:
            assert not second
        with exclusive_lock("essai") as third:
            assert not third


def test_another_process_holds_the_lock_until_it_is_killed() -> None:
    holder = another_process.hold("essai")
    try:
        with exclusive_lock("essai") as is_ours:
            assert not is_ours
    finally:
        holder.kill()
        holder.communicate()
    assert any(can_be_taken("essai") for _attempt in range(1000))


def can_be_taken(name: str) -> bool:
    """Asked again and again: PostgreSQL notices a dead client a few milliseconds later."""
    with exclusive_lock(name) as is_ours:
        return is_ours


@pytest.mark.django_db
class TestOutsideATransaction(SimpleTestCase):
    """A SimpleTestCase has the database, without a transaction around it."""

    databases = {"default"}

    def test_the_lock_outlives_the_connection_that_the_work_has_closed(self) -> None:
        with exclusive_lock("essai"):
            connection.close()
            with exclusive_lock("essai") as second:
                assert not second
