"""The codes and links of signing in: queued in the request, tried at once, gone when over."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

import pytest

from portal.mail import queue, sender
from portal.mail.models import OutgoingMessage
from portal.users.models import User
from tests.factories.users import member_of

State = OutgoingMessage.State
OnCommit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def editor(db: None) -> User:
    return member_of("Rédaction")


@pytest.fixture
def down(settings: Any) -> Callable[[], None]:
    """A mail server that is away; what is given has it back."""
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    return lambda: setattr(settings, "EMAIL_BACKEND", working)


def ask_for_a_code(client: Client, editor: User) -> OutgoingMessage:
    assert client.post("/compte/login/code/", {"email": editor.email}).status_code == 302
    return OutgoingMessage.objects.get()


def later(monkeypatch: pytest.MonkeyPatch, **delay: int) -> None:
    moment = timezone.now() + timedelta(**delay)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_the_code_is_tried_at_once_once_it_is_committed(
    client: Client,
    editor: User,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    tried: list[int] = []
    monkeypatch.setattr(sender, "run_in_background", tried.append)
    settings.PORTAL_MAIL_AT_ONCE = True
    with django_capture_on_commit_callbacks(execute=True):
        message = ask_for_a_code(client, editor)
        assert tried == []
    assert tried == [message.pk]
    assert mail.outbox == []


def test_a_code_that_mail_did_not_take_leaves_while_it_is_still_good(
    client: Client, editor: User, down: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = ask_for_a_code(client, editor)
    queue.send_waiting()
    message.refresh_from_db()
    assert message.state == State.WAITING
    assert message.next_attempt_at - timezone.now() < timedelta(minutes=1)

    down()
    later(monkeypatch, minutes=1)
    queue.send_waiting()
    assert re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    message.refresh_from_db()
    assert (message.state, message.text) == (State.SENT, "")


def test_a_code_is_never_sent_once_it_has_expired_and_nothing_of_it_is_kept(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_a_code(client, editor)
    later(monkeypatch, minutes=16)
    queue.send_waiting()
    assert mail.outbox == []
    assert not OutgoingMessage.objects.exists()


def test_who_signed_in_is_forgotten_when_the_code_expires(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = ask_for_a_code(client, editor)
    queue.send_waiting()
    message.refresh_from_db()
    assert message.text == ""
    later(monkeypatch, minutes=16)
    queue.send_waiting()
    assert not OutgoingMessage.objects.exists()


def test_a_code_leaves_before_the_messages_that_nobody_waits_for(
    client: Client, editor: User
) -> None:
    queue.enqueue("autre@exemple.example", kind="essai", subject="Bonjour", text="Bonjour")
    client.post("/compte/login/code/", {"email": editor.email})
    queue.send_waiting()
    assert [one.to for one in mail.outbox] == [[editor.email], ["autre@exemple.example"]]


def test_a_reset_link_is_queued_and_works(client: Client, editor: User) -> None:
    client.post("/compte/password/reset/", {"email": editor.email})
    assert mail.outbox == []
    queue.send_waiting()
    link = re.search(r"http://[^/]+(/compte/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    assert client.get(link.group(1), follow=True).status_code == 200
    assert OutgoingMessage.objects.get().text == ""


def test_too_many_attempts_at_once_are_left_to_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Any] = []

    class Idle:
        def __init__(self, **asked: Any) -> None:
            started.append(asked["args"])

        def start(self) -> None:
            """Hold its place, as one that waits for a mute server does."""

    monkeypatch.setattr(sender.threading, "Thread", Idle)
    places = sender.threading.BoundedSemaphore(2)
    monkeypatch.setattr(sender, "_free_places", places)
    for pk in range(3):
        sender.run_in_background(pk)
    assert started == [[0], [1]]
